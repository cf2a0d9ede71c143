package org.relata.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.relata.database.Progress;
import org.relata.database.RelataException;

/// Writes the demo shop: a DuckDB database, its `database.yaml` and a churn task.
public final class ShopDatabase {
    /// The database's file name.
    public static final String DATABASE = "shop.duckdb";
    /// The schema's file name.
    public static final String SCHEMA = "database.yaml";
    /// The task's file name.
    public static final String TASK = "churn.yaml";

    private ShopDatabase() {}

    /// Writes the shop into a folder, replacing one that is there. The same seed gives the same rows.
    ///
    /// @param folder where to; created if need be
    /// @param seed what all chance derives from
    /// @param progress hears of the stages
    /// @throws RelataException `demo.write` when the folder cannot be written
    public static Shop write(Path folder, long seed, Progress progress) {
        return write(folder, seed, false, progress);
    }

    /// As [#write(Path, long, Progress)], but with a leak: `customers.closed_reason`, filled in when a customer who has
    /// left is written off, for showing what the leak linter says.
    public static Shop writeLeaking(Path folder, long seed, Progress progress) {
        return write(folder, seed, true, progress);
    }

    private static Shop write(Path folder, long seed, boolean leaking, Progress progress) {
        progress.begin("demo: two years of a shop", 2);
        ShopHistory history = ShopHistory.of(seed);
        progress.done(1);
        try {
            Files.createDirectories(folder);
            // Written aside and renamed: an interrupted demo leaves no half a shop behind.
            Path aside = folder.resolve("." + DATABASE + "." + UUID.randomUUID());
            try {
                ShopTables.write(history.rows(), leaking, aside);
                Files.move(aside, folder.resolve(DATABASE), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
            replace(folder.resolve(SCHEMA), ShopFiles.schema());
            replace(folder.resolve(TASK), ShopFiles.task());
        } catch (IOException e) {
            throw RelataException.failure(
                            "demo.write",
                            folder.toString(),
                            "the demo database cannot be written: " + e.getMessage(),
                            "name a folder that can be written")
                    .causedBy(e);
        }
        progress.done(2);
        return new Shop(
                folder.resolve(DATABASE),
                folder.resolve(SCHEMA),
                folder.resolve(TASK),
                counts(history.rows()),
                history.churnRate(),
                history.testCeiling());
    }

    private static void replace(Path file, String text) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static Map<String, Integer> counts(ShopRows rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("customers", rows.customers().size());
        counts.put("products", rows.products().size());
        counts.put("orders", rows.orders().size());
        counts.put(
                "order_lines",
                rows.orders().stream().mapToInt(o -> o.lines().size()).sum());
        counts.put(
                "returns",
                rows.orders().stream().mapToInt(o -> o.returns().size()).sum());
        counts.put("visits", rows.visits().size());
        return counts;
    }
}
