package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random model files, most of which are right.
final class ModelGrammar {
    private record Column(String name, String kind) {}

    private record Table(String name, List<Column> columns) {
        List<String> of(String kind) {
            return columns.stream()
                    .filter(column -> column.kind.equals(kind))
                    .map(Column::name)
                    .toList();
        }
    }

    private static final List<String> NAMES = List.of(
            "row",
            "value",
            "year",
            "end",
            "mat",
            "\"select\"",
            "\"a.b\"",
            "col",
            "x",
            "\"'; DROP TABLE t; --\"",
            "Größe",
            "left");

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    ModelGrammar(Random random) {
        this.random = random;
    }

    String model() {
        int declared = 2 + random.nextInt(3);
        for (int index = 0; index < declared; index++) {
            table("t" + index);
        }
        if (random.nextBoolean()) {
            String name = "view" + random.nextInt(3);
            text.append("CREATE VIEW ").append(name).append(" AS ");
            tables.add(block(name));
            text.append(";\n");
        }
        if (random.nextBoolean()) {
            text.append("WITH q AS (");
            Table table = block("q");
            text.append(")\n");
            tables.add(table);
        }
        loss();
        text.append(random.nextBoolean() ? ";" : "");
        return text.toString();
    }

    private void table(String name) {
        boolean learned = random.nextInt(3) == 0;
        List<Column> columns = new ArrayList<>();
        text.append(learned ? "CREATE PARAMETER TABLE " : "CREATE TABLE ")
                .append(name)
                .append(" (");
        int keys = random.nextInt(3);
        List<String> names = new ArrayList<>(NAMES);
        for (int index = 0; index < keys; index++) {
            boolean isText = random.nextInt(6) == 0;
            Column column = new Column(names.remove(random.nextInt(names.size())), isText ? "text" : "key");
            columns.add(column);
            text.append(column.name).append(isText ? " TEXT, " : " INT, ");
        }
        int values = 1 + random.nextInt(2);
        for (int index = 0; index < values; index++) {
            String kind = pick("number", "number", "vector", "matrix");
            Column column = new Column(names.remove(random.nextInt(names.size())), kind);
            columns.add(column);
            text.append(index == 0 ? "" : ", ").append(column.name);
            text.append(
                    switch (kind) {
                        case "vector" -> " VECTOR[3]";
                        case "matrix" -> " MATRIX[3][3]";
                        default -> " DOUBLE";
                    });
            text.append(!learned && random.nextInt(6) == 0 ? " PARAMETER normal(0.1)" : "");
        }
        text.append(");\n");
        tables.add(new Table(name, columns));
    }

    /// A query with keys.
    private Table block(String name) {
        List<String> aliases = new ArrayList<>();
        List<Table> from = from(aliases);
        List<String> keys = keys(from, aliases);
        boolean groups = random.nextInt(3) > 0;
        List<Column> columns = new ArrayList<>();
        text.append("SELECT ");
        List<String> grouped = new ArrayList<>();
        for (int index = 0; index < keys.size() && (index < 1 || !groups); index++) {
            text.append(keys.get(index)).append(" AS k").append(index).append(", ");
            grouped.add(keys.get(index));
            columns.add(new Column("k" + index, "key"));
        }
        String kind = pick("number", "number", "vector");
        text.append(groups ? pick("SUM", "AVG", "MAX", "LOGSUMEXP", "VAR_SAMP") + "(" : "");
        expression(kind, from, aliases, 3);
        text.append(groups ? ")" : "").append(" AS v\n");
        columns.add(new Column("v", kind));
        fromClause(from, aliases);
        if (groups && !grouped.isEmpty()) {
            text.append(" GROUP BY ").append(String.join(", ", grouped));
        }
        return new Table(name, columns);
    }

    private void loss() {
        List<String> aliases = new ArrayList<>();
        List<Table> from = from(aliases);
        text.append("SELECT ").append(pick("SUM", "AVG", "SUM")).append("(");
        expression("number", from, aliases, 4);
        text.append(random.nextInt(3) == 0 ? ") / COUNT(*)" : ")").append(" AS loss\n");
        fromClause(from, aliases);
    }

