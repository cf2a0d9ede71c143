package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.Conformance;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.memory.Precision;

/// Random programs and their gradients give the same relations in the engine as in the reference interpreter. More with
/// `-Drelata.programs=10000`.
final class EngineConformanceTest {
    private static final int PROGRAMS = Integer.getInteger("relata.programs", 400);

    @TempDir
    private Path folder;

    @Test
    void agreesWithTheReferenceIn64Bits() {
        agrees(new EngineOptions(Precision.FLOAT64, 2, 1L << 30, folder), 0, PROGRAMS, 1e-9);
    }

    @Test
    void agreesWithTheReferenceIn32Bits() {
        agrees(new EngineOptions(Precision.FLOAT32, 2, 1L << 30, folder), PROGRAMS, PROGRAMS / 2, 1e-4);
    }

    @Test
    void agreesWhenNothingFitsIntoMemory() {
        agrees(new EngineOptions(Precision.FLOAT64, 1, 0, folder), 2 * PROGRAMS, PROGRAMS / 40, 1e-9);
    }

    @Test
    void agreesWhenAllIsFusedIn64Bits() {
        agrees(
                new EngineOptions(Precision.FLOAT64, 2, 1L << 30, folder).fusing(Fusing.ALL),
                3 * PROGRAMS,
                PROGRAMS / 12,
                1e-9);
    }

    @Test
    void agreesWhenAllIsFusedIn32Bits() {
        agrees(
                new EngineOptions(Precision.FLOAT32, 2, 1L << 30, folder).fusing(Fusing.ALL),
                4 * PROGRAMS,
                PROGRAMS / 12,
                1e-4);
    }

    /// Two weighted sums of one tensor, each of which could have read its rows where they stand.
    @Test
    void agreesWhereTwoSumsShareATensor() {
        agrees(new EngineOptions(Precision.FLOAT32, 2, 1L << 30, folder), 2219, 1, 1e-4);
    }

    private static void agrees(EngineOptions options, int first, int many, double tolerance) {
        int compared = 0;
        for (int seed = first; seed < first + many; seed++) {
            try (EngineRunner runner = new EngineRunner(options)) {
                compared += Conformance.compare(runner, seed, tolerance);
            }
        }
        assertTrue(compared > 2 * many, compared + " relations compared");
    }
}
