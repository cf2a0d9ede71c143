package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;

/// What the tests of this package share: writing small sources and opening them.
final class Opening {
    private Opening() {}

    static Database open(Object source, Path folder) {
        return open(source, Optional.empty(), folder);
    }

    static Database open(Object source, Path schema, Path folder) {
        return open(source, Optional.of(schema), folder);
    }

    private static Database open(Object source, Optional<Path> schema, Path folder) {
        return Databases.open(new OpenRequest(
                source.toString(), schema, folder.resolve("store.duckdb"), 512L << 20, 2, Progress.silent()));
    }

    /// Writes a file, making its folders.
    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The error of opening, whose code must be as stated and whose message must hold the given words.
    static RelataException fails(String code, Runnable work, String... words) {
        RelataException error = Assertions.assertThrows(RelataException.class, work::run);
        Assertions.assertEquals(code, error.code(), error.getMessage());
        for (String word : words) {
            assertTrue(error.getMessage().contains(word), () -> "no \"" + word + "\" in: " + error.getMessage());
        }
        assertTrue(!error.getMessage().contains("\n"), "one line: " + error.getMessage());
        return error;
    }

    /// The only finding of a code.
    static DataIssue issue(Database database, String code) {
        List<DataIssue> found =
                database.issues().stream().filter(i -> i.code().equals(code)).toList();
        Assertions.assertEquals(1, found.size(), () -> code + " in " + database.issues());
        return found.getFirst();
    }

    /// The values of one column of a table, by row, as text.
    static List<String> column(Database database, String table, String column) {
        return database.store()
                .query(
                        "SELECT CAST(" + org.relata.database.Sql.id(column) + " AS VARCHAR) FROM "
                                + org.relata.database.Sql.id(table) + " ORDER BY __row",
                        row -> String.valueOf(row.getString(1)));
    }

    /// A folder of the shared real data; skips the test where it is absent.
    static Path shared(String folder) {
        String stated = System.getProperty("relata.shared", System.getenv("RELATA_SHARED"));
        Path here = Path.of("").toAbsolutePath();
        for (Path up = here; stated == null && up != null; up = up.getParent()) {
            Path beside = up.resolveSibling("shared");
            if (up.getParent() != null && Files.isDirectory(beside.resolve("data"))) {
                stated = beside.toString();
            }
        }
        assumeTrue(stated != null, "the shared data are not here: set relata.shared");
        Path path = Path.of(stated).resolve(folder);
        assumeTrue(Files.isDirectory(path), path + " is not here");
        return path;
    }
}
