package org.relata.learn.tabular;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.relata.database.RelataException;

/// The functions of LightGBM's C interface that we call, bound directly.
///
/// The Java wrapper in the same jar moves every number through a call of its own; here whole blocks are copied. Every
/// call checks the library's return code. Handles are freed by whoever asked for them.
@SuppressWarnings("restricted") // calling native code is the purpose
final class LightGbm {
    private static final int FLOAT32 = 0;

    /// Kinds of predictions, as the library numbers them.
    static final int PREDICT_NORMAL = 0;

    static final int PREDICT_RAW = 1;
    static final int PREDICT_CONTRIBUTIONS = 3;
    private static final int IMPORTANCE_GAIN = 1;

    private static final ValueLayout.OfInt I = JAVA_INT;
    private static final MemoryLayout P = ADDRESS;

    private final MethodHandle lastError;
    private final MethodHandle datasetFromSample =
            bind("LGBM_DatasetCreateFromSampledColumn", P, P, I, P, I, I, JAVA_LONG, P, P);
    private final MethodHandle datasetByReference = bind("LGBM_DatasetCreateByReference", P, JAVA_LONG, P);
    private final MethodHandle datasetPushRows = bind("LGBM_DatasetPushRows", P, P, I, I, I, I);
    private final MethodHandle datasetSetField = bind("LGBM_DatasetSetField", P, P, P, I, I);
    private final MethodHandle datasetFree = bind("LGBM_DatasetFree", P);
    private final MethodHandle boosterCreate = bind("LGBM_BoosterCreate", P, P, P);
    private final MethodHandle boosterLoad = bind("LGBM_BoosterLoadModelFromString", P, P, P);
    private final MethodHandle boosterSave = bind("LGBM_BoosterSaveModelToString", P, I, I, I, JAVA_LONG, P, P);
    private final MethodHandle boosterAddValid = bind("LGBM_BoosterAddValidData", P, P);
    private final MethodHandle boosterUpdate = bind("LGBM_BoosterUpdateOneIter", P, P);
    private final MethodHandle boosterIterations = bind("LGBM_BoosterGetCurrentIteration", P, P);
    private final MethodHandle boosterGetPredict = bind("LGBM_BoosterGetPredict", P, I, P, P);
    private final MethodHandle boosterPredict = bind("LGBM_BoosterPredictForMat", P, P, I, I, I, I, I, I, I, P, P, P);
    private final MethodHandle boosterImportance = bind("LGBM_BoosterFeatureImportance", P, I, I, P);
    private final MethodHandle boosterFree = bind("LGBM_BoosterFree", P);

    private LightGbm() {
        lastError = Linker.nativeLinker().downcallHandle(symbol("LGBM_GetLastError"), FunctionDescriptor.of(ADDRESS));
    }

    private static final class Holder {
        private static final LightGbm INSTANCE = new LightGbm();
    }

    /// The library, loaded on first use.
    ///
    /// @throws RelataException when it cannot be loaded, naming what is missing
    static LightGbm library() {
        Natives.symbols(); // First, as a failure inside the initialiser would come out as an error of another kind.
        return Holder.INSTANCE;
    }

    private static MemorySegment symbol(String name) {
        return Natives.symbols()
                .find(name)
                .orElseThrow(() -> RelataException.failure(
                        "natives.lightgbm",
                        "LightGBM",
                        "its native library has no function " + name,
                        "use the version of lightgbm4j that Relata names"));
    }

