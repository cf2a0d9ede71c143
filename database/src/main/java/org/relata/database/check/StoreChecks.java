package org.relata.database.check;

import java.util.List;
import java.util.Optional;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.config.IssueCodes;

/// What can only be seen once the rows are numbered and linked: links that lead nowhere or into the future, and rows
/// without a time.
///
/// @param duck the store
/// @param schema its schema
/// @param issues where findings go
public record StoreChecks(Duck duck, Schema schema, IssueLog issues) {
    /// Checks every table.
    public void run() {
        for (Table table : schema.tables()) {
            table.timeColumn().ifPresent(time -> nullTimes(table, time));
            for (int i = 0; i < table.foreignKeys().size(); i++) {
                ForeignKey link = table.foreignKeys().get(i);
                dangling(table, link, i);
                future(table, link, i);
            }
        }
    }

    private void nullTimes(Table table, String time) {
        long count = duck.count("SELECT count(*) FROM " + Sql.id(table.name()) + " WHERE " + Sql.id(time) + " IS NULL");
        if (count > 0) {
            issues.add(
                    IssueCodes.NULL_TIME,
                    Severity.WARNING,
                    table.name(),
                    Optional.of(time),
                    count,
                    count + " rows have no time; they come last and no forecast ever sees them",
                    "fill it in, or declare another `time_col`");
        }
    }

    private void dangling(Table table, ForeignKey link, int index) {
        List<String> columns = link.columns().stream().map(Sql::id).toList();
        String where = " FROM " + Sql.id(table.name()) + " WHERE "
                + String.join(
                        " AND ", columns.stream().map(c -> c + " IS NOT NULL").toList()) + " AND "
                + Sql.id(Database.foreignKeyColumn(index)) + " IS NULL";
        long count = duck.count("SELECT count(*)" + where);
        if (count > 0) {
            String value = "concat_ws(', ', " + String.join(", ", columns) + ")";
            List<String> examples = duck.query(
                    "SELECT DISTINCT left(" + value + ", 40) AS example" + where + " ORDER BY example LIMIT 3",
                    row -> String.valueOf(row.getString(1)));
            issues.add(
                    IssueCodes.DANGLING_KEY,
                    Severity.WARNING,
                    table.name(),
                    Optional.of(String.join(", ", link.columns())),
                    count,
                    count + " rows refer to rows of " + link.targetTable() + " that do not exist ("
                            + String.join("; ", examples) + "), so they have no parent there",
                    "add the missing rows");
        }
    }

    private void future(Table table, ForeignKey link, int index) {
        Optional<String> parentTime = schema.require(link.targetTable()).timeColumn();
        if (table.timeColumn().isEmpty() || parentTime.isEmpty()) {
            return;
        }
        long count = duck.count("SELECT count(*) FROM " + Sql.id(table.name()) + " AS child JOIN "
                + Sql.id(link.targetTable()) + " AS parent ON child." + Sql.id(Database.foreignKeyColumn(index))
                + " = parent." + Sql.id(Database.ROW) + " WHERE parent." + Sql.id(parentTime.get()) + " > child."
                + Sql.id(table.timeColumn().get()));
        if (count > 0) {
            issues.add(
                    IssueCodes.FUTURE_KEY,
                    Severity.WARNING,
                    table.name(),
                    Optional.of(String.join(", ", link.columns())),
                    count,
                    count + " rows refer to a row of " + link.targetTable()
                            + " that is dated later than they are, so at their own time they have no parent there",
                    "check the time columns of both tables");
        }
    }
}