    private List<Table> from(List<String> aliases) {
        List<Table> from = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int index = 0; index < count; index++) {
            from.add(tables.get(random.nextInt(tables.size())));
            aliases.add(pick("a", "Bc", "\"d e\"") + index);
        }
        aliases.replaceAll(alias -> alias.startsWith("\"") ? "\"d e" + alias.substring(5) + "\"" : alias);
        return from;
    }

    private List<String> keys(List<Table> from, List<String> aliases) {
        List<String> keys = new ArrayList<>();
        for (int index = 0; index < from.size(); index++) {
            for (String key : from.get(index).of("key")) {
                keys.add(aliases.get(index) + "." + key);
            }
        }
        return keys;
    }

    private void fromClause(List<Table> from, List<String> aliases) {
        text.append("FROM ");
        for (int index = 0; index < from.size(); index++) {
            text.append(index == 0 ? "" : ", ")
                    .append(from.get(index).name)
                    .append(' ')
                    .append(aliases.get(index));
        }
        List<String> keys = keys(from, aliases);
        String word = " WHERE ";
        for (int index = random.nextInt(3); index > 0 && !keys.isEmpty(); index--) {
            text.append(word);
            condition(keys);
            word = " AND ";
        }
    }

    private void condition(List<String> keys) {
        String key = pick(keys);
        switch (random.nextInt(5)) {
            case 0 -> text.append(key).append(" = ").append(pick(keys));
            case 1 -> text.append(key).append(" % 3 <> ").append(pick(keys)).append(" + 1");
            case 2 -> text.append(key).append(" NOT BETWEEN 1 AND ").append(random.nextInt(9));
            case 3 ->
                text.append("NOT (")
                        .append(key)
                        .append(" IN (1, 2) OR ")
                        .append(pick(keys))
                        .append(" >= 2)");
            default -> text.append(key).append(" = ").append(pick(keys));
        }
    }

    private void expression(String kind, List<Table> from, List<String> aliases, int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            leaf(kind, from, aliases);
            return;
        }
        switch (random.nextInt(kind.equals("number") ? 9 : 5)) {
            case 0, 1 -> {
                expression(kind, from, aliases, depth - 1);
                text.append(pick(" + ", " - ", " * ", " / "));
                expression(pick(kind, "number"), from, aliases, depth - 1);
            }
            case 2 ->
                call(
                        pick("tanh", "sigmoid", "softplus", "square", "abs", "-", "EXP", "relu"),
                        kind,
                        from,
                        aliases,
                        depth);
            case 3 -> {
                text.append("CASE WHEN ");
                expression("number", from, aliases, 1);
                text.append(" > 0.5 THEN ");
                expression(kind, from, aliases, depth - 1);
                text.append(" ELSE ");
                expression(kind, from, aliases, depth - 1);
                text.append(" END");
            }
            case 4 -> {
                text.append("(");
                expression(kind, from, aliases, depth - 1);
                text.append(")");
            }
            case 5 -> call(pick("norm", "tensor_sum", "tensor_max"), "vector", from, aliases, depth);
            case 6 -> {
                text.append("inner_product(");
                expression("vector", from, aliases, depth - 1);
                text.append(", ");
                expression("vector", from, aliases, depth - 1);
                text.append(")");
            }
            case 7 -> text.append(":").append(pick("lambda", "end"));
            default -> call("tensor_sum", "matrix", from, aliases, depth);
        }
    }

    private void call(String function, String kind, List<Table> from, List<String> aliases, int depth) {
        text.append(function).append('(');
        expression(kind, from, aliases, depth - 1);
        text.append(')');
    }

    private void leaf(String kind, List<Table> from, List<String> aliases) {
        List<String> found = new ArrayList<>();
        for (int index = 0; index < from.size(); index++) {
            for (String column : from.get(index).of(kind)) {
                found.add(aliases.get(index) + "." + column);
            }
        }
        if (!found.isEmpty()) {
            text.append(pick(found));
        } else if (kind.equals("number")) {
            text.append(pick("1", "0.5", "2e-3"));
        } else {
            text.append(
                    kind.equals("vector") ? "concat(1, 2, 0.5)" : "outer_product(concat(1, 2, 3), concat(1, 2, 3))");
        }
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
