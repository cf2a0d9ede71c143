package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;

/// A query's rows as a Parquet or CSV file.
public final class TableFile {
    private TableFile() {}

    /// Refuses a file whose ending names no format, before any work is done for it.
    ///
    /// @throws RelataException when it ends in neither `.parquet` nor `.csv`
    public static void check(Path file) {
        options(file);
    }

    /// Writes the rows of a query: aside first, then renamed.
    ///
    /// @throws IOException when the file cannot be written
    static void write(Duck store, String query, Path file) throws IOException {
        String options = options(file);
        Aside.write(
                file,
                aside -> store.execute("COPY (" + query + ") TO " + Sql.text(aside.toString()) + " (" + options + ")"));
    }

    private static String options(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return "FORMAT parquet, COMPRESSION zstd";
        }
        if (name.endsWith(".csv")) {
            return "FORMAT csv, HEADER true";
        }
        throw RelataException.usage(
                "file.format", file.toString(), "its ending names no format", "end it with .parquet or .csv");
    }
}
