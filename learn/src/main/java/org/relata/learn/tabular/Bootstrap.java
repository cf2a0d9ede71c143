package org.relata.learn.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relata.database.RelataException;
import org.relata.database.task.TaskType;

/// How much a score would vary if the rows had been others: percentile intervals over resampled rows.
///
/// Where the rarest class has under 5 % of the rows or fewer than 30 of them, rows are drawn within each class, so that
/// no
/// resample lacks it. Beyond 20,000 rows fewer resamples are drawn, 200 at least: the interval is narrow there and each
/// costs more.
/// The result depends on the seed, not on the number of threads.
///
/// @param resamples how many resamples to draw
/// @param level the share of them inside the interval, such as 0.95
/// @param seed what they derive from
/// @param threads how many threads may work
public record Bootstrap(int resamples, double level, long seed, int threads) {
    private static final int FULL_EFFORT_ROWS = 20_000;
    private static final int FEWEST_RESAMPLES = 200;
    private static final int RARE_ROWS = 30;
    private static final double RARE_SHARE = 0.05;

    /// Refuses values outside their ranges.
    public Bootstrap {
        if (resamples < 1 || !(level > 0 && level < 1) || threads < 1) {
            throw new IllegalArgumentException(resamples + " resamples, level " + level + ", " + threads + " threads");
        }
    }

    /// 1000 resamples at 95 %.
    public static Bootstrap standard(long seed, int threads) {
        return new Bootstrap(1000, 0.95, seed, threads);
    }

    /// An interval.
    ///
    /// @param estimate the score of the rows themselves
    /// @param low the lower end
    /// @param high the upper end
    /// @param level the share of resamples inside
    /// @param resamples how many resamples had a score; those without, as when a class was missing, do not count
    public record Range(double estimate, double low, double high, double level, int resamples) {
        /// Whether zero lies outside: for a difference, whether it can be told from none.
        public boolean excludesZero() {
            return low > 0 || high < 0;
        }
    }

    private interface Resample {
        double score(int[] rows);
    }

    /// The interval of a score of independent rows.
    ///
    /// @param labels one a row
    /// @param predictions `[rows][outputs]`
    /// @param type what the labels are
    /// @param score the score
    public Range interval(double[] labels, double[][] predictions, TaskType type, Scorer.Score score) {
        return range(
                labels,
                type,
                score.of(labels, predictions),
                rows -> score.of(pick(labels, rows), pick(predictions, rows)));
    }

