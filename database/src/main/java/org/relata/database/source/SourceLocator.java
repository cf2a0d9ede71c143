package org.relata.database.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.database.Progress;
import org.relata.database.RelataException;

/// Finds out what a source text means.
final class SourceLocator {
    private static final String REMEDY =
            "name a folder of CSV or Parquet files, a RelBench folder, a DuckDB or SQLite file, or a JDBC URL";
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");

    private SourceLocator() {}

    static Source find(String text, Progress progress) {
        if (text.isBlank()) {
            throw RelataException.usage("source.missing", "the source", "it is empty", REMEDY);
        }
        if (text.startsWith("jdbc:duckdb:")) {
            return file(text.substring("jdbc:duckdb:".length()), progress);
        }
        if (text.startsWith("jdbc:sqlite:")) {
            return file(text.substring("jdbc:sqlite:".length()), progress);
        }
        if (JdbcAddress.matches(text)) {
            return new JdbcSource(JdbcAddress.parse(text, System.getenv()));
        }
        Matcher scheme = SCHEME.matcher(text);
        if (scheme.lookingAt()) {
            throw RelataException.usage(
                    "source.scheme", scheme.group(), "addresses of this kind cannot be read", REMEDY);
        }
        return file(text, progress);
    }

    private static Source file(String text, Progress progress) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw RelataException.usage("source.missing", text, "it is no path", "check the spelling")
                    .causedBy(e);
        }
        if (Files.isDirectory(path)) {
            return RelBenchSource.find(path, progress).<Source>map(s -> s).orElseGet(() -> new FileSource(path));
        }
        if (!Files.exists(path)) {
            throw RelataException.usage("source.missing", text, "there is no such file or folder", "check the path");
        }
        if (FileTables.tableName(path, true).isPresent()) {
            return new FileSource(path);
        }
        byte[] head = head(path);
        if (isDuckDb(head)) {
            return new DuckFileSource(path);
        }
        if (new String(head, StandardCharsets.ISO_8859_1).startsWith("SQLite format 3")) {
            return new SqliteSource(path);
        }
        throw RelataException.usage(
                "source.format", text, "it is neither a table nor a database that can be read", REMEDY);
    }

    /// Whether a file that begins like this is a DuckDB database, which has its mark behind the checksum of the first
    /// block.
    static boolean isDuckDb(byte[] head) {
        return head.length >= 12 && new String(head, 8, 4, StandardCharsets.ISO_8859_1).equals("DUCK");
    }

    static byte[] head(Path path) {
        try (InputStream bytes = Files.newInputStream(path)) {
            return bytes.readNBytes(16);
        } catch (IOException e) {
            throw RelataException.usage(
                            "source.unreadable",
                            path.toString(),
                            "it cannot be read",
                            "check the file and its permissions")
                    .causedBy(e);
        }
    }
}
