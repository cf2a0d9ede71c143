package org.relata.learn.tabular;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// Training rows as LightGBM keeps them, binned once and used for any number of fits with the same binning.
///
/// Binning is the part of a small fit that costs most. The matrix passes through one block of a few megabytes; besides
/// it
/// LightGBM holds about one byte a value.
public final class BoosterData implements AutoCloseable {
    private static final int BLOCK_FLOATS = 1 << 20;
    private static final int SAMPLE_ROWS = 100_000;
    private static final long SAMPLE_VALUES = 10_000_000;
    private static final int BINNING_SEED = 1;

    private final LightGbm library;
    private MemorySegment handle;
    private final ModelInputs inputs;
    private final Target target;
    private final Map<String, Object> binning;
    private final int rows;
    private final double center;
    private final double scale;
    private Optional<Binned> validation = Optional.empty();

    /// Rows that were binned for validation.
    private record Binned(FeatureMatrix x, MemorySegment handle) {}

    private BoosterData(
            LightGbm library,
            MemorySegment handle,
            FeatureMatrix x,
            Target target,
            BoosterSettings settings,
            double center,
            double scale) {
        this.library = library;
        this.handle = handle;
        this.inputs = ModelInputs.of(x);
        this.target = target;
        this.binning = settings.binning();
        this.rows = x.rows();
        this.center = center;
        this.scale = scale;
    }

    /// Bins training rows.
    ///
    /// @param x the features
    /// @param y one label a row
    /// @param weight one weight a row; empty for all 1
    /// @param target what the labels are
    /// @param settings whose binning to use
    /// @param threads how many threads may work
    /// @throws org.relata.database.RelataException when the labels or rows cannot be learned from, or LightGBM does not
    /// load
    public static BoosterData of(
            FeatureMatrix x, double[] y, double[] weight, Target target, BoosterSettings settings, int threads) {
        Labels.check(x.rows(), x.width(), y, weight, target);
        LightGbm library = LightGbm.library();
        double center = 0;
        double scale = 1;
        if (target.type() == TaskType.REGRESSION) {
            double[] sorted = y.clone();
            Arrays.sort(sorted);
            center = Quantiles.ofSorted(sorted, 0.5);
            scale = Spread.of(sorted);
        }
        float[] labels = new float[y.length];
        for (int i = 0; i < y.length; i++) {
            labels[i] = (float) ((y[i] - center) / scale);
        }
        MemorySegment handle = sampled(library, x, settings, threads);
        try {
            push(library, handle, x);
            library.setField(handle, "label", labels);
            if (weight.length > 0) {
                float[] weights = new float[weight.length];
                for (int i = 0; i < weight.length; i++) {
                    weights[i] = (float) weight[i];
                }
                library.setField(handle, "weight", weights);
            }
            return new BoosterData(library, handle, x, target, settings, center, scale);
        } catch (RuntimeException | Error e) {
            library.freeDataset(handle);
            throw e;
        }
    }

    /// Bins of the columns from a fixed sample of the rows.
    private static MemorySegment sampled(LightGbm library, FeatureMatrix x, BoosterSettings settings, int threads) {
        int sampleRows = (int) Math.min(
                x.rows(), Math.max(20_000, Math.min(SAMPLE_ROWS, SAMPLE_VALUES / Math.max(1, x.width()))));
        int[] sample = Sampling.ascending(x.rows(), sampleRows, new SplittableRandom(BINNING_SEED));
        String parameters = settings.binning().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(" "))
                + " feature_pre_filter=false verbosity=-1 num_threads=" + threads + categoricalParameter(x);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(ADDRESS, x.width());
            MemorySegment indices = arena.allocate(ADDRESS, x.width());
            MemorySegment counts = arena.allocate(JAVA_INT, x.width());
            double[] sampledValues = new double[sample.length];
            int[] sampledIndices = new int[sample.length];
            for (int f = 0; f < x.width(); f++) {
                float[] column = x.column(f);
                // LightGBM takes what is absent from a sample as zero, as in its own sampling.
                int present = 0;
                for (int s = 0; s < sample.length; s++) {
                    float value = column[sample[s]];
                    if (value != 0) {
                        sampledValues[present] = value;
                        sampledIndices[present++] = s;
                    }
                }
                MemorySegment columnValues = arena.allocate(JAVA_DOUBLE, Math.max(1, present));
                MemorySegment columnIndices = arena.allocate(JAVA_INT, Math.max(1, present));
                MemorySegment.copy(sampledValues, 0, columnValues, JAVA_DOUBLE, 0, present);
                MemorySegment.copy(sampledIndices, 0, columnIndices, JAVA_INT, 0, present);
                values.setAtIndex(ADDRESS, f, columnValues);
                indices.setAtIndex(ADDRESS, f, columnIndices);
                counts.setAtIndex(JAVA_INT, f, present);
            }
            return library.datasetFromSample(values, indices, x.width(), counts, sampleRows, x.rows(), parameters);
        }
    }

    private static String categoricalParameter(FeatureMatrix x) {
        String indices = IntStream.range(0, x.width())
                .filter(f -> x.features().get(f).type() == Feature.Type.CATEGORICAL)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        return indices.isEmpty() ? "" : " categorical_feature=" + indices;
    }

    private static void push(LightGbm library, MemorySegment dataset, FeatureMatrix x) {
        int width = x.width();
        int blockRows = Math.clamp(BLOCK_FLOATS / width, 1, Math.max(1, x.rows()));
        float[] block = new float[blockRows * width];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment nativeBlock = arena.allocate(JAVA_FLOAT, block.length);
            for (int first = 0; first < x.rows(); first += blockRows) {
                int count = Math.min(blockRows, x.rows() - first);
                for (int f = 0; f < width; f++) {
                    float[] column = x.column(f);
                    for (int i = 0, at = f; i < count; i++, at += width) {
                        block[at] = column[first + i];
                    }
                }
                MemorySegment.copy(block, 0, nativeBlock, JAVA_FLOAT, 0, count * width);
                library.pushRows(dataset, nativeBlock, count, width, first);
            }
        }
    }

    /// The rows of another matrix in these bins. They are kept until other rows are asked for or this is closed, as the
    /// fits of a
    /// search are all watched by the same validation rows.
    MemorySegment binned(FeatureMatrix x) {
        if (validation.isPresent() && validation.get().x() == x) {
            return validation.get().handle();
        }
        MemorySegment fresh = bin(x);
        freeValidation();
        validation = Optional.of(new Binned(x, fresh));
        return fresh;
    }

    private void freeValidation() {
        Optional<Binned> old = validation;
        validation = Optional.empty();
        old.ifPresent(binned -> library.freeDataset(binned.handle()));
    }

    private MemorySegment bin(FeatureMatrix x) {
        FeatureMatrix aligned = inputs.align(x);
        MemorySegment other = library.datasetLike(handle(), aligned.rows());
        try {
            push(library, other, aligned);
            return other;
        } catch (RuntimeException | Error e) {
            library.freeDataset(other);
            throw e;
        }
    }

    MemorySegment handle() {
        if (handle.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("the data was closed");
        }
        return handle;
    }

    ModelInputs inputs() {
        return inputs;
    }

    Target target() {
        return target;
    }

    Map<String, Object> binning() {
        return binning;
    }

    /// How many training rows there are.
    public int rows() {
        return rows;
    }

    double center() {
        return center;
    }

    double scale() {
        return scale;
    }

    @Override
    public void close() {
        if (!handle.equals(MemorySegment.NULL)) {
            MemorySegment open = handle;
            handle = MemorySegment.NULL;
            freeValidation();
            library.freeDataset(open);
        }
    }
}
