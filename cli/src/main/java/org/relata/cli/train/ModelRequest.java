package org.relata.cli.train;

import java.nio.file.Path;
import java.util.Optional;
import org.relata.database.Progress;

/// What is asked of any of the models that Relata brings along.
///
/// @param data the folder or file
/// @param runner `engine`, `duckdb` or `reference`
/// @param out the DuckDB file for what was learned, if any
public record ModelRequest(
        Path data, String runner, int threads, long memoryBytes, long seed, Optional<Path> out, Progress progress) {}