    /// The interval of a score where rows belong together: those of one entity at several seed times are no independent
    /// evidence, so they are drawn together or not at all.
    ///
    /// @param group one a row: equal for rows that belong together
    public Range interval(long[] group, double[] labels, double[][] predictions, TaskType type, Scorer.Score score) {
        int[][] clusters = IntStream.range(0, group.length)
                .boxed()
                .collect(Collectors.groupingBy(i -> group[i], TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(rows -> rows.stream().mapToInt(i -> i).toArray())
                .toArray(int[][]::new);
        if (clusters.length == labels.length) {
            return interval(labels, predictions, type, score);
        }
        return range(
                clusters,
                clusterStrata(clusters, labels, type),
                labels.length,
                score.of(labels, predictions),
                rows -> score.of(pick(labels, rows), pick(predictions, rows)));
    }

    /// The interval of the first predictions' score minus the second's, both on the same resampled rows.
    ///
    /// Arguments as above.
    public Range difference(double[] labels, double[][] first, double[][] second, TaskType type, Scorer.Score score) {
        return range(labels, type, score.of(labels, first) - score.of(labels, second), rows -> {
            double[] picked = pick(labels, rows);
            return score.of(picked, pick(first, rows)) - score.of(picked, pick(second, rows));
        });
    }

    private Range range(double[] labels, TaskType type, double estimate, Resample resample) {
        int[][] single =
                IntStream.range(0, labels.length).mapToObj(i -> new int[] {i}).toArray(int[][]::new);
        return range(single, strata(labels, type), labels.length, estimate, resample);
    }

    /// @param clusters the rows of each cluster
    /// @param strata numbers of clusters
    private Range range(int[][] clusters, int[][] strata, int rows, double estimate, Resample resample) {
        int draws = rows <= FULL_EFFORT_ROWS
                ? resamples
                : (int) Math.clamp(
                        (long) resamples * FULL_EFFORT_ROWS / rows, Math.min(resamples, FEWEST_RESAMPLES), resamples);
        double[] scores = new double[draws];
        if (rows == 0) {
            Arrays.fill(scores, Double.NaN);
        } else {
            inParallel(draws, r -> scores[r] = resample.score(draw(clusters, strata, r)));
        }
        double[] sorted =
                Arrays.stream(scores).filter(s -> !Double.isNaN(s)).sorted().toArray();
        if (sorted.length == 0) {
            return new Range(estimate, Double.NaN, Double.NaN, level, 0);
        }
        double tail = (1 - level) / 2;
        return new Range(
                estimate, Quantiles.ofSorted(sorted, tail), Quantiles.ofSorted(sorted, 1 - tail), level, sorted.length);
    }

    /// The rows as one group, or by class when one is rare.
    private static int[][] strata(double[] labels, TaskType type) {
        int[] all = IntStream.range(0, labels.length).toArray();
        if (type == TaskType.REGRESSION || labels.length == 0) {
            return new int[][] {all};
        }
        double[] classes = Arrays.stream(labels).distinct().sorted().toArray();
        int[][] byClass = Arrays.stream(classes)
                .mapToObj(c -> IntStream.of(all).filter(i -> labels[i] == c).toArray())
                .toArray(int[][]::new);
        int rarest = Arrays.stream(byClass).mapToInt(rows -> rows.length).min().orElse(0);
        boolean rare = rarest < RARE_ROWS || rarest < RARE_SHARE * labels.length;
        return rare ? byClass : new int[][] {all};
    }

    /// The clusters as one group or, when a class is rare, those that have a row of it and the others.
    private static int[][] clusterStrata(int[][] clusters, double[] labels, TaskType type) {
        int[] all = IntStream.range(0, clusters.length).toArray();
        int[][] byClass = strata(labels, type);
        if (byClass.length < 2) {
            return new int[][] {all};
        }
        double rarest = labels[
                Arrays.stream(byClass)
                        .min(Comparator.comparingInt(rows -> rows.length))
                        .orElseThrow()[0]];
        IntPredicate has = c -> IntStream.of(clusters[c]).anyMatch(i -> labels[i] == rarest);
        return new int[][] {
            IntStream.of(all).filter(has).toArray(),
            IntStream.of(all).filter(has.negate()).toArray()
        };
    }

    private int[] draw(int[][] clusters, int[][] strata, int resample) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + resample);
        IntStream.Builder drawn = IntStream.builder();
        for (int[] stratum : strata) {
            for (int i = 0; i < stratum.length; i++) {
                for (int row : clusters[stratum[random.nextInt(stratum.length)]]) {
                    drawn.add(row);
                }
            }
        }
        return drawn.build().toArray();
    }

    private interface Step {
        void run(int resample);
    }

    private void inParallel(int draws, Step step) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int part = t;
                parts.add(pool.submit(() -> {
                    for (int r = part; r < draws && !Thread.currentThread().isInterrupted(); r += threads) {
                        step.run(r);
                    }
                }));
            }
            try {
                for (Future<?> part : parts) {
                    if (Thread.interrupted()) { // waiting for what is done already would not notice
                        throw new InterruptedException();
                    }
                    part.get();
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw RelataException.failure("interrupted", "bootstrap", "it was interrupted", "run it again")
                        .causedBy(e);
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof RuntimeException inner ? inner : new IllegalStateException(e.getCause());
            }
        }
    }

    private static double[] pick(double[] values, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }

    private static double[][] pick(double[][] values, int[] rows) {
        double[][] picked = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = values[rows[i]];
        }
        return picked;
    }
}
