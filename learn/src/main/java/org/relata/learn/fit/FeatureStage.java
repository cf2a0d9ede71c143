package org.relata.learn.fit;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.database.Progress;
import org.relata.database.Schema;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.sql.FeatureRunner;
import org.relata.learn.tabular.BoostedTrees;
import org.relata.learn.tabular.BoosterSettings;
import org.relata.learn.tabular.Target;

/// Plans features, keeps those that help on training rows, and computes them for all rows.
///
/// Many rows, or many features of them, are screened on a sample first, so that features nobody needs are never
/// computed
/// for millions of rows.
final class FeatureStage {
    private static final int SCREENED_ROWS = 60_000;
    private static final int SAMPLE_ROWS = 30_000;
    private static final int LEAST_SAMPLE_ROWS = 2_000;
    private static final int SCREENING_ROUNDS = 150;
    private static final int SCREENING_MODELS = 4;

    private final FitRequest request;
    private final Schema view;
    private final Target target;
    private final FitLog log;

    /// The features that were kept, and their values.
    ///
    /// @param byGain positions of those that quick models use most
    /// @param byStability positions of those that predict best at other times and for other entities; empty when that
    ///     was not asked or cannot be told
    @SuppressWarnings("ArrayRecordComponent") // positions in a matrix, never compared
    record Built(FeaturePlan plan, FeatureMatrix matrix, int[] byGain, int[] byStability) {
        /// The features at some positions only.
        Built only(int[] chosen) {
            FeatureMatrix fewer = matrix.features(chosen);
            return new Built(
                    plan.keep(names(fewer)),
                    fewer,
                    IntStream.range(0, chosen.length).toArray(),
                    new int[0]);
        }
    }

    FeatureStage(FitRequest request, Schema view, Target target, FitLog log) {
        this.request = request;
        this.view = view;
        this.target = target;
        this.log = log;
    }

    /// @param rows all rows
    /// @param train positions of training rows among them, whose labels decide what is kept
    /// @param distinct how many different labelled rows the training rows are made of
    /// @param stale whether evaluation rows see data that is older than what rows are usually asked with
    /// @param before statistics are taken from rows dated before this time
    Built build(Rows rows, int[] train, int distinct, boolean includeCutoff, boolean stale, LocalDateTime before) {
        log.stage("features");
        boolean sampled = rows.size() > SCREENED_ROWS && train.length > SAMPLE_ROWS;
        FeatureSettings settings = FeatureSettings.standard()
                .withDepth(request.settings().depth())
                .withIncludeCutoff(includeCutoff)
                .within(
                        request.settings().budget().dividedBy(2),
                        Math.max(64L << 20, request.settings().memoryBytes() / 4));
        long counted = sampled ? SAMPLE_ROWS + rows.size() / 4L : rows.size();
        FeaturePlan plan = new FeaturePlanner(request.database(), view, settings, before)
                .plan(request.task().entityTable(), counted);
        log.note("%d features of %d join paths for %,d rows: about %,d joined rows, %.0f s, %d MB"
                .formatted(
                        plan.width(),
                        plan.queries().size(),
                        rows.size(),
                        plan.estimate().joinedRows(),
                        plan.estimate().seconds(),
                        plan.estimate().bytes() >> 20));
        plan.dropped().forEach(path -> log.note("left out: " + path));
        EntityTimes all = rows.all();
        // All features of all rows, and the training rows among them once more, on a heap of three eighths of --memory.
        boolean fits = 4L * plan.width() * rows.size() <= request.settings().memoryBytes() / 8;
        if (!sampled && fits) {
            FeatureMatrix matrix = compute(plan, all);
            log.stage("screening");
            FeatureMatrix x = matrix.rows(train);
            int[] byGain = screen(x, rows.labels(train), distinct);
            int[] byStability = stale ? stable(x, pick(all, train), rows.labels(train), distinct) : new int[0];
            int[] union = IntStream.concat(Arrays.stream(byGain), Arrays.stream(byStability))
                    .distinct()
                    .sorted()
                    .toArray();
            FeatureMatrix chosen = matrix.features(union);
            return new Built(plan.keep(names(chosen)), chosen, positions(byGain, union), positions(byStability, union));
        }
        long most = request.settings().memoryBytes() / 16 / (4L * Math.max(1, plan.width()));
        int size = Math.min(train.length, (int) Math.clamp(most, LEAST_SAMPLE_ROWS, SAMPLE_ROWS));
        int[] sample = IntStream.range(0, size)
                .map(i -> train[(int) ((long) i * train.length / size)])
                .toArray();
        FeatureMatrix first = compute(plan, pick(all, sample));
        log.stage("screening");
        FeaturePlan kept = plan.keep(names(first.features(screen(first, rows.labels(sample), distinct))));
        log.stage("features");
        FeatureMatrix matrix = compute(kept, all);
        return new Built(kept, matrix, IntStream.range(0, matrix.width()).toArray(), new int[0]);
    }

