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
        double[] weight = rows.recency(fold.fit());
        double[][] mean = new double[judge.rows()][target.outputs()];
        for (BoosterSettings prior : priors) {
            try (BoostedTrees model = BoostedTrees.fit(
                    fit, y, weight, Optional.empty(), prior, target, settings.seed(), 1, Progress.silent())) {
                double[][] predicted = model.predict(judge);
                for (int i = 0; i < mean.length; i++) {
                    for (int o = 0; o < mean[i].length; o++) {
                        mean[i][o] += predicted[i][o] / priors.size();
                    }
                }
            }
        }
        return scorer.score().of(rows.labels(fold.judge()), mean);
    }
}
