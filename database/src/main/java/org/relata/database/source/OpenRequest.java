package org.relata.database.source;

import java.nio.file.Path;
import java.util.Optional;
import org.relata.database.Progress;

/// What to open and what it may cost.
///
/// @param source where the data is: a folder of CSV or Parquet files, a RelBench folder, one such file, a DuckDB or
///     SQLite file, or a JDBC URL
/// @param schema a `database.yaml` to go by; without one everything is inferred
/// @param workFile the DuckDB store to write; an older one is replaced once the new one is complete
/// @param memoryBytes what DuckDB may hold in memory before it spills next to `workFile`
/// @param threads how many threads it may use
/// @param progress told how far the work is
public record OpenRequest(
        String source, Optional<Path> schema, Path workFile, long memoryBytes, int threads, Progress progress) {}
