package org.relata.database.infer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.database.ColumnKind;
import org.relata.database.Duck;
import org.relata.database.Sql;

/// Concludes what the values of a column mean from its type, its name and figures over all its rows.
public final class KindInference {
    private static final int FEW_ROWS = 100;
    private static final int REPEATS = 5;
    private static final int MOST_CATEGORIES = 10_000;
    private static final int MOST_CODES = 1_000;
    private static final int LONGEST_CATEGORY = 64;
    private static final long PARTS_SAMPLE = 50_000;
    private static final List<String> DELIMITERS = List.of("|", ";", ",");
    private static final Set<String> CODE_ENDINGS =
            Set.of("id", "code", "type", "class", "category", "status", "zip", "postcode", "flag", "group", "segment");

    private final Duck duck;

    /// @param duck where the relations are
    public KindInference(Duck duck) {
        this.duck = duck;
    }

    /// A kind and why.
    ///
    /// @param kind the kind
    /// @param evidence why, with figures
    /// @param confidence from 0 to 1
    /// @param delimiter for a multi-categorical column held as text, what separates its values
    public record Conclusion(ColumnKind kind, String evidence, double confidence, Optional<String> delimiter) {
        static Conclusion of(ColumnKind kind, String evidence, double confidence) {
            return new Conclusion(kind, evidence, confidence, Optional.empty());
        }
    }

    /// Judges a column that is not a key.
    public Conclusion judge(Relation relation, Attribute column, ColumnStatistics figures) {
        String counts = figures.distinct() + " different values in " + figures.values() + " rows";
        if (column.type().equals("BOOLEAN")) {
            return Conclusion.of(ColumnKind.BOOLEAN, "stored as true or false", 1);
        }
        if (column.isTime()) {
            return Conclusion.of(ColumnKind.TIMESTAMP, "stored as " + column.type(), 1);
        }
        if (column.isList()) {
            return list(relation, column);
        }
        if (column.isInteger()) {
            return integer(column, figures, counts);
        }
        if (column.isFloating()) {
            boolean whole = figures.wholeValues() == figures.values() && figures.values() < relation.rows();
            return whole && figures.values() > 0
                    ? integer(column, figures, counts + ", all whole numbers")
                    : Conclusion.of(ColumnKind.NUMERIC, "stored as " + column.type(), 1);
        }
        if (column.type().equals("TIME") || column.type().equals("INTERVAL")) {
            return Conclusion.of(ColumnKind.NUMERIC, "a " + column.type() + ", counted in seconds", 1);
        }
        return text(relation, column, figures, counts);
    }

    private static Conclusion integer(Attribute column, ColumnStatistics figures, String counts) {
        boolean code = CODE_ENDINGS.contains(Names.lastWord(column.name()));
        boolean twoValues = figures.smallest() == 0 && figures.largest() == 1;
        if (code && !twoValues && figures.distinct() <= MOST_CODES) {
            return Conclusion.of(
                    ColumnKind.CATEGORICAL, counts + ", and its name speaks of a code, not of a quantity", 0.8);
        }
        return Conclusion.of(ColumnKind.NUMERIC, "whole numbers, " + counts, 0.9);
    }

    private Conclusion text(Relation relation, Attribute column, ColumnStatistics figures, String counts) {
        long values = figures.values();
        long distinct = figures.distinct();
        boolean repeats = values < FEW_ROWS ? distinct * 2 <= values : distinct * REPEATS <= values;
        if (repeats && distinct <= MOST_CATEGORIES && figures.averageLength() <= LONGEST_CATEGORY) {
            return Conclusion.of(ColumnKind.CATEGORICAL, counts, 0.9);
        }
        Optional<Conclusion> several = several(relation, column, values);
        return several.orElseGet(() -> Conclusion.of(
                ColumnKind.TEXT, counts + ", " + Math.round(figures.averageLength()) + " characters on average", 0.8));
    }

    /// What separates the values of a column declared multi-categorical; empty when nothing stands out.
    public Optional<String> delimiter(Relation relation, Attribute column, ColumnStatistics figures) {
        return column.isText()
                ? several(relation, column, figures.values()).flatMap(Conclusion::delimiter)
                : Optional.empty();
    }

    /// Texts such as `red|blue` whose parts repeat.
    private Optional<Conclusion> several(Relation relation, Attribute column, long values) {
        if (values < 10) {
            return Optional.empty();
        }
        String text = column.sql();
        long step = Math.max(1, relation.rows() / PARTS_SAMPLE);
        String sample = "(SELECT " + text + " AS value FROM " + relation.from() + " WHERE " + text
                + " IS NOT NULL AND r.rowid % " + step + " = 0)";
        StringBuilder counts = new StringBuilder("SELECT count(*)");
        DELIMITERS.forEach(d -> counts.append(", count(*) FILTER (WHERE contains(value, ")
                .append(Sql.text(d))
                .append("))"));
        long[] found = duck.query(counts + " FROM " + sample, row ->
                        new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
                .getFirst();
        for (int i = 0; i < DELIMITERS.size(); i++) {
            if (found[i + 1] * 5 < found[0]) {
                continue;
            }
            String delimiter = DELIMITERS.get(i);
            long[] parts = duck.query(
                            "SELECT count(*), count(DISTINCT part), CAST(coalesce(avg(length(part)), 0) AS BIGINT) FROM "
                                    + "(SELECT trim(unnest(string_split(value, " + Sql.text(delimiter)
                                    + "))) AS part FROM " + sample + ")",
                            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                    .getFirst();
            if (parts[1] * REPEATS <= parts[0] && parts[1] <= MOST_CODES && parts[2] <= 32) {
                return Optional.of(new Conclusion(
                        ColumnKind.MULTI_CATEGORICAL,
                        parts[0] + " parts between \"" + delimiter + "\", " + parts[1] + " of them different",
                        0.7,
                        Optional.of(delimiter)));
            }
        }
        return Optional.empty();
    }

    private Conclusion list(Relation relation, Attribute column) {
        String element = column.type().substring(0, column.type().lastIndexOf('['));
        boolean numbers = new Attribute("", "", element).isFloating() || new Attribute("", "", element).isInteger();
        if (!numbers) {
            return Conclusion.of(ColumnKind.MULTI_CATEGORICAL, "stored as a list of " + element, 1);
        }
        long lengths = duck.count("SELECT count(DISTINCT len(" + column.sql() + ")) FROM " + relation.from());
        boolean vector = lengths == 1 && new Attribute("", "", element).isFloating();
        return vector
                ? Conclusion.of(ColumnKind.VECTOR, "lists of " + element + " of one length", 1)
                : Conclusion.of(
                        ColumnKind.MULTI_CATEGORICAL, "lists of " + element + " of " + lengths + " lengths", 0.7);
    }
}
