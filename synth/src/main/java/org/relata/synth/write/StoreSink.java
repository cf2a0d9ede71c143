package org.relata.synth.write;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.synth.column.Cells;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Rows;
import org.relata.synth.table.TableShape;
import org.relata.synth.table.TableShape.ShownColumn;

/// Writes rows into a DuckDB file laid out as a [Database]: keys are row numbers already, so nothing has to be looked
/// up.
public final class StoreSink implements Generation.Sink, AutoCloseable {
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private final Duck duck;
    private final Map<String, TableShape> tables = new HashMap<>();
    private Optional<TableShape> current = Optional.empty();
    private Optional<DuckDBAppender> appender = Optional.empty();

    /// Creates a store.
    ///
    /// @param file the file; its folder must exist
    /// @param memoryBytes what DuckDB may hold in memory
    /// @param threads how many threads DuckDB may use; with one the files it writes are the same every time
    public StoreSink(Path file, long memoryBytes, int threads) {
        duck = Duck.open(file, memoryBytes, threads);
    }

    @Override
    public void begin(TableShape table) {
        current = Optional.of(table);
        tables.put(table.name(), table);
        List<String> columns = new ArrayList<>();
        for (ShownColumn column : table.columns()) {
            columns.add(Sql.id(column.name()) + " " + type(column.type()));
        }
        columns.add(Sql.id(Database.ROW) + " BIGINT");
        for (int i = 0; i < table.foreignKeys().size(); i++) {
            columns.add(Sql.id(Database.foreignKeyColumn(i)) + " BIGINT");
        }
        duck.execute("CREATE TABLE " + Sql.id(table.name()) + " (" + String.join(", ", columns) + ")");
        try {
            appender = Optional.of(duck.connection()
                    .unwrap(DuckDBConnection.class)
                    .createAppender(DuckDBConnection.DEFAULT_SCHEMA, table.name()));
        } catch (SQLException e) {
            throw failed(table.name(), e);
        }
    }

    private static String type(TableShape.Type type) {
        return switch (type) {
            case KEY, LONG -> "BIGINT";
            case REAL -> "DOUBLE";
            case FLAG -> "BOOLEAN";
            case LABEL, TEXT -> "VARCHAR";
            case DAY, INSTANT -> "TIMESTAMP";
        };
    }

    private static ColumnKind kind(TableShape.Type type) {
        return switch (type) {
            case KEY, LONG, REAL -> ColumnKind.NUMERIC;
            case FLAG -> ColumnKind.BOOLEAN;
            case LABEL -> ColumnKind.CATEGORICAL;
            case TEXT -> ColumnKind.TEXT;
            case DAY, INSTANT -> ColumnKind.TIMESTAMP;
        };
    }

    @Override
    public void rows(Rows rows) {
        TableShape table = current.orElseThrow();
        DuckDBAppender to = appender.orElseThrow();
        int firstLink = table.primaryKey().isPresent() ? 1 : 0;
        try {
            for (int row = 0; row < rows.count(); row++) {
                to.beginRow();
                for (Cells cells : rows.columns()) {
                    append(to, cells, row);
                }
                to.append(rows.first() + row);
                for (int i = 0; i < table.foreignKeys().size(); i++) {
                    append(to, rows.columns().get(firstLink + i), row);
                }
                to.endRow();
            }
        } catch (SQLException e) {
            throw failed(table.name(), e);
        }
    }

    private static void append(DuckDBAppender to, Cells cells, int row) throws SQLException {
        if (cells.missing()[row]) {
            to.appendNull();
            return;
        }
        switch (cells) {
            case Cells.Longs longs -> to.append(longs.values()[row]);
            case Cells.Reals reals -> to.append(reals.values()[row]);
            case Cells.Flags flags -> to.append(flags.values()[row]);
            case Cells.Texts texts -> to.append(texts.values()[row]);
            case Cells.Days days -> to.appendEpochMicros(days.values()[row] * MICROS_A_DAY);
            case Cells.Instants instants -> to.appendEpochMicros(instants.values()[row]);
        }
    }

    @Override
    public void end() {
        try {
            appender.orElseThrow().close();
        } catch (SQLException e) {
            throw failed(current.orElseThrow().name(), e);
        }
        appender = Optional.empty();
    }

    private static RelataException failed(String table, SQLException e) {
        return RelataException.failure(
                        "synth.write",
                        "table " + table,
                        "its rows cannot be stored (" + e.getMessage() + ")",
                        "check the disk")
                .causedBy(e);
    }

    /// The database that was written. It owns the connection from now on.
    ///
    /// @param name what it is called
    /// @param order the names of its tables, in order
    /// @param validation when validation starts
    /// @param test when test starts
    public Database database(String name, List<String> order, LocalDateTime validation, LocalDateTime test) {
        List<Table> all = order.stream()
                .map(t -> table(Objects.requireNonNull(tables.get(t))))
                .toList();
        Schema schema = new Schema(name, all, Optional.of(validation), Optional.of(test));
        return new Database(schema, duck, List.of(), List.of());
    }

    private static Table table(TableShape shape) {
        return new Table(
                shape.name(),
                shape.columns().stream()
                        .map(c -> new Column(c.name(), kind(c.type())))
                        .toList(),
                shape.primaryKey().stream().toList(),
                shape.foreignKeys().stream()
                        .map(k -> new ForeignKey(List.of(k.column()), k.parent()))
                        .toList(),
                shape.timeColumn());
    }

    @Override
    public void close() {
        duck.close();
    }
}
