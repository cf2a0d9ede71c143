package org.relata.learn.tabular;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

/// Every setting of boosted trees that shapes the model; how fast it is fitted (threads) is not among them.
///
/// For regression, labels are centred and scaled to about unit spread before boosting and predictions scaled back, so
/// that
/// regularisation and `huberDelta` mean the same for seconds as for millions.
///
/// @param objective the loss
/// @param rounds how many rounds at most
/// @param earlyStoppingRounds stop after so many rounds without a better validation score; 0 runs all rounds and still
/// keeps
///     the best of them when there is a validation set
/// @param learningRate how much of each tree is added
/// @param numLeaves leaves a tree, at most
/// @param maxDepth depth of a tree, at most; -1 for no bound
/// @param minDataInLeaf rows a leaf needs
/// @param minSumHessian the smallest sum of second derivatives in a leaf
/// @param featureFraction the share of features each tree may use
/// @param baggingFraction the share of rows each tree learns from, drawn anew each round
/// @param lambdaL1 the L1 penalty on leaf values
/// @param lambdaL2 the L2 penalty on leaf values
/// @param minGainToSplit the gain a split needs
/// @param maxBin histogram bins a feature; fixed when data is binned
/// @param minDataInBin rows a bin needs; fixed when data is binned
/// @param extraTrees whether thresholds are drawn at random, which regularises
/// @param catSmooth smoothing of the statistics of categories
/// @param catL2 the L2 penalty of splits on categories
/// @param minDataPerGroup rows a group of categories needs
/// @param maxCatToOnehot up to so many categories, splits are one against the rest
/// @param pathSmooth how strongly leaf values are pulled to their parents'; 0 for not
/// @param scalePosWeight the weight of class 1 in binary tasks, 1 for none
/// @param huberDelta where the Huber loss turns linear, in units of the labels' spread
public record BoosterSettings(
        Objective objective,
        int rounds,
        int earlyStoppingRounds,
        double learningRate,
        int numLeaves,
        int maxDepth,
        int minDataInLeaf,
        double minSumHessian,
        double featureFraction,
        double baggingFraction,
        double lambdaL1,
        double lambdaL2,
        double minGainToSplit,
        int maxBin,
        int minDataInBin,
        boolean extraTrees,
        double catSmooth,
        double catL2,
        int minDataPerGroup,
        int maxCatToOnehot,
        double pathSmooth,
        double scalePosWeight,
        double huberDelta) {
    /// Refuses values outside their ranges, naming the setting.
    public BoosterSettings {
        require(rounds >= 1, "rounds", rounds, "at least 1");
        require(earlyStoppingRounds >= 0, "early_stopping_rounds", earlyStoppingRounds, "at least 0");
        require(learningRate > 0 && learningRate <= 10, "learning_rate", learningRate, "above 0");
        require(numLeaves >= 2 && numLeaves <= 131072, "num_leaves", numLeaves, "2 to 131072");
        require(maxDepth == -1 || maxDepth >= 1, "max_depth", maxDepth, "-1 or at least 1");
        require(minDataInLeaf >= 1, "min_data_in_leaf", minDataInLeaf, "at least 1");
        require(minSumHessian >= 0, "min_sum_hessian", minSumHessian, "at least 0");
        require(featureFraction > 0 && featureFraction <= 1, "feature_fraction", featureFraction, "above 0, at most 1");
        require(baggingFraction > 0 && baggingFraction <= 1, "bagging_fraction", baggingFraction, "above 0, at most 1");
        require(lambdaL1 >= 0, "lambda_l1", lambdaL1, "at least 0");
        require(lambdaL2 >= 0, "lambda_l2", lambdaL2, "at least 0");
        require(minGainToSplit >= 0, "min_gain_to_split", minGainToSplit, "at least 0");
        require(maxBin >= 2 && maxBin <= 65535, "max_bin", maxBin, "2 to 65535");
        require(minDataInBin >= 1, "min_data_in_bin", minDataInBin, "at least 1");
        require(catSmooth >= 0, "cat_smooth", catSmooth, "at least 0");
        require(catL2 >= 0, "cat_l2", catL2, "at least 0");
        require(minDataPerGroup >= 1, "min_data_per_group", minDataPerGroup, "at least 1");
        require(maxCatToOnehot >= 1, "max_cat_to_onehot", maxCatToOnehot, "at least 1");
        require(pathSmooth >= 0, "path_smooth", pathSmooth, "at least 0");
        require(scalePosWeight > 0, "scale_pos_weight", scalePosWeight, "above 0");
        require(huberDelta > 0, "huber_delta", huberDelta, "above 0");
    }

    private static void require(boolean holds, String name, Object value, String range) {
        if (!holds) {
            throw RelataException.usage("booster.setting", name, value + " is out of range", "give " + range);
        }
    }

    /// Good settings for a kind of label and a number of training rows: the fewer rows, the smaller the trees.
    public static BoosterSettings standard(TaskType type, int rows) {
        int leaves = rows < 2_000 ? 7 : rows < 20_000 ? 15 : rows < 200_000 ? 31 : 63;
        int inLeaf = rows < 200 ? Math.max(1, rows / 20) : rows < 2_000 ? 10 : rows < 20_000 ? 20 : 50;
        double rate = rows < 20_000 ? 0.03 : rows < 200_000 ? 0.05 : 0.1;
        return new BoosterSettings(
                Objective.standard(type),
                2_000,
                100,
                rate,
                leaves,
                -1,
                inLeaf,
                1e-3,
                0.5,
                0.8,
                0,
                5,
                0,
                255,
                3,
                false,
                10,
                10,
                100,
                4,
                0,
                1,
                1);
    }

    /// The settings by name, in the order above, names in snake case, values numbers, booleans and text: fit for JSON.
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : BoosterSettings.class.getRecordComponents()) {
            Object value;
            try {
                value = component.getAccessor().invoke(this);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            map.put(snake(component.getName()), value instanceof Objective o ? o.label() : value);
        }
        return map;
    }

    /// Settings from a map as [#toMap()] gives.
    ///
    /// @throws RelataException when a setting is unknown, missing or not of its type
    public static BoosterSettings fromMap(Map<String, ?> map) {
        RecordComponent[] components = BoosterSettings.class.getRecordComponents();
        List<String> known =
                java.util.Arrays.stream(components).map(c -> snake(c.getName())).toList();
        for (String name : map.keySet()) {
            if (!known.contains(name)) {
                throw RelataException.usage(
                        "booster.setting", name, "there is no such setting", "there are " + String.join(", ", known));
            }
        }
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = value(known.get(i), types[i], map.get(known.get(i)));
        }
        try {
            return BoosterSettings.class.getConstructor(types).newInstance(values);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof RelataException inner) {
                throw inner;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// These settings with one changed: `settings.with("learning_rate", 0.05)`.
    public BoosterSettings with(String name, Object value) {
        Map<String, Object> map = toMap();
        map.put(name, value instanceof Objective o ? o.label() : value);
        return fromMap(map);
    }

    private static Object value(String name, Class<?> type, @org.jspecify.annotations.Nullable Object value) {
        if (type == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (type == double.class && value instanceof Number n) {
            return n.doubleValue();
        }
        if (type == int.class && value instanceof Number n && n.doubleValue() == n.intValue()) {
            return n.intValue();
        }
        if (type == Objective.class && value instanceof String text) {
            for (Objective objective : Objective.values()) {
                if (objective.label().equals(text)) {
                    return objective;
                }
            }
        }
        throw RelataException.usage(
                "booster.setting",
                name,
                value == null ? "it is missing" : value + " is not one of its values",
                "give a value of type " + type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /// What decides how features are binned; data binned once serves all settings that agree on these.
    Map<String, Object> binning() {
        return Map.of("max_bin", maxBin, "min_data_in_bin", minDataInBin);
    }

    /// LightGBM's parameters for training.
    ///
    /// Column-wise histograms are the ones whose sums do not depend on the number of threads.
    String toParameters(Target target, long seed, int threads) {
        Map<String, Object> p = new LinkedHashMap<>();
        p.put("objective", objective.lightGbmName());
        if (objective == Objective.MULTICLASS) {
            p.put("num_class", target.classes().size());
        }
        p.put("metric", "none");
        p.put("learning_rate", learningRate);
        p.put("num_leaves", numLeaves);
        p.put("max_depth", maxDepth);
        p.put("min_data_in_leaf", minDataInLeaf);
        p.put("min_sum_hessian_in_leaf", minSumHessian);
        p.put("feature_fraction", featureFraction);
        p.put("bagging_fraction", baggingFraction);
        p.put("bagging_freq", baggingFraction < 1 ? 1 : 0);
        p.put("lambda_l1", lambdaL1);
        p.put("lambda_l2", lambdaL2);
        p.put("min_gain_to_split", minGainToSplit);
        p.put("extra_trees", extraTrees);
        p.put("cat_smooth", catSmooth);
        p.put("cat_l2", catL2);
        p.put("min_data_per_group", minDataPerGroup);
        p.put("max_cat_to_onehot", maxCatToOnehot);
        p.put("path_smooth", pathSmooth);
        if (objective == Objective.BINARY) {
            p.put("scale_pos_weight", scalePosWeight);
        }
        if (objective == Objective.HUBER) {
            p.put("alpha", huberDelta);
        }
        int seed31 = (int) (Long.hashCode(seed * 0x9E3779B97F4A7C15L) & 0x7fffffff);
        p.put("seed", seed31);
        p.put("deterministic", true);
        p.put("force_col_wise", true);
        p.put("num_threads", threads);
        p.put("verbosity", -1);
        p.putAll(binning());
        return p.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(" "));
    }
}
