package org.relata.synth.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;

/// A column that is held at a value in every row, whatever influences it: Pearl's `do(table.column = value)`.
///
/// @param table the table
/// @param column one of its feature columns
/// @param value the value as it is written down: a number, `true` or `false`, a label, or a day such as 2024-03-01
public record Intervention(String table, String column, String value) {
    /// The code of every error about an intervention.
    public static final String CODE = "synth.do";

    /// Reads `table.column=value`. Names may hold dots and equals signs; the longest that fit are meant.
    ///
    /// @param text what is to be read
    /// @param plan the database it is about, complete
    /// @throws RelataException `synth.do`, with the nearest name, or with the values that the column takes
    public static Intervention parse(String text, SchemaPlan plan) {
        Intervention found = plan.tables().stream()
                .flatMap(table -> names(table).map(column -> new Intervention(table.name(), column, "")))
                .filter(i -> text.startsWith(i.table + "." + i.column + "="))
                .max(Comparator.comparingInt(i -> i.table.length() + i.column.length()))
                .orElseThrow(() -> unknown(text, plan));
        int names = found.table.length() + found.column.length() + 2;
        Intervention whole = new Intervention(found.table, found.column, text.substring(names));
        whole.check(plan.tables().get(plan.indexOf(found.table)));
        return whole;
    }

    private static Stream<String> names(TablePlan table) {
        return Stream.of(
                        table.primaryKey().stream(),
                        table.foreignKeys().stream().map(LinkPlan::column),
                        table.columns().stream().map(ColumnPlan::name),
                        table.timeColumn().stream())
                .flatMap(names -> names);
    }

    private static RelataException unknown(String text, SchemaPlan plan) {
        int equals = text.indexOf('=');
        int dot = text.lastIndexOf('.', equals < 0 ? text.length() : equals);
        if (equals < 0 || dot < 1 || dot == equals - 1) {
            return error(text, "it does not name a column and a value", "write table.column=value");
        }
        String table = text.substring(0, dot);
        String column = text.substring(dot + 1, equals);
        Optional<TablePlan> named =
                plan.tables().stream().filter(t -> t.name().equals(table)).findFirst();
        if (named.isEmpty()) {
            return error(
                    text,
                    "there is no table " + table,
                    Nearest.remedy(
                            table, plan.tables().stream().map(TablePlan::name).toList()));
        }
        List<String> features =
                named.get().columns().stream().map(ColumnPlan::name).toList();
        return error(text, "table " + table + " has no column " + column, Nearest.remedy(column, features));
    }

    private void check(TablePlan of) {
        ColumnPlan plan = of.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow(() -> error(
                        toString(),
                        "the column " + (of.timeColumn().equals(Optional.of(column)) ? "dates rows" : "is a key")
                                + " and takes no part in what causes what",
                        "name a column of features"));
        switch (plan.kind()) {
            case NUMERIC -> number();
            case INTEGER -> {
                if (number() != Math.rint(number())) {
                    throw error(toString(), "the column holds whole numbers", "give a whole number");
                }
            }
            case DATE -> day();
            case BOOLEAN -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw error(toString(), "the column holds truth values", "give true or false");
                }
            }
            case CATEGORICAL -> {
                if (!plan.labels().isEmpty()) {
                    label(plan.labels());
                }
            }
            case TEXT ->
                throw error(
                        toString(), "the column holds texts, which cannot be held", "name a column of another kind");
        }
    }

    /// The value as a number.
    public double number() {
        try {
            double number = Double.parseDouble(value.strip());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is not finite.
        }
        throw error(toString(), "the column holds numbers", "give a number such as 1.5");
    }

    /// The value as a day, counted since 1970-01-01.
    public long day() {
        try {
            return LocalDate.parse(value.strip()).toEpochDay();
        } catch (DateTimeException e) {
            throw error(toString(), "the column holds dates", "give a day such as 2024-03-01")
                    .causedBy(e);
        }
    }

    /// The value as the position of a label.
    public int label(List<String> labels) {
        int found = labels.indexOf(value);
        if (found < 0) {
            throw error(toString(), "the column has no label " + value, Nearest.remedy(value, labels));
        }
        return found;
    }

    private static RelataException error(String text, String wrong, String remedy) {
        return RelataException.usage(CODE, "--do " + text, wrong, remedy);
    }

    /// No row takes the value, so nothing is known of what it would do.
    public RelataException neverTaken() {
        return error(toString(), "no row takes this value", "choose another value");
    }

    @Override
    public String toString() {
        return table + "." + column + "=" + value;
    }
}