    private FeatureMatrix compute(FeaturePlan plan, EntityTimes rows) {
        MatrixFile file = MatrixFile.of(request.work(), plan, rows);
        Optional<FeatureMatrix> earlier = file.read();
        if (earlier.isPresent()) {
            log.note("features taken from the interrupted run");
            return earlier.get();
        }
        FeatureMatrix matrix = new FeatureRunner(request.database()).run(plan, rows, log.progress());
        file.write(matrix);
        return matrix;
    }

    /// The features that quick models of the training rows use most, in the order of the matrix. How many are kept
    /// follows how many labels there are to choose by.
    private int[] screen(FeatureMatrix x, double[] y, int distinct) {
        int most = Math.clamp(distinct / 10, 60, 300);
        int[] varied =
                IntStream.range(0, x.width()).filter(f -> varies(x.column(f))).toArray();
        FeatureMatrix candidates = x.features(varied);
        if (candidates.width() <= most) {
            return varied;
        }
        // More models choose among what a first one used at all: which of two features alike gains is luck in one.
        int[] used = used(candidates, y, 1, Integer.MAX_VALUE);
        int[] kept = Arrays.stream(
                        used.length <= most
                                ? used
                                : Arrays.stream(used(candidates.features(used), y, SCREENING_MODELS, most))
                                        .map(f -> used[f])
                                        .toArray())
                .map(f -> varied[f])
                .toArray();
        log.note("%d of %d features kept: those that quick models of the training rows use most"
                .formatted(kept.length, x.width()));
        return kept.length == 0 ? varied : kept;
    }

    /// The features that some quick models use, at most so many, in the order of the matrix.
    private int[] used(FeatureMatrix x, double[] y, int models, int most) {
        BoosterSettings quick = BoosterSettings.standard(target.type(), x.rows())
                .with("rounds", SCREENING_ROUNDS)
                .with("num_leaves", 7)
                .with("learning_rate", 0.08)
                .with("feature_fraction", 0.15)
                .with("lambda_l2", 20.0);
        double[] gains = new double[x.width()];
        for (int seed = 0; seed < models; seed++) {
            try (BoostedTrees model = BoostedTrees.fit(
                    x,
                    y,
                    new double[0],
                    Optional.empty(),
                    quick,
                    target,
                    seed,
                    request.settings().threads(),
                    Progress.silent())) {
                double[] gain = model.gains();
                for (int f = 0; f < gains.length; f++) {
                    gains[f] += gain[f];
                }
            }
        }
        return IntStream.range(0, gains.length)
                .boxed()
                .filter(f -> gains[f] > 0)
                .sorted(Comparator.comparingDouble((Integer f) -> -gains[f]).thenComparing(f -> f))
                .limit(most)
                .sorted()
                .mapToInt(f -> f)
                .toArray();
    }

    /// The features that predict best where they were not learnt, in the order of the matrix. Fewer than by gain: each
    /// of them speaks for itself, so nothing is lost that only a crowd would tell.
    private int[] stable(FeatureMatrix x, EntityTimes at, double[] y, int distinct) {
        Stability stability = new Stability(at.entity(), at.seed(), y, target);
        if (stability.blocks() < 3) {
            return new int[0];
        }
        double[] scores = stability.scores(x);
        return IntStream.range(0, scores.length)
                .boxed()
                .filter(f -> scores[f] > 0)
                .sorted(Comparator.comparingDouble((Integer f) -> -scores[f]).thenComparing(f -> f))
                .limit(Math.clamp(distinct / 25, 60, 300))
                .sorted()
                .mapToInt(f -> f)
                .toArray();
    }

    /// Where the chosen are among the sorted union.
    private static int[] positions(int[] chosen, int[] union) {
        return Arrays.stream(chosen).map(f -> Arrays.binarySearch(union, f)).toArray();
    }

    private static boolean varies(float[] column) {
        for (float value : column) {
            if (Float.floatToIntBits(value) != Float.floatToIntBits(column[0])) {
                return true;
            }
        }
        return false;
    }

    private static List<String> names(FeatureMatrix matrix) {
        return matrix.features().stream().map(f -> f.name()).toList();
    }

    private static EntityTimes pick(EntityTimes rows, int[] positions) {
        return new EntityTimes(
                Arrays.stream(positions).mapToLong(i -> rows.entity()[i]).toArray(),
                Arrays.stream(positions).mapToLong(i -> rows.cutoff()[i]).toArray(),
                Arrays.stream(positions).mapToLong(i -> rows.seed()[i]).toArray());
    }
}
