package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Schema;

class TableFactsTest {
    @Test
    void countsRowsAndFindsTheirSpan(@TempDir Path folder) {
        Duck store = Duck.open(folder.resolve("store.duckdb"), 256L << 20, 1);
        store.execute(
                "CREATE TABLE \"my \"\"orders\"\"\" AS SELECT i AS id, TIMESTAMP '2024-01-01' + i * INTERVAL 1 DAY AS"
                        + " \"at time\" FROM range(10) t(i) UNION ALL SELECT 10, NULL");
        store.execute("CREATE TABLE fixed AS SELECT 1 AS id");
        Schema schema = new Schema(
                "s",
                List.of(
                        Samples.table("my \"orders\"", "id", "at time", List.of()),
                        Samples.table("fixed", "id", "", List.of())),
                Optional.empty(),
                Optional.empty());
        try (Database database = new Database(schema, store, List.of(), List.of())) {
            assertEquals(
                    Map.of(
                            "my \"orders\"",
                            new TableFacts(
                                    11,
                                    Optional.of(LocalDateTime.of(2024, 1, 1, 0, 0)),
                                    Optional.of(LocalDateTime.of(2024, 1, 10, 0, 0))),
                            "fixed",
                            new TableFacts(1, Optional.empty(), Optional.empty())),
                    TableFacts.of(database));
        }
    }
}
