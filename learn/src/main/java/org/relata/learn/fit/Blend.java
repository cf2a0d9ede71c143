package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.relata.database.Progress;
import org.relata.features.FeatureMatrix;
import org.relata.learn.tabular.BoostedTrees;
import org.relata.learn.tabular.BoosterSearch;
import org.relata.learn.tabular.LinearModel;
import org.relata.learn.tabular.LinearSettings;
import org.relata.learn.tabular.Scorer;
import org.relata.learn.tabular.Target;

/// How much a linear model may say beside the trees, by what helps on the folds.
///
/// Lines go on where trees stop: on small or stale data the two err differently, and their average errs less.
final class Blend {
    private static final double[] SHARES = {0, 0.15, 0.3};

    private final FeatureMatrix x;
    private final Rows rows;
    private final List<Fold> folds;
    private final Target target;
    private final Scorer scorer;
    private final FitSettings settings;

    Blend(FeatureMatrix x, Rows rows, List<Fold> folds, Target target, Scorer scorer, FitSettings settings) {
        this.x = x;
        this.rows = rows;
        this.folds = folds;
        this.target = target;
        this.scorer = scorer;
        this.settings = settings;
    }

    /// The share of the linear model with the best mean score over the folds, the smaller one on a tie.
    ///
    /// @param best the candidate that stands for the trees
    /// @param penalty the penalty of the linear model
    double share(BoosterSearch.Candidate best, double penalty) {
        List<Callable<double[]>> jobs = new ArrayList<>();
        for (Fold fold : folds) {
            jobs.add(() -> scores(fold, best, penalty));
        }
        double[] total = new double[SHARES.length];
        List<double[]> all = Workers.run(settings.threads(), jobs);
        for (int i = 0; i < all.size(); i++) {
            for (int s = 0; s < SHARES.length; s++) {
                double score = all.get(i)[s];
                total[s] += Double.isNaN(score) ? 0 : score * folds.get(i).judge().length;
            }
        }
        int chosen = 0;
        for (int s = 1; s < SHARES.length; s++) {
            if (scorer.better(total[s], total[chosen])) {
                chosen = s;
            }
        }
        return SHARES[chosen];
    }

    private double[] scores(Fold fold, BoosterSearch.Candidate best, double penalty) {
        FeatureMatrix fit = x.rows(fold.fit());
        FeatureMatrix judge = x.rows(fold.judge());
        double[] y = rows.labels(fold.fit());
        double[] weight = rows.weights(fold.fit());
        double[] truth = rows.labels(fold.judge());
        double[][] line;
        try (LinearModel model = LinearModel.fit(
                fit,
                y,
                weight,
                Optional.empty(),
                LinearSettings.standard().withPenalty(penalty),
                target,
                settings.seed(),
                Progress.silent())) {
            line = model.predict(judge);
        }
        double[][] trees;
        try (BoostedTrees model = BoostedTrees.fit(
                fit,
                y,
                weight,
                Optional.empty(),
                best.settings().with("rounds", best.evaluation().rounds()),
                target,
                settings.seed(),
                1,
                Progress.silent())) {
            trees = model.predict(judge);
        }
        double[] scores = new double[SHARES.length];
        for (int s = 0; s < SHARES.length; s++) {
            double[][] mixed = new double[trees.length][];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = new double[trees[i].length];
                for (int o = 0; o < mixed[i].length; o++) {
                    mixed[i][o] = (1 - SHARES[s]) * trees[i][o] + SHARES[s] * line[i][o];
                }
            }
            scores[s] = scorer.score().of(truth, mixed);
        }
        return scores;
    }
}
