package org.relata.learn.fit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Progress;
import org.relata.database.Schema;
import org.relata.database.metric.Metric;
import org.relata.database.metric.Metrics;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskTables;
import org.relata.features.FeatureMatrix;
import org.relata.features.leak.LeakReport;
import org.relata.learn.tabular.BoosterSearch;
import org.relata.learn.tabular.Clamp;
import org.relata.learn.tabular.ClassBalance;
import org.relata.learn.tabular.Deadline;
import org.relata.learn.tabular.Ensemble;
import org.relata.learn.tabular.LinearModel;
import org.relata.learn.tabular.LinearSettings;
import org.relata.learn.tabular.Target;
import org.relata.learn.tabular.ValidationSet;

/// A fit by deep feature synthesis and boosted trees.
///
/// Rows, in the order in which they may be used: training rows (with the delays of evaluation rows when the regime is
/// frozen),
/// validation rows as they are scored, validation rows again as training rows for the final fit, and test rows, whose
/// labels
/// never enter this class.
final class DfsFit {
    private static final int MOST_ROWS_OF_COPIES = 40_000;
    private static final int MOST_COPIES = 6;

    private final FitRequest request;
    private final TaskTables tables;
    private final Target target;
    private final FitLog log;
    private final CutOffs cutOffs;
    private final LeakReport leaks;

    /// What came of it; test predictions, but no test scores.
    record Fitted(
            DfsPipeline pipeline,
            double[][] validation,
            double[][] test,
            FeatureMatrix validationFeatures,
            double[][] validationContributions,
            Map<Split, double[][]> linear,
            LeakReport leaks) {}

    DfsFit(FitRequest request, TaskTables tables, Target target, LeakReport leaks, FitLog log) {
        this.leaks = leaks;
        this.request = request;
        this.tables = tables;
        this.target = target;
        this.log = log;
        this.cutOffs = CutOffs.of(request.task(), request.settings().regime());
    }

    Fitted run() {
        Task task = request.task();
        boolean history = usesHistory();
        Schema view = request.database().schema().without(task.hidden());
        if (history) {
            view = LabelHistory.install(request.database(), view, task, List.of(tables.train(), tables.validation()));
        }
        Rows rows = new Rows();
        weighClasses(rows);
        int delays = cutOffs.delays(tables.test(), task.testTime());
        TaskRows train = sample(tables.train());
        int copies = delays == 0 ? 1 : Math.clamp(MOST_ROWS_OF_COPIES / Math.max(1, train.size()), 1, MOST_COPIES);
        if (delays > 0) {
            log.note(
                    ("frozen: test rows see data up to %d windows old, so each training row is seen %d times with delays of 0 to %d"
                                    + " windows")
                            .formatted(delays, copies, delays));
        }
        List<int[]> trainCopies = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            trainCopies.add(rows.add(cutOffs.stale(train, delays, copy, copies), train.label()));
        }
        int[] fit = Rows.join(trainCopies.toArray(int[][]::new));
        int[] validation = rows.add(
                cutOffs.scored(Split.VALIDATION, tables.validation()),
                tables.validation().label());
        int[] again = fit;
        if (request.settings().refit()) {
            for (int copy = 0; copy < copies; copy++) {
                again = Rows.join(
                        again,
                        rows.add(
                                cutOffs.stale(tables.validation(), delays, copy, copies),
                                tables.validation().label()));
            }
        }
        int[] test = rows.add(
                cutOffs.scored(Split.TEST, tables.test()),
                new double[tables.test().size()]);

        boolean includeCutoff = switch (task) {
            case ForecastTask _ -> false;
            case AutoCompleteTask _ -> true;
        };
        FeatureStage.Built built = new FeatureStage(request, view, target, log)
                .build(rows, fit, train.size(), includeCutoff, delays > 0, task.validationTime());
        List<Fold> folds = new ArrayList<>();
        folds.add(new Fold(fit, validation));
        if (train.size() < 100_000) {
            for (Fold fold : Fold.backwards(train, task.window().toNanos() / 1000)) {
                folds.add(new Fold(spread(trainCopies, fold.fit()), spread(trainCopies.subList(0, 1), fold.judge())));
            }
        }
        built = settled(built, rows, folds, train.size(), copies);
        FeatureMatrix x = built.matrix();
        LeakReport proven = Leaks.inFeatures(request, leaks, view, built.plan(), log);
        ModelStage models = new ModelStage(x, rows, folds, target, copies, request, log);
        Duration left = request.settings().budget().minus(Duration.ofMillis((long) (log.seconds() * 1_000)));
        Duration searching = Duration.ofMillis(Math.max(1_000, left.toMillis() * 6 / 10));
        List<BoosterSearch.Candidate> best = models.search(train.size(), searching);

        log.stage("linear check");
        Optional<Clamp> clamp = ModelStage.clamps(target.type())
                ? Optional.of(Clamp.of(tables.train().label()))
                : Optional.empty();
        FeatureMatrix xv = x.rows(validation);
        FeatureMatrix xt = x.rows(test);
        ValidationSet judge = new ValidationSet(xv, tables.validation().label(), models.scorer());
        LinearModel line =
                line(x.rows(fit), rows.labels(fit), rows.weights(fit), Optional.of(judge), LinearSettings.standard());
        Map<Split, double[][]> linear = new EnumMap<>(Split.class);
        linear.put(Split.VALIDATION, clamped(clamp, line.predict(xv)));
        linear.put(Split.TEST, clamped(clamp, line.predict(xt)));
        // A line goes on for ever in the direction of whatever has gone stale; trees stop at what they have seen.
        double share = folds.size() == 1 || delays > 0
                ? 0
                : new Blend(x, rows, folds, target, models.scorer(), request.settings())
                        .share(best.getFirst(), line.penalty());
        log.note("trees %.0f %%, linear model %.0f %% of the prediction, by what helps on the folds"
                .formatted(100 * (1 - share), 100 * share));

