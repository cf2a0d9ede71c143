package org.relata.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskFiles;
import org.relata.database.task.TaskTables;
import org.relata.features.leak.LeakLinter;
import org.relata.features.leak.LeakOptions;
import org.relata.features.leak.LeakReport;

/// The shop as Relata loads it: what its task comes to, and what the leak linter says.
class ShopLeakTest {
    @TempDir
    Path folder;

    @Test
    void theShopIsHonestAndItsTaskHasEnoughRows() {
        Shop shop = ShopDatabase.write(folder, 0, Progress.silent());
        try (Database database = open(shop)) {
            assertEquals(List.of(), database.issues());
            TaskTables tables = tables(shop, database);
            assertTrue(java.util.Arrays.stream(tables.train().seed()).distinct().count() >= 6);
            assertEquals(
                    1,
                    java.util.Arrays.stream(tables.validation().seed())
                            .distinct()
                            .count());
            assertEquals(
                    1, java.util.Arrays.stream(tables.test().seed()).distinct().count());
            assertTrue(
                    tables.train().size() > 4_000,
                    () -> "train rows: " + tables.train().size());
            double churned =
                    java.util.Arrays.stream(tables.test().label()).average().orElse(0);
            assertEquals(shop.churnRate(), churned, 1e-9);
            LeakReport report = check(shop, database);
            assertEquals(List.of(), report.findings());
        }
    }

    @Test
    void theLeakThatIsPlantedIsCaught() {
        Shop shop = ShopDatabase.writeLeaking(folder, 0, Progress.silent());
        try (Database database = open(shop)) {
            LeakReport report = check(shop, database);
            DataIssue finding = report.findings().getFirst();
            assertEquals("column.filled-later", finding.code());
            assertEquals(Severity.ERROR, finding.severity());
            assertEquals("customers", finding.table());
            assertEquals(Optional.of("closed_reason"), finding.column());
            assertTrue(report.verdict().startsWith("1 leak found (customers.closed_reason)"), report::verdict);
        }
    }

    private static LeakReport check(Shop shop, Database database) {
        Task task = TaskFiles.read(shop.task(), database.schema());
        return LeakLinter.check(
                database,
                database.schema().without(task.hidden()),
                task,
                tables(shop, database),
                LeakOptions.standard());
    }

    private static TaskTables tables(Shop shop, Database database) {
        Task task = TaskFiles.read(shop.task(), database.schema());
        return TaskBuilder.build(database, task, Progress.silent());
    }

    private Database open(Shop shop) {
        return Databases.open(new OpenRequest(
                shop.database().toString(),
                Optional.of(shop.schema()),
                folder.resolve("store.duckdb"),
                512L << 20,
                2,
                Progress.silent()));
    }
}
