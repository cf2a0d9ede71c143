package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.bench.StarBench.Way;

class StarBenchTest {
    @TempDir
    Path folder;

    @Test
    void theFactorisedGradientIsThatOfTheJoinAndTakesLessMemory() {
        StarBench.Result result =
                new StarBench(folder.resolve("star.duckdb"), 512L << 20, 2, StarStore.of(20_000)).run(1);
        assertEquals(List.of(), result.differences());
        long factorised = result.costs().get(Way.FACTORISED).peakBytes();
        long joined = result.costs().get(Way.JOINED).peakBytes();
        assertTrue(factorised > 0 && factorised < joined, factorised + " and " + joined + " bytes");
        assertTrue(result.costs().get(Way.FACTORISED).rows() > 20_000);
    }
}