        log.stage("models");
        LinearSettings settled = LinearSettings.standard().withPenalty(line.penalty());
        double[][] predictedValidation;
        double[][] contributions;
        Ensemble early = models.fit(best, train.size(), fit, line, share);
        Ensemble last;
        try {
            predictedValidation = clamped(clamp, early.predict(xv));
            log.stage("reasons");
            contributions = early.contributions(xv);
            log.stage("models");
            last = request.settings().refit()
                    ? models.fit(
                            best,
                            train.size(),
                            again,
                            line(x.rows(again), rows.labels(again), rows.weights(again), Optional.empty(), settled),
                            share)
                    : early;
        } finally {
            if (request.settings().refit()) {
                early.close();
            }
        }
        log.note(
                request.settings().refit()
                        ? "validation scores are of models fitted on train; test predictions of models fitted on train and validation"
                        : "all predictions are of models fitted on train");
        double[][] predictedTest = clamped(clamp, last.predict(xt));
        DfsPipeline pipeline = new DfsPipeline(task, built.plan(), last, target, clamp, history);
        return new Fitted(pipeline, predictedValidation, predictedTest, xv, contributions, linear, proven);
    }

    /// Rare classes weigh more where the metric that decides counts them in full; elsewhere probabilities stay what
    /// they
    /// are.
    private void weighClasses(Rows rows) {
        Metric primary = request.primary();
        if (primary != Metric.F1 && primary != Metric.MACRO_F1) {
            return;
        }
        ClassBalance balance =
                ClassBalance.of(Split.TRAIN.label(), tables.train().label(), target);
        double strength = balance.suggestedStrength();
        if (strength > 0) {
            rows.weighClasses(balance.byClass(strength));
            log.note("classes are %.0f to 1: rows of rare ones weigh more, for %s; probabilities lean towards them"
                    .formatted(balance.ratio(), primary.label()));
        }
    }

    /// The features that the models get: those chosen by stability where most folds say so, else those chosen by gain.
    private FeatureStage.Built settled(
            FeatureStage.Built built, Rows rows, List<Fold> folds, int trainRows, int copies) {
        if (built.byStability().length == 0 || folds.size() < 2) {
            return built.only(built.byGain());
        }
        FeatureMatrix gainful = built.matrix().features(built.byGain());
        FeatureMatrix stable = built.matrix().features(built.byStability());
        int wins = new FeatureChoice(rows, folds, target, ModelStage.scorer(request.primary()), request.settings())
                .wins(gainful, stable, trainRows, copies);
        boolean change = 2 * wins > folds.size();
        log.note("the %d features that predict best at other times and for other entities win %d of %d folds: %s"
                .formatted(
                        stable.width(),
                        wins,
                        folds.size(),
                        change
                                ? "they are used"
                                : "the %d that quick models use most are kept".formatted(gainful.width())));
        return built.only(change ? built.byStability() : built.byGain());
    }

    /// Past labels are features where evaluation asks at one time only. With several test seeds, those between T and
    /// the seed are
    /// the very labels to predict, and what is left is years old: it would teach the model to remember entities.
    private boolean usesHistory() {
        return switch (request.task()) {
            case AutoCompleteTask _ -> false;
            case ForecastTask _ -> {
                boolean several = java.util.Arrays.stream(tables.test().seed())
                                .distinct()
                                .limit(2)
                                .count()
                        > 1;
                if (several) {
                    log.note(
                            "past labels are no features here: with several test seeds, later rows would need the labels of"
                                    + " earlier ones");
                }
                yield !several;
            }
        };
    }

    /// Rows that fit into memory, evenly over time; all of them when they do.
    private TaskRows sample(TaskRows all) {
        long most = Math.max(20_000, request.settings().memoryBytes() / 8 / (4 * 300));
        if (all.size() <= most) {
            return all;
        }
        log.note("fitted on %,d of %,d training rows, evenly over time: more would not fit into --memory"
                .formatted(most, all.size()));
        int n = (int) most;
        long[] entity = new long[n];
        long[] seed = new long[n];
        double[] label = new double[n];
        for (int i = 0; i < n; i++) {
            int from = (int) ((long) i * all.size() / n);
            entity[i] = all.entity()[from];
            seed[i] = all.seed()[from];
            label[i] = all.label()[from];
        }
        return new TaskRows(entity, seed, label);
    }

    private static int[] spread(List<int[]> copies, int[] positions) {
        return Rows.join(copies.stream()
                .map(copy ->
                        java.util.Arrays.stream(positions).map(i -> copy[i]).toArray())
                .toArray(int[][]::new));
    }

    private LinearModel line(
            FeatureMatrix x, double[] y, double[] weight, Optional<ValidationSet> judge, LinearSettings settings) {
        // The path of penalties takes at most a fifth of the budget.
        Deadline deadline = Deadline.after(request.settings().budget().dividedBy(5));
        return LinearModel.fit(
                x, y, weight, judge, settings, target, request.settings().seed(), deadline, Progress.silent());
    }

    static double[][] clamped(Optional<Clamp> clamp, double[][] predictions) {
        return clamp.map(c -> c.apply(predictions)).orElse(predictions);
    }

    /// Every metric of predictions for a split.
    static Map<String, Double> metrics(TaskTables tables, Target target, Split split, double[][] predictions) {
        return Metrics.all(
                target.type(),
                tables.of(split).label(),
                predictions,
                tables.train().label());
    }
}
