package org.relata.cli.demo;

import java.nio.file.Path;
import java.util.Map;

/// The demo shop as it was written.
///
/// @param database the DuckDB file with declared primary and foreign keys
/// @param schema the `database.yaml` beside it
/// @param task the task file: which active customers place no order in the next 60 days
/// @param rows how many rows each table has
/// @param churnRate the share of customers active at the test seed who place no order in the window
/// @param ceiling the AUROC at the test seed of the best possible forecaster: one that knows the shop's laws, every
///     product's quality and every customer's temperament, and has seen all that happened before the seed
public record Shop(Path database, Path schema, Path task, Map<String, Integer> rows, double churnRate, double ceiling) {
    /// Copies the map.
    public Shop {
        rows = Map.copyOf(rows);
    }

    /// How many rows there are in all.
    public int totalRows() {
        return rows.values().stream().mapToInt(Integer::intValue).sum();
    }
}
