package org.relata.database.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.relata.database.RelataException;

/// Finds out what a source text means.
final class SourceLocator {
    private SourceLocator() {}

    static Source find(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw RelataException.usage("source.missing", text, "it is no path", "check the spelling")
                    .causedBy(e);
        }
        if (Files.isDirectory(path)) {
            return new FileSource(path);
        }
        if (!Files.exists(path)) {
            throw RelataException.usage("source.missing", text, "there is no such file or folder", "check the path");
        }
        if (FileTables.tableName(path, true).isPresent()) {
            return new FileSource(path);
        }
        throw RelataException.usage(
                "source.format",
                text,
                "it is not a database that Relata can read",
                "name a folder of CSV or Parquet files, a RelBench folder, a DuckDB or SQLite file, or a JDBC URL");
    }
}
