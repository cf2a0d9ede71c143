package org.relata.learn.tabular;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.relata.database.task.TaskType;

/// Where a search looks for settings, fitted to how many rows there are.
///
/// It reaches from stumps with strong penalties, which a thousand noisy rows want, to hundreds of leaves. The binning
/// and the
/// rounds stay those of the first candidate.
///
/// @param type what the labels are
/// @param rows how many training rows there are
/// @param priors the settings to try first, in order; what is not searched is taken from the very first of them
public record BoosterSpace(TaskType type, int rows, List<BoosterSettings> priors) {
    /// Copies the priors, and refuses none.
    public BoosterSpace {
        priors = List.copyOf(priors);
        if (priors.isEmpty()) {
            throw new IllegalArgumentException("at least one settings to start from is needed");
        }
    }

    /// A space with one prior.
    public BoosterSpace(TaskType type, int rows, BoosterSettings first) {
        this(type, rows, List.of(first));
    }

    /// A candidate: the priors for the first indices, then random ones that depend on the seed and the index alone.
    public BoosterSettings candidate(long seed, int index) {
        if (index < priors.size()) {
            return priors.get(index);
        }
        BoosterSettings first = priors.getFirst();
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
        Map<String, Object> s = new LinkedHashMap<>(first.toMap());
        int mostLeaves = Math.clamp(rows / 50, 8, 255);
        int mostInLeaf = Math.clamp(rows / 20, 10, 5_000);
        s.put("learning_rate", logUniform(random, 0.008, rows < 100_000 ? 0.1 : 0.2));
        s.put("num_leaves", logInteger(random, 2, mostLeaves));
        s.put("max_depth", random.nextInt(2) == 0 ? -1 : random.nextInt(2, 10));
        s.put("min_data_in_leaf", logInteger(random, rows < 500 ? 2 : 5, mostInLeaf));
        s.put("feature_fraction", logUniform(random, 0.05, 1));
        s.put("bagging_fraction", random.nextDouble(0.4, 1));
        s.put("lambda_l1", random.nextInt(2) == 0 ? 0.0 : logUniform(random, 1e-3, 30));
        s.put("lambda_l2", logUniform(random, 1e-2, 300));
        s.put("min_gain_to_split", random.nextInt(2) == 0 ? 0.0 : logUniform(random, 1e-3, 1));
        s.put("extra_trees", random.nextInt(3) == 0);
        s.put("cat_smooth", logUniform(random, 1, 200));
        s.put("cat_l2", logUniform(random, 0.1, 100));
        s.put("min_data_per_group", logInteger(random, 5, Math.clamp(rows / 10, 10, 500)));
        s.put("path_smooth", random.nextInt(2) == 0 ? 0.0 : logUniform(random, 0.1, 100));
        if (type == TaskType.REGRESSION) {
            Objective[] losses = {
                Objective.ABSOLUTE_ERROR, Objective.ABSOLUTE_ERROR, Objective.HUBER, Objective.SQUARED_ERROR
            };
            s.put("objective", losses[random.nextInt(losses.length)].label());
            s.put("huber_delta", logUniform(random, 0.3, 3));
        }
        return BoosterSettings.fromMap(s);
    }

    private static double logUniform(SplittableRandom random, double low, double high) {
        double value = Math.exp(random.nextDouble(Math.log(low), Math.log(high)));
        // Four digits: enough to say, and to type again.
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(4))
                .doubleValue();
    }

    private static int logInteger(SplittableRandom random, int low, int high) {
        return (int) Math.clamp(
                Math.round(Math.exp(random.nextDouble(Math.log(low), Math.log(high + 1.0)))), low, high);
    }
}
