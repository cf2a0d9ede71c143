package org.relata.learn.fit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.task.Task;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskType;

/// Past labels as one more table of the database.
///
/// The label of seed time s summarises (s, s + D], so it is dated s + D: like every row it is seen only by cut-offs
/// after
/// that.
final class LabelHistory {
    private LabelHistory() {}

    /// The name of the table for a task.
    static String tableName(Task task) {
        return task.name() + " labels";
    }

    /// Adds the table to the store and to the schema.
    ///
    /// @param rows labelled rows; which splits are among them is the caller's decision
    static Schema install(Database database, Schema schema, Task task, List<TaskRows> rows) {
        String name = tableName(task);
        boolean number = task.type() != TaskType.MULTICLASS_CLASSIFICATION;
        String value = Sql.id(task.targetColumn());
        database.store().execute("CREATE OR REPLACE TEMP TABLE label_rows (entity BIGINT, known BIGINT, label DOUBLE)");
        long window = task.window().toNanos() / 1000;
        try (DuckDBAppender appender = database.store()
                .connection()
                .unwrap(DuckDBConnection.class)
                .createAppender("temp", "main", "label_rows")) {
            for (TaskRows split : rows) {
                for (int i = 0; i < split.size(); i++) {
                    appender.beginRow();
                    appender.append(split.entity()[i]);
                    appender.append(split.seed()[i] + window);
                    appender.append(split.label()[i]);
                    appender.endRow();
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("fit.history", name, String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
        database.store()
                .execute("CREATE OR REPLACE TABLE main." + Sql.id(name)
                        + " AS SELECT make_timestamp(known) AS known_at, "
                        + (number ? "label" : "CAST(CAST(label AS INTEGER) AS VARCHAR)") + " AS " + value
                        + ", row_number() OVER (ORDER BY known, entity) - 1 AS " + Database.ROW + ", entity AS "
                        + Database.foreignKeyColumn(0) + ", entity AS entity_row FROM label_rows ORDER BY "
                        + Database.ROW);
        database.store().execute("DROP TABLE label_rows");
        List<Table> tables = new ArrayList<>(schema.tables());
        tables.add(new Table(
                name,
                List.of(
                        new Column("entity_row", ColumnKind.CATEGORICAL),
                        new Column("known_at", ColumnKind.TIMESTAMP),
                        new Column(task.targetColumn(), number ? ColumnKind.NUMERIC : ColumnKind.CATEGORICAL)),
                List.of(),
                List.of(new ForeignKey(
                        java.util.Collections.nCopies(
                                Math.max(
                                        1,
                                        schema.require(task.entityTable())
                                                .primaryKey()
                                                .size()),
                                "entity_row"),
                        task.entityTable())),
                Optional.of("known_at")));
        return new Schema(schema.name(), tables, schema.validationTime(), schema.testTime());
    }
}
