package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.sql.layout.Layout;

class LogisticBenchTest {
    @TempDir
    Path folder;

    @Test
    void theGradientIsThatOfTheQueryByHandInBothLayoutsOfDuckdb() {
        for (Layout layout : Layout.values()) {
            try (MeasuredDatabase database =
                    MeasuredDatabase.duckdb(folder.resolve(layout + ".duckdb"), 256L << 20, 2)) {
                LogisticBench.Result result = new LogisticBench(database, layout, 500, 7).run(1);
                assertEquals(List.of(), result.differences(), layout.name());
            }
        }
    }

    @Test
    void theGradientIsThatOfTheQueryByHandInPostgres() {
        try (MeasuredDatabase database = MeasuredDatabase.postgres(folder.resolve("postgres"))) {
            LogisticBench.Result result = new LogisticBench(database, Layout.WIDE, 500, 7).run(1);
            assertEquals(List.of(), result.differences());
        }
    }
}
