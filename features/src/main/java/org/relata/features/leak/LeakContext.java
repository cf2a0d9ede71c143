package org.relata.features.leak;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.task.Task;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskTables;

/// What all lints share: the tables without hidden columns, bounded samples of their rows, and the known labels.
///
/// Only labels of training and validation rows are ever asked for.
final class LeakContext {
    /// The relation of known labels: `(entity, seed, label)`, where labels are numbers as in [TaskRows].
    static final String LABELS = "temp.main.__leak_labels";

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");

    private final Database database;
    private final Schema view;
    private final Task task;
    private final TaskTables tables;
    private final LeakOptions options;
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, Long> rows = new HashMap<>();
    private final Optional<LocalDateTime> end;

    LeakContext(Database database, Schema view, Task task, TaskTables tables, LeakOptions options) {
        this.database = database;
        this.view = view;
        this.task = task;
        this.tables = tables;
        this.options = options;
        duck().query(
                        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
                                + " WHERE schema_name = 'main' AND database_name = current_database()",
                        row -> types.put(row.getString(1) + "\0" + row.getString(2), row.getString(3)));
        for (Table table : view.tables()) {
            if (types.containsKey(table.name() + "\0" + Database.ROW)) {
                rows.put(table.name(), duck().count("SELECT count(*) FROM " + relation(table)));
            }
        }
        this.end = endOfData();
    }

    Duck duck() {
        return database.store();
    }

    Schema view() {
        return view;
    }

    Task task() {
        return task;
    }

    TaskTables tables() {
        return tables;
    }

    LeakOptions options() {
        return options;
    }

    Database database() {
        return database;
    }

    /// The tables with rows, in the schema's order.
    List<Table> tablesWithRows() {
        return view.tables().stream().filter(t -> rows(t.name()) > 0).toList();
    }

    long rows(String table) {
        return rows.getOrDefault(table, 0L);
    }

    /// When the data end: the middle one of the tables' last times, so that neither a calendar of what is to come nor a
    /// table that stopped long ago decides; nothing when no table is dated.
    Optional<LocalDateTime> end() {
        return end;
    }

    /// The earliest seed time of the training rows.
    LocalDateTime firstSeed() {
        long[] seeds = tables.train().size() > 0
                ? tables.train().seed()
                : tables.validation().seed();
        return time(Arrays.stream(seeds).min().orElse(0));
    }

    /// Whether the values of a column are stored as numbers.
    boolean number(Table table, String column) {
        String type = type(table, column);
        return NUMBERS.contains(type) || type.startsWith("DECIMAL");
    }

    /// Whether they are stored as times or dates.
    boolean time(Table table, String column) {
        String type = type(table, column);
        return type.startsWith("TIMESTAMP") || type.equals("DATE");
    }

    /// The type of a column in the store, in upper case; empty when it is not there.
    String type(Table table, String column) {
        return types.getOrDefault(table.name() + "\0" + column, "").toUpperCase(Locale.ROOT);
    }

    /// The columns a lint may speak of: no keys, not the row's time.
    List<Column> plainColumns(Table table) {
        return table.featureColumns().stream()
                .filter(c -> !table.timeColumn().equals(Optional.of(c.name())))
                .filter(c -> !type(table, c.name()).isEmpty())
                .toList();
    }

    /// A condition that keeps about that many rows of a table, the same ones on every run, spread over all times.
    ///
    /// @param row the expression of the row number
    /// @param wanted how many rows to keep at most, about
    String sample(String row, String table, long wanted) {
        long all = rows(table);
        return all <= wanted
                ? "TRUE"
                : "(" + row + " * 2654435761) % 1000003 < " + Math.max(1, wanted * 1_000_003L / all);
    }

    static String relation(Table table) {
        return "main." + Sql.id(table.name());
    }

    /// Writes the known labels, or an even sample of them, into [#LABELS].
    void loadLabels() {
        duck().execute("CREATE OR REPLACE TEMP TABLE __leak_labels (entity BIGINT, seed TIMESTAMP, label DOUBLE)");
        long all = (long) tables.train().size() + tables.validation().size();
        // A very wide entity table is judged by fewer rows, so that the work stays the same.
        int width = view.table(task.entityTable()).map(t -> t.columns().size()).orElse(1);
        long keep = Math.max(1, Math.min(options.labelRows(), Math.max(2_000, 20_000_000 / width)));
        try (DuckDBAppender out =
                duck().connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", "__leak_labels")) {
            long at = 0;
            for (TaskRows part : List.of(tables.train(), tables.validation())) {
                for (int i = 0; i < part.size() && part.labelled(); i++, at++) {
                    // Spreads the rows that are kept over all seeds and entities.
                    if (all <= keep || at * 2_654_435_761L % 1_000_003 < keep * 1_000_003 / all) {
                        out.beginRow().append(part.entity()[i]);
                        out.appendEpochMicros(part.seed()[i]).append(part.label()[i]);
                        out.endRow();
                    }
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("leak.labels", "leak linter", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    void dropLabels() {
        duck().execute("DROP TABLE IF EXISTS " + LABELS);
    }

    private Optional<LocalDateTime> endOfData() {
        List<LocalDateTime> last = tablesWithRows().stream()
                .filter(t -> t.timeColumn().isPresent())
                .map(t -> duck().query(
                                "SELECT epoch_us(max(" + Sql.id(t.timeColumn().get()) + ")) FROM " + relation(t),
                                row -> {
                                    long value = row.getLong(1);
                                    return row.wasNull() ? Optional.<LocalDateTime>empty() : Optional.of(time(value));
                                })
                        .getFirst())
                .flatMap(Optional::stream)
                .sorted()
                .collect(Collectors.toList());
        return last.isEmpty() ? Optional.empty() : Optional.of(last.get(last.size() / 2));
    }

    /// Microseconds since 1970 as a time.
    static LocalDateTime time(long microseconds) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(microseconds, 1_000_000L),
                (int) Math.floorMod(microseconds, 1_000_000L) * 1_000,
                ZoneOffset.UTC);
    }
}
