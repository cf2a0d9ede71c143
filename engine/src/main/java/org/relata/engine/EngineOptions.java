package org.relata.engine;

import java.nio.file.Path;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.memory.Precision;

/// How the engine is to work.
///
/// @param precision of all values
/// @param threads that work at once
/// @param memoryBytes that it may hold outside the heap; what does not fit goes to files
/// @param spillFolder for those files
/// @param fusing which regions have their steps fused into loops
public record EngineOptions(Precision precision, int threads, long memoryBytes, Path spillFolder, Fusing fusing) {
    /// Options with which large regions are fused.
    public EngineOptions(Precision precision, int threads, long memoryBytes, Path spillFolder) {
        this(precision, threads, memoryBytes, spillFolder, Fusing.LARGE);
    }

    /// 32 bits, all processors, as much memory as the heap may have, and the system's folder for temporary files.
    public static EngineOptions standard() {
        return new EngineOptions(
                Precision.FLOAT32,
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                Path.of(System.getProperty("java.io.tmpdir")));
    }

    /// The same with another precision.
    public EngineOptions precision(Precision other) {
        return new EngineOptions(other, threads, memoryBytes, spillFolder, fusing);
    }

    /// The same with another number of threads.
    public EngineOptions threads(int other) {
        return new EngineOptions(precision, other, memoryBytes, spillFolder, fusing);
    }

    /// The same with another budget.
    public EngineOptions memoryBytes(long other) {
        return new EngineOptions(precision, threads, other, spillFolder, fusing);
    }

    /// The same with more or fewer loops.
    public EngineOptions fusing(Fusing other) {
        return new EngineOptions(precision, threads, memoryBytes, spillFolder, other);
    }
}
