package org.relata.database.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;

/// The label SQL of a task made ready to run, and the check that it returns what the task declares.
///
/// @param task the task
/// @param split the split it runs for
/// @param sql the SQL as it runs, placeholders replaced
record LabelQuery(ForecastTask task, Split split, String sql) {
    private static final Pattern END = Pattern.compile("[;\\s]*;\\s*(--[^\\n]*\\s*)*$");
    private static final Pattern POSITION = Pattern.compile("^LINE (\\d+): (.*)$");

    /// The label SQL for a split.
    static LabelQuery of(ForecastTask task, Split split) {
        String sql = withoutEnd(task.labelSql().strip());
        return new LabelQuery(
                task,
                split,
                sql.replace("{timedelta}", Durations.interval(task.window())).replace("{split}", split.label()));
    }

    /// The SQL without a semicolon at its end, where comments may follow it.
    private static String withoutEnd(String sql) {
        Matcher end = END.matcher(sql);
        boolean insideText = end.find()
                && sql.substring(0, end.start()).chars().filter(c -> c == '\'').count() % 2 == 1;
        return insideText ? sql : end.reset().replaceFirst("");
    }

    /// Where errors say they happened.
    String place() {
        return "label SQL of task " + task.name();
    }

    /// The SQL as a table expression. It stands on lines of its own, so that a comment at its end ends there, and in
    /// parentheses, so that it is one query and nothing more.
    String relation() {
        return "(\n" + sql + "\n) AS labels";
    }

    /// Runs the SQL once into a temporary table of seed (microseconds), entity (as returned) and label (double or
    /// text).
    ///
    /// @param store the store, with a [LabelSpace] open
    /// @param table the quoted name of the temporary table
    /// @return how its labels are stored
    /// @throws RelataException `task.sql` when DuckDB refuses it, `task.columns` when its columns are not the declared
    /// ones
    LabelKind into(Duck store, String table) {
        Map<String, String> types = columnTypes(store);
        Returned time = declared(types, task.timeColumn(), "time_col");
        Returned entity = declared(types, task.entityColumn(), "entity_col");
        Returned target = declared(types, task.targetColumn(), "target_col");
        if (types.size() > 3) {
            List<String> extra = new ArrayList<>(types.keySet());
            extra.removeAll(List.of(time.name, entity.name, target.name));
            throw RelataException.usage(
                    "task.columns",
                    place(),
                    "it returns more than the three declared columns: " + String.join(", ", extra),
                    "select " + time.name + ", " + entity.name + " and " + target.name + " only");
        }
        if (!time.type.startsWith("TIMESTAMP") && !time.type.equals("DATE")) {
            throw RelataException.usage(
                    "task.columns",
                    place(),
                    "its time column " + time.name + " is " + time.type + ", not a timestamp",
                    "return timestamps.timestamp as " + time.name);
        }
        LabelKind kind = LabelKind.of(target.type, task.type(), place() + ", column " + target.name);
        run(
                store,
                "CREATE OR REPLACE TEMP TABLE " + table + " AS SELECT epoch_us(" + Sql.id(time.name) + ") AS seed, "
                        + Sql.id(entity.name) + " AS entity, " + kind.normalised(Sql.id(target.name))
                        + " AS label FROM "
                        + relation(),
                rows -> "");
        return kind;
    }

    private Map<String, String> columnTypes(Duck store) {
        Map<String, String> types = new LinkedHashMap<>();
        run(store, "DESCRIBE SELECT * FROM " + relation(), row -> {
            types.put(row.getString("column_name"), row.getString("column_type"));
            return "";
        });
        return types;
    }

    /// The declared column among those returned; as in SQL, capitals do not matter when nothing matches exactly.
    private Returned declared(Map<String, String> types, String name, String key) {
        String exact = types.get(name);
        if (exact != null) {
            return new Returned(name, exact);
        }
        return types.entrySet().stream()
                .filter(column -> name.equalsIgnoreCase(column.getKey()))
                .map(column -> new Returned(column.getKey(), column.getValue()))
                .findFirst()
                .orElseThrow(() -> RelataException.usage(
                        "task.columns",
                        place(),
                        "it does not return the column " + name + " that " + key + " names; it returns "
                                + String.join(", ", types.keySet()),
                        "return " + name + ", or change " + key));
    }

    private record Returned(String name, String type) {}

    private void run(Duck store, String statementText, Duck.RowMapper<?> mapper) {
        try (Statement statement = store.connection().createStatement()) {
            if (statement.execute(statementText)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        mapper.map(rows);
                    }
                }
            }
        } catch (SQLException e) {
            throw refused(String.valueOf(e.getMessage()), statementText).causedBy(e);
        }
    }

    /// DuckDB's message on one line, with the position it marks counted in the task's own SQL.
    private RelataException refused(String message, String statementText) {
        int linesBefore = (int) statementText
                .substring(0, statementText.indexOf(relation()) + 2)
                .lines()
                .count();
        String position = "";
        StringBuilder problem = new StringBuilder();
        String[] lines = message.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher at = POSITION.matcher(lines[i]);
            if (at.matches()) {
                int line = Integer.parseInt(at.group(1)) - linesBefore;
                int caret = i + 1 < lines.length ? lines[i + 1].indexOf('^') - lines[i].indexOf(": ") - 1 : -1;
                boolean whole = !at.group(2).startsWith("...");
                position = line < 1 ? "" : ", line " + line + (caret > 0 && whole ? ", column " + caret : "");
                break;
            }
            if (!lines[i].isBlank()) {
                problem.append(problem.isEmpty() ? "" : " ").append(lines[i].strip());
            }
        }
        return RelataException.usage(
                "task.sql",
                place() + position,
                problem.toString(),
                "mend the sql of the task; it may read every table by its name, and timestamps(timestamp)");
    }
}
