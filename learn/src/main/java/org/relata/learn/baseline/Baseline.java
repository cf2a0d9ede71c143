package org.relata.learn.baseline;

import java.util.List;
import java.util.Locale;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskType;
import org.relata.learn.tabular.Target;

/// A trivial predictor, under the name RelBench gives it where it has one.
///
/// Medians of an even number of labels are the mean of the two in the middle; the most frequent label is the smallest
/// among
/// equally frequent ones. The entity baselines of RelBench predict 0 for entities without a label; those whose names
/// end in
/// `_or_global`, which RelArena uses, predict for them what the baseline over all rows does.
public enum Baseline {
    /// Zero.
    GLOBAL_ZERO,
    /// The mean label.
    GLOBAL_MEAN,
    /// The median label.
    GLOBAL_MEDIAN,
    /// The share of each class: for binary tasks the share of positives.
    PRIOR,
    /// The most frequent class.
    MAJORITY,
    /// Chance: a number in [0, 1) drawn from the seed and the row's entity and seed time; C of them, divided by their
    /// sum, for
    /// C classes.
    RANDOM,
    /// The mean of the entity's labels, else 0.
    ENTITY_MEAN,
    /// The median of the entity's labels, else 0.
    ENTITY_MEDIAN,
    /// The entity's most frequent class, else class 0.
    ENTITY_MAJORITY,
    /// The mean of the entity's labels, else of all.
    ENTITY_MEAN_OR_GLOBAL,
    /// The median of the entity's labels, else of all.
    ENTITY_MEDIAN_OR_GLOBAL,
    /// The share of each class among the entity's labels, else among all.
    ENTITY_PRIOR_OR_GLOBAL;

    /// The name in results: `global_zero`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The baselines of a task type, in the order results list them.
    public static List<Baseline> of(TaskType type) {
        return switch (type) {
            case REGRESSION ->
                List.of(
                        GLOBAL_ZERO,
                        GLOBAL_MEAN,
                        GLOBAL_MEDIAN,
                        ENTITY_MEAN,
                        ENTITY_MEDIAN,
                        ENTITY_MEAN_OR_GLOBAL,
                        ENTITY_MEDIAN_OR_GLOBAL);
            case BINARY_CLASSIFICATION ->
                List.of(
                        RANDOM,
                        MAJORITY,
                        PRIOR,
                        ENTITY_MEAN,
                        ENTITY_MEDIAN,
                        ENTITY_MEAN_OR_GLOBAL,
                        ENTITY_MEDIAN_OR_GLOBAL);
            case MULTICLASS_CLASSIFICATION -> List.of(RANDOM, MAJORITY, PRIOR, ENTITY_MAJORITY, ENTITY_PRIOR_OR_GLOBAL);
        };
    }

    /// Fits the baseline.
    ///
    /// @param rows labelled rows; at least one
    /// @param target what the labels are
    /// @param seed what [#RANDOM] derives from
    public FittedBaseline fit(TaskRows rows, Target target, long seed) {
        if (!of(target.type()).contains(this)) {
            throw new IllegalArgumentException(
                    label() + " is no baseline of a " + target.type().label() + " task");
        }
        if (!rows.labelled()) {
            throw new IllegalArgumentException("a baseline is fitted on labelled rows");
        }
        Summary summary = summary(target);
        return new FittedBaseline(
                this,
                seed,
                global(rows, target, summary),
                usesEntity() ? EntityLabels.of(rows, summary) : EntityLabels.NONE);
    }

    private Summary summary(Target target) {
        int outputs = target.outputs();
        return switch (this) {
            case GLOBAL_ZERO, RANDOM -> labels -> new double[outputs];
            case GLOBAL_MEAN, ENTITY_MEAN, ENTITY_MEAN_OR_GLOBAL -> labels -> new double[] {Summary.mean(labels)};
            case GLOBAL_MEDIAN, ENTITY_MEDIAN, ENTITY_MEDIAN_OR_GLOBAL ->
                labels -> new double[] {Summary.median(labels)};
            case MAJORITY, ENTITY_MAJORITY -> labels -> Summary.mostFrequent(labels, outputs);
            case PRIOR, ENTITY_PRIOR_OR_GLOBAL -> labels -> Summary.shares(labels, outputs);
        };
    }

    /// What entities without a label get, and everybody where entities do not count.
    private double[] global(TaskRows rows, Target target, Summary summary) {
        double[] zero = new double[target.outputs()];
        return switch (this) {
            case ENTITY_MEAN, ENTITY_MEDIAN -> zero;
            case ENTITY_MAJORITY -> {
                zero[0] = 1;
                yield zero;
            }
            case GLOBAL_ZERO,
                    GLOBAL_MEAN,
                    GLOBAL_MEDIAN,
                    PRIOR,
                    MAJORITY,
                    RANDOM,
                    ENTITY_MEAN_OR_GLOBAL,
                    ENTITY_MEDIAN_OR_GLOBAL,
                    ENTITY_PRIOR_OR_GLOBAL -> summary.of(rows.label());
        };
    }

    private boolean usesEntity() {
        return switch (this) {
            case ENTITY_MEAN,
                    ENTITY_MEDIAN,
                    ENTITY_MAJORITY,
                    ENTITY_MEAN_OR_GLOBAL,
                    ENTITY_MEDIAN_OR_GLOBAL,
                    ENTITY_PRIOR_OR_GLOBAL -> true;
            case GLOBAL_ZERO, GLOBAL_MEAN, GLOBAL_MEDIAN, PRIOR, MAJORITY, RANDOM -> false;
        };
    }
}
