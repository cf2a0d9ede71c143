package org.relata.learn.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;

/// A DuckDB in memory in which files are read and put in order, before their columns go where they are needed. What
/// does not fit stands in a folder that is gone at the end, also when the process is told to stop.
final class Scratch implements AutoCloseable {
    private static final List<String> SUFFIXES =
            List.of(".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz", ".parquet");

    private static final int MEGABYTES_A_THREAD = 128;

    /// What DuckDB holds of what it was given, once all is read.
    private static final int RESTING_MEGABYTES = 48;

    private final DuckDBConnection connection;
    private final Path folder;
    private final long megabytes;
    private final Thread hook = new Thread(this::stop, "relata-scratch");
    /// What runs now.
    private final AtomicReference<Optional<Statement>> running = new AtomicReference<>(Optional.empty());

    Scratch(Reading reading) {
        megabytes = reading.memoryBytes() >> 20;
        folder = reading.folder().resolve("relata-" + UUID.randomUUID());
        Properties settings = new Properties();
        settings.setProperty("memory_limit", megabytes + "MiB");
        // A thread more is memory more.
        long threads = Math.clamp(megabytes / MEGABYTES_A_THREAD, 1, reading.threads());
        settings.setProperty("threads", Long.toString(threads));
        settings.setProperty("temp_directory", folder.toAbsolutePath().toString());
        // Results come in pieces, as they are read, and never stand in memory as a whole.
        settings.setProperty("jdbc_stream_results", "true");
        try {
            connection = Duck.connection("", settings);
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.open", "DuckDB", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// May take its memory again.
    private void work() {
        execute("SET memory_limit = '" + megabytes + "MiB'");
    }

    /// Takes little memory from now on: what is there stays, on the disk.
    void rest() {
        execute("SET memory_limit = '" + RESTING_MEGABYTES + "MiB'");
    }

    /// Where a piece of a result goes.
    @FunctionalInterface
    interface Piece {
        void chunk(DuckDBDataChunkReader chunk) throws SQLException;
    }

    /// Goes through the result of a query, column by column of some thousand rows at a time.
    void chunks(String sql, Piece piece) {
        try (DuckDBPreparedStatement statement =
                connection.prepareStatement(sql).unwrap(DuckDBPreparedStatement.class)) {
            during(statement, () -> {
                try (DuckDBChunkedResult result = statement.query()) {
                    while (result.nextChunk()) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw RelataException.failure("data.interrupted", "reading", "it was interrupted", "");
                        }
                        piece.chunk(result.chunk());
                    }
                }
            });
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// Fills a table that is there, row by row.
    void append(String table, Appended rows) {
        try (DuckDBAppender appender = connection.createAppender("temp", DuckDBConnection.DEFAULT_SCHEMA, table)) {
            rows.to(appender);
        } catch (SQLException e) {
            throw failed("INSERT INTO " + table, e);
        }
    }

    /// Runs a statement that writes into a DuckDB file, which it knows as `result`.
    void into(Path file, String sql) {
        execute("ATTACH " + Sql.text(file.toAbsolutePath().toString()) + " AS result");
        try {
            execute(sql);
        } finally {
            execute("DETACH result");
        }
    }

    /// Writes vectors into a table of a DuckDB file, row by row from where they stand.
    ///
    /// @param names a query for what each is called, in the order of their numbers; they are called by these without
    /// one
    void vectors(Path file, String table, Vectors vectors, Optional<String> names) {
        work();
        execute("ATTACH " + Sql.text(file.toAbsolutePath().toString()) + " AS result");
        execute("CREATE TABLE result." + Sql.id(table) + (names.isPresent() ? " (name VARCHAR" : " (id BIGINT")
                + ", v DOUBLE[" + vectors.width() + "])");
        try (DuckDBConnection other = connection.duplicate().unwrap(DuckDBConnection.class);
                DuckDBAppender appender = other.createAppender("result", DuckDBConnection.DEFAULT_SCHEMA, table)) {
            double[] numbers = new double[vectors.width()];
            if (names.isEmpty()) {
                for (int row = 0; row < vectors.count(); row++) {
                    appender.beginRow().append((long) row);
                    appender.append(vectors.copy(row, numbers)).endRow();
                }
            } else {
                int[] row = {0};
                chunks(names.get(), chunk -> {
                    for (long each = 0; each < chunk.rowCount(); each++) {
                        appender.beginRow().append(chunk.vector(0).getString(each));
                        appender.append(vectors.copy(row[0]++, numbers)).endRow();
                    }
                });
            }
        } catch (SQLException e) {
            throw failed("INSERT INTO " + table, e);
        }
        execute("DETACH result");
        rest();
    }

    /// Gives rows.
    @FunctionalInterface
    interface Appended {
        void to(DuckDBAppender appender) throws SQLException;
    }

    @FunctionalInterface
    private interface Work {
        void done() throws SQLException;
    }

    private void during(Statement statement, Work work) throws SQLException {
        running.set(Optional.of(statement));
        try {
            work.done();
        } finally {
            running.set(Optional.empty());
        }
    }

    /// On the way out of the process.
    private void stop() {
        running.get().ifPresent(statement -> {
            try {
                statement.cancel();
            } catch (SQLException _) {
                // It ends with the process.
            }
        });
        delete();
    }

    private void delete() {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads a row.
    @FunctionalInterface
    interface Each {
        void row(ResultSet row, int number) throws SQLException;
    }

    /// The file of a table in a folder, whatever its format.
    static Optional<Path> find(Path folder, String table) {
        if (!Files.isDirectory(folder)) {
            throw RelataException.usage("data.folder", folder.toString(), "there is no such folder", "check the path");
        }
        return SUFFIXES.stream()
                .map(suffix -> folder.resolve(table + suffix))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// The file of a table that has to be there.
    static Path file(Path folder, String table) {
        return find(folder, table)
                .orElseThrow(() -> RelataException.usage(
                        "data.table",
                        folder.toString(),
                        "it holds no table " + table,
                        "put " + table + ".csv, " + table + ".csv.gz or " + table + ".parquet there"));
    }

    /// Makes a table of a file.
    void load(String table, Path file, String options) {
        String source = file.toString().endsWith(".parquet") ? "read_parquet(" : "read_csv(";
        String text = source + Sql.text(file.toString()) + (source.equals("read_csv(") ? options : "") + ")";
        // A file in columns is read where it is needed; what is in others is found once.
        String kind = file.toString().endsWith(".parquet") ? "VIEW " : "TABLE ";
        try (Statement statement = connection.createStatement()) {
            during(
                    statement,
                    () -> statement.execute("CREATE TEMPORARY " + kind + Sql.id(table) + " AS SELECT * FROM " + text));
        } catch (SQLException e) {
            throw RelataException.usage(
                            "data.file", file.toString(), "it cannot be read (" + oneLine(e) + ")", "check its format")
                    .causedBy(e);
        }
    }

    /// The columns of a table, each with its type.
    List<Column> columns(String table) {
        List<Column> columns = new ArrayList<>();
        each("DESCRIBE " + Sql.id(table), (row, _) -> columns.add(new Column(row.getString(1), row.getString(2))));
        return columns;
    }

    /// A column of a table.
    record Column(String name, String type) {
        boolean integer() {
            return type.endsWith("INT") || type.endsWith("INTEGER");
        }

        boolean number() {
            return integer() || type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL");
        }
    }

    /// Fails unless a table has a column of the name.
    void expect(String table, Path file, String column) {
        List<String> names = columns(table).stream().map(Column::name).toList();
        if (names.stream().noneMatch(column::equalsIgnoreCase)) {
            throw RelataException.usage(
                    "data.column",
                    file + ", column " + column,
                    "there is no such column",
                    "it has " + String.join(", ", names));
        }
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            during(statement, () -> statement.execute(sql));
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// Goes through the rows of a query, which are counted from 0.
    void each(String sql, Each reading) {
        try (Statement statement = connection.createStatement()) {
            during(statement, () -> {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    for (int number = 0; rows.next(); number++) {
                        reading.row(rows, number);
                    }
                }
            });
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /// The one number that a query comes to.
    int count(String sql) {
        long[] count = {0};
        each(sql, (row, _) -> count[0] = row.getLong(1));
        if (count[0] > Integer.MAX_VALUE) {
            throw RelataException.usage(
                    "data.size", "the data", count[0] + " rows are too many for one relation", "take a part of it");
        }
        return (int) count[0];
    }

    /// The first text that a query gives, if it gives any.
    Optional<String> first(String sql) {
        List<String> found = new ArrayList<>();
        each(sql, (row, number) -> {
            if (number == 0) {
                found.add(String.valueOf(row.getString(1)));
            }
        });
        return found.stream().findFirst();
    }

    private static RelataException failed(String sql, SQLException e) {
        String problem = oneLine(e);
        return RelataException.failure(
                        "duckdb.query",
                        sql.strip().lines().findFirst().orElse(""),
                        problem,
                        problem.startsWith("Out of Memory") ? "give more with --memory, or free some of the disk" : "")
                .causedBy(e);
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    @Override
    public void close() {
        try {
            connection.close();
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.close", "DuckDB", oneLine(e), "")
                    .causedBy(e);
        } catch (IllegalStateException _) {
            // The process is ending: the hook runs already.
        } finally {
            delete();
        }
    }
}
