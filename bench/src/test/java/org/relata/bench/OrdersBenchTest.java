package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersBenchTest {
    @TempDir
    Path folder;

    @Test
    void theScriptComputesTheSameFeatures() {
        OrdersBench.Result result = OrdersBench.run(folder, 100_000, 2_000, 1, 1, 256L << 20, 2);
        assertEquals(List.of(), result.agreement().differences());
        assertEquals(
                2_000L * result.plan().width(),
                result.agreement().values() + result.agreement().tied());
        assertTrue(result.plan().width() > 90, () -> result.plan().width() + " features");
    }

    @Test
    void theEstimateIsOfTheRightSize() {
        OrdersBench.Result result = OrdersBench.run(folder, 50_000, 2_000, 1, 2, 256L << 20, 2);
        double ratio = (double) result.plan().estimate().joinedRows() / result.joined();
        assertTrue(ratio > 1 / 3.0 && ratio < 3, () -> "estimated " + ratio + " times the rows");
    }
}
