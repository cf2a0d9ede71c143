package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.relata.database.Progress;
import org.relata.features.FeatureMatrix;
import org.relata.learn.tabular.BoostedTrees;
import org.relata.learn.tabular.BoosterSettings;
import org.relata.learn.tabular.Scorer;
import org.relata.learn.tabular.Target;

/// Decides between two sets of features by the folds: the second must win most of them, each fold having one vote.
///
/// Votes are counted, not scores averaged: one odd period can be won by so much that it would decide alone.
final class FeatureChoice {
    private static final int ROUNDS = 300;
    /// The fewer rows, the more models of other seeds are averaged.
    private static final int ROWS_OF_MODELS = 60_000;

    private static final int MOST_SEEDS = 5;

    private final Rows rows;
    private final List<Fold> folds;
    private final Target target;
    private final Scorer scorer;
    private final FitSettings settings;

    FeatureChoice(Rows rows, List<Fold> folds, Target target, Scorer scorer, FitSettings settings) {
        this.rows = rows;
        this.folds = folds;
        this.target = target;
        this.scorer = scorer;
        this.settings = settings;
    }

    /// On how many folds the second set is better.
    ///
    /// @param trainRows how many different training rows there are
    /// @param copies how often each of them is there
    int wins(FeatureMatrix first, FeatureMatrix second, int trainRows, int copies) {
        List<BoosterSettings> priors = ModelStage.priors(target, trainRows, copies).stream()
                .map(settled -> settled.with("rounds", ROUNDS))
                .toList();
        List<Callable<Double>> jobs = new ArrayList<>();
        for (Fold fold : folds) {
            jobs.add(() -> score(first, fold, priors));
            jobs.add(() -> score(second, fold, priors));
        }
        List<Double> scores = Workers.run(settings.threads(), jobs);
        int wins = 0;
        for (int f = 0; f < folds.size(); f++) {
            wins += scorer.better(scores.get(2 * f + 1), scores.get(2 * f)) ? 1 : 0;
        }
        return wins;
    }

    private double score(FeatureMatrix x, Fold fold, List<BoosterSettings> priors) {
        FeatureMatrix fit = x.rows(fold.fit());
        FeatureMatrix judge = x.rows(fold.judge());
        double[] y = rows.labels(fold.fit());
        double[] weight = rows.weights(fold.fit());
        double[][] mean = new double[judge.rows()][target.outputs()];
        int seeds = Math.clamp(ROWS_OF_MODELS / fit.rows(), 1, MOST_SEEDS);
        for (BoosterSettings prior : priors) {
            // Not the seed of the run: which features there are should not change with it.
            for (int seed = 0; seed < seeds; seed++) {
                try (BoostedTrees model =
                        BoostedTrees.fit(fit, y, weight, Optional.empty(), prior, target, seed, 1, Progress.silent())) {
                    add(model.predict(judge), mean);
                }
            }
        }
        for (double[] row : mean) {
            for (int o = 0; o < row.length; o++) {
                row[o] /= priors.size() * seeds;
            }
        }
        return scorer.score().of(rows.labels(fold.judge()), mean);
    }

    private static void add(double[][] values, double[][] to) {
        for (int i = 0; i < to.length; i++) {
            for (int o = 0; o < to[i].length; o++) {
                to[i][o] += values[i][o];
            }
        }
    }
}
