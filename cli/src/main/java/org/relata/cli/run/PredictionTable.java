package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskType;

/// Predictions as a table: the entity's own key, the seed time, and what was predicted.
///
/// Columns: the entity table's primary key under its own names (`row` for a table without one), `seed_time`, `split`
/// and
/// `label` where they are known, `prediction` (a value, the probability of the second class, or the likeliest class),
/// and for several classes `probability_…` for each. The rows live in a temporary table of the database's store.
public final class PredictionTable implements AutoCloseable {
    private static final String STAGE = "__relata_predictions";
    private static final Set<String> OWN = Set.of("seed_time", "split", "label", "prediction");

    private final Database database;
    private final String columns;
    private final String from;

    private PredictionTable(Database database, String columns, String from) {
        this.database = database;
        this.columns = columns;
        this.from = from;
    }

    /// Some rows with what was predicted for them.
    ///
    /// @param split the split they belong to, if any
    /// @param rows entities, seed times and, where known, labels
    /// @param predictions `[rows][outputs]`
    @SuppressWarnings("ArrayRecordComponent") // columns of a table, never compared
    public record Block(Optional<Split> split, TaskRows rows, double[][] predictions) {}

    /// A table of the given rows, in their order. Close it before making another on the same database.
    ///
    /// @param database the database the rows refer to
    /// @param task the task predicted for
    /// @param classes the class names; empty for regression
    /// @param blocks the rows
    public static PredictionTable of(Database database, Task task, List<String> classes, List<Block> blocks) {
        int outputs = task.type() == TaskType.MULTICLASS_CLASSIFICATION ? classes.size() : 1;
        stage(database.store(), blocks, outputs);
        Table entity = database.schema().require(task.entityTable());
        List<String> select = new ArrayList<>(EntityKeys.select(entity, "e", OWN));
        select.add("p.seed AS seed_time");
        if (blocks.stream().anyMatch(b -> b.split().isPresent())) {
            select.add("p.split");
        }
        boolean named = task.type() != TaskType.REGRESSION && !classes.equals(List.of("0", "1"));
        if (blocks.stream().anyMatch(b -> b.rows().labelled())) {
            select.add((named ? className(classes, "CAST(p.label AS INTEGER)") : label(task)) + " AS label");
        }
        if (outputs > 1) {
            select.add(className(classes, "p.best") + " AS prediction");
            for (int c = 0; c < outputs; c++) {
                select.add("p.p" + c + " AS " + Sql.id("probability_" + classes.get(c)));
            }
        } else {
            select.add("p.p0 AS prediction");
        }
        return new PredictionTable(database, String.join(", ", select), EntityKeys.join("temp.main." + STAGE, entity));
    }

    /// Writes the table as `.parquet` or `.csv`: aside first, then renamed.
    ///
    /// @throws RelataException when the file's ending names neither format
    /// @throws IOException when the file cannot be written
    public void write(Path file) throws IOException {
        TableFile.write(database.store(), "SELECT " + columns + " FROM " + from + " ORDER BY p.n", file);
    }

    /// The first rows, each as its columns by name.
    ///
    /// @param most how many rows at most
    /// @param highestFirst whether to order by the first prediction, highest first, rather than as given
    public List<Map<String, Object>> head(long most, boolean highestFirst) {
        return database.store()
                .query(
                        "SELECT " + columns + " FROM " + from + " ORDER BY " + (highestFirst ? "p.p0 DESC, " : "")
                                + "p.n LIMIT " + most,
                        PredictionTable::row);
    }

    @Override
    public void close() {
        database.store().execute("DROP TABLE IF EXISTS temp.main." + STAGE);
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Optional<Object> value = Optional.ofNullable(row.getObject(i));
            map.put(
                    row.getMetaData().getColumnLabel(i),
                    value.map(v -> v instanceof java.sql.Timestamp time
                                    ? time.toLocalDateTime().toString()
                                    : v instanceof Number ? v : v.toString())
                            .orElse(""));
        }
        return map;
    }

    private static String label(Task task) {
        return task.type() == TaskType.REGRESSION ? "p.label" : "CAST(p.label AS INTEGER)";
    }

    private static String className(List<String> classes, String code) {
        return "list_extract([" + classes.stream().map(Sql::text).collect(Collectors.joining(", ")) + "], " + code
                + " + 1)";
    }

    private static void stage(Duck store, List<Block> blocks, int outputs) {
        StringBuilder outputColumns = new StringBuilder();
        for (int o = 0; o < outputs; o++) {
            outputColumns.append(", p").append(o).append(" DOUBLE");
        }
        store.execute("CREATE OR REPLACE TEMP TABLE " + STAGE
                + " (n BIGINT, entity BIGINT, seed TIMESTAMP, split VARCHAR, label DOUBLE, best INTEGER" + outputColumns
                + ")");
        try (DuckDBAppender appender =
                store.connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", STAGE)) {
            long n = 0;
            for (Block block : blocks) {
                for (int i = 0; i < block.rows().size(); i++) {
                    append(appender, block, i, n++);
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("predictions.stage", "predictions", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    private static void append(DuckDBAppender appender, Block block, int i, long n) throws SQLException {
        TaskRows rows = block.rows();
        appender.beginRow();
        appender.append(n);
        appender.append(rows.entity()[i]);
        appender.appendEpochMicros(rows.seed()[i]);
        if (block.split().isPresent()) {
            appender.append(block.split().get().label());
        } else {
            appender.appendNull();
        }
        if (rows.labelled()) {
            appender.append(rows.label()[i]);
        } else {
            appender.appendNull();
        }
        double[] prediction = block.predictions()[i];
        appender.append(highest(prediction));
        for (double output : prediction) {
            appender.append(output);
        }
        appender.endRow();
    }

    private static int highest(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