    private static MethodHandle bind(String name, MemoryLayout... arguments) {
        return Linker.nativeLinker().downcallHandle(symbol(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private interface Call {
        int run() throws Throwable;
    }

    private void checked(Call call) {
        String problem;
        try {
            if (call.run() == 0) {
                return;
            }
            MemorySegment text = (MemorySegment) lastError.invokeExact();
            problem = text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a native call failed", e);
        }
        throw RelataException.failure("lightgbm", "LightGBM", problem.strip(), "");
    }

    private interface Creation {
        int run(MemorySegment out) throws Throwable;
    }

    private MemorySegment created(Arena arena, Creation creation) {
        MemorySegment out = arena.allocate(ADDRESS);
        checked(() -> creation.run(out));
        return out.get(ADDRESS, 0);
    }

    /// An empty dataset whose bins come from a sample of the columns.
    ///
    /// @param values for each column the address of its sampled values that are not zero
    /// @param indices for each column the address of the sample rows they stand in
    /// @param counts how many there are in each column
    MemorySegment datasetFromSample(
            MemorySegment values,
            MemorySegment indices,
            int columns,
            MemorySegment counts,
            int sampleRows,
            int rows,
            String parameters) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(parameters);
            return created(arena, out -> (int) datasetFromSample.invokeExact(
                    values, indices, columns, counts, sampleRows, rows, (long) rows, text, out));
        }
    }

    /// An empty dataset with the bins of another.
    MemorySegment datasetLike(MemorySegment reference, long rows) {
        try (Arena arena = Arena.ofConfined()) {
            return created(arena, out -> (int) datasetByReference.invokeExact(reference, rows, out));
        }
    }

    /// Fills consecutive rows of a dataset from a row-major block of floats; the last block completes it.
    void pushRows(MemorySegment dataset, MemorySegment block, int rows, int columns, int firstRow) {
        checked(() -> (int) datasetPushRows.invokeExact(dataset, block, FLOAT32, rows, columns, firstRow));
    }

    /// Sets the labels (`label`) or weights (`weight`) of a dataset.
    void setField(MemorySegment dataset, String field, float[] values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(field);
            MemorySegment data = arena.allocateFrom(JAVA_FLOAT, values);
            checked(() -> (int) datasetSetField.invokeExact(dataset, name, data, values.length, FLOAT32));
        }
    }

    void freeDataset(MemorySegment dataset) {
        checked(() -> (int) datasetFree.invokeExact(dataset));
    }

    MemorySegment booster(MemorySegment dataset, String parameters) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(parameters);
            return created(arena, out -> (int) boosterCreate.invokeExact(dataset, text, out));
        }
    }

    MemorySegment load(String model) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(model);
            MemorySegment iterations = arena.allocate(JAVA_INT);
            return created(arena, out -> (int) boosterLoad.invokeExact(text, iterations, out));
        }
    }

    /// The model's text with its first `iterations` rounds; all when that is not positive.
    String save(MemorySegment booster, int iterations) {
        long size = 1 << 20;
        while (true) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment length = arena.allocate(JAVA_LONG);
                MemorySegment text = arena.allocate(size);
                long capacity = size;
                checked(() ->
                        (int) boosterSave.invokeExact(booster, 0, iterations, IMPORTANCE_GAIN, capacity, length, text));
                if (length.get(JAVA_LONG, 0) <= size) {
                    return text.getString(0);
                }
                size = length.get(JAVA_LONG, 0);
            }
        }
    }

    void addValidation(MemorySegment booster, MemorySegment dataset) {
        checked(() -> (int) boosterAddValid.invokeExact(booster, dataset));
    }

    /// One more round.
    ///
    /// @return whether no tree could be split, so that the round added nothing; with other rows or features drawn the
    /// next may
    boolean update(MemorySegment booster) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment finished = arena.allocate(JAVA_INT);
            checked(() -> (int) boosterUpdate.invokeExact(booster, finished));
            return finished.get(JAVA_INT, 0) != 0;
        }
    }

    /// How many rounds the model holds.
    int iterations(MemorySegment booster) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            checked(() -> (int) boosterIterations.invokeExact(booster, count));
            return count.get(JAVA_INT, 0);
        }
    }

    /// The current predictions for a validation dataset, class by class.
    ///
    /// @param out room for rows × classes numbers
    void validationPredictions(MemorySegment booster, MemorySegment out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            checked(() -> (int) boosterGetPredict.invokeExact(booster, 1, length, out));
        }
    }

    /// Predictions for a column-major block of floats.
    ///
    /// @param kind one of the `PREDICT_` constants
    /// @param out room for what that kind gives, row by row
    void predict(
            MemorySegment booster,
            MemorySegment block,
            int rows,
            int columns,
            int kind,
            String parameters,
            MemorySegment out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment length = arena.allocate(JAVA_LONG);
            MemorySegment text = arena.allocateFrom(parameters);
            checked(() -> (int) boosterPredict.invokeExact(
                    booster, block, FLOAT32, rows, columns, 0, kind, 0, -1, text, length, out));
        }
    }

    /// The total gain of the splits on each feature.
    double[] gains(MemorySegment booster, int features) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(JAVA_DOUBLE, features);
            checked(() -> (int) boosterImportance.invokeExact(booster, -1, IMPORTANCE_GAIN, out));
            return out.toArray(JAVA_DOUBLE);
        }
    }

    void freeBooster(MemorySegment booster) {
        checked(() -> (int) boosterFree.invokeExact(booster));
    }
}
