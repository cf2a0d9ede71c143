package org.relata.database.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.ColumnKind;
import org.relata.database.Duck;
import org.relata.database.Sql;
import org.relata.database.config.ColumnConfig;

/// Finds out what the values of text columns are: numbers, dates, times of day, yes or no, or just text.
///
/// A sample of evenly spaced rows names the candidate of each column, and one pass over all rows counts how many values
/// really are of it. A column takes the type when at least [#THRESHOLD] of its values are; the others become null and
/// are counted. Where the user declared the kind, the type is taken however few values fit.
public final class TextTyping {
    /// The share of values that must be of a type for the column to take it.
    public static final double THRESHOLD = 0.995;

    private static final int SAMPLE = 3_000;
    /// Columns a query: they are stacked, and a stack of thousands holds a row's worth of them in memory at a time.
    private static final int CHUNK = 250;

    private final Duck duck;
    private final boolean datesOnly;

    /// @param duck where the relations are
    /// @param datesOnly whether only dates are looked for, because numbers held as text in a typed source are meant so
    public TextTyping(Duck duck, boolean datesOnly) {
        this.duck = duck;
        this.datesOnly = datesOnly;
    }

    /// What a text column was found to hold.
    ///
    /// @param type the DuckDB type; `VARCHAR` when it stays text
    /// @param sql the expression that gives the typed value, null where a text is not of the type
    /// @param values how many values there are
    /// @param failures how many of them are not of the type
    /// @param evidence why, with figures; empty when there is nothing to say
    /// @param nearMiss for a column that stays text: what most of its values are
    public record Typing(
            String type, String sql, long values, long failures, String evidence, Optional<String> nearMiss) {}

    /// Judges the text columns of a relation.
    ///
    /// @param relation the relation
    /// @param declared what the user said about columns, by name
    /// @return a typing for every column of type `VARCHAR`
    public Map<String, Typing> judge(Relation relation, Map<String, ColumnConfig> declared) {
        List<Attribute> texts = relation.attributes().stream()
                .filter(a -> a.type().equals("VARCHAR"))
                .toList();
        Map<String, Typing> result = new LinkedHashMap<>();
        for (int start = 0; start < texts.size(); start += CHUNK) {
            List<Attribute> chunk = texts.subList(start, Math.min(texts.size(), start + CHUNK));
            result.putAll(judgeChunk(relation, chunk, declared));
        }
        return result;
    }

    private Map<String, Typing> judgeChunk(
            Relation relation, List<Attribute> columns, Map<String, ColumnConfig> declared) {
        long step = Math.max(1, relation.rows() / SAMPLE);
        List<List<TextType>> offered = columns.stream()
                .map(c -> offered(Optional.ofNullable(declared.get(c.name()))))
                .toList();
        List<long[]> sampled = count(relation, columns, offered, step);
        List<List<TextType>> candidates = new ArrayList<>();
        List<Boolean> forced = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            forced.add(forced(Optional.ofNullable(declared.get(columns.get(i).name()))));
            candidates.add(candidates(relation, columns.get(i), offered.get(i), sampled.get(i), forced.get(i), step));
        }
        List<long[]> counted = count(relation, columns, candidates, 1);
        Map<String, Typing> result = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            result.put(columns.get(i).name(), decide(columns.get(i), candidates.get(i), counted.get(i), forced.get(i)));
        }
        return result;
    }

    private List<TextType> offered(Optional<ColumnConfig> declared) {
        if (declared.flatMap(ColumnConfig::format).isPresent()) {
            return List.of(TextType.dateOfFormat(declared.get().format().orElseThrow()));
        }
        Optional<ColumnKind> kind = declared.flatMap(ColumnConfig::kind);
        if (kind.isEmpty()) {
            return datesOnly ? TextType.DATES : TextType.ALL;
        }
        return switch (kind.get()) {
            case NUMERIC -> TextType.DECLARED_NUMBERS;
            case TIMESTAMP -> TextType.DECLARED_DATES;
            case BOOLEAN -> TextType.YES_OR_NO;
            case CATEGORICAL -> datesOnly ? List.of() : TextType.NUMBERS;
            case TEXT, MULTI_CATEGORICAL, VECTOR -> List.of();
        };
    }

    private static boolean forced(Optional<ColumnConfig> declared) {
        return declared.flatMap(ColumnConfig::format).isPresent()
                || declared.flatMap(ColumnConfig::kind)
                        .filter(k -> k == ColumnKind.NUMERIC || k == ColumnKind.TIMESTAMP || k == ColumnKind.BOOLEAN)
                        .isPresent();
    }

    /// For each column: how many values it has, then how many are of each of its types.
    ///
    /// Columns of the same types are stacked into one, so that each test stands in the query once: hundreds of filtered
    /// aggregates side by side take the planner far longer than the rows take.
    private List<long[]> count(Relation relation, List<Attribute> columns, List<List<TextType>> types, long step) {
        Map<List<TextType>, List<Integer>> alike = new LinkedHashMap<>();
        List<long[]> result = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            alike.computeIfAbsent(types.get(i), t -> new ArrayList<>()).add(i);
            result.add(new long[types.get(i).size() + 1]);
        }
        String where = step > 1 ? " WHERE r.rowid % " + step + " = 0" : "";
        alike.forEach((tests, positions) -> {
            List<String> values =
                    positions.stream().map(i -> columns.get(i).sql()).toList();
            StringBuilder sql = new StringBuilder("SELECT position, count(*)");
            tests.forEach(t -> sql.append(", count(*) FILTER (WHERE ")
                    .append(t.test("value"))
                    .append(')'));
            sql.append(" FROM (SELECT unnest(")
                    .append(positions)
                    .append(") AS position, unnest([")
                    .append(String.join(", ", values))
                    .append("]) AS value FROM ")
                    .append(relation.from())
                    .append(where)
                    .append(") WHERE value IS NOT NULL GROUP BY position");
            duck.query(sql.toString(), row -> {
                long[] counts = result.get(row.getInt(1));
                for (int k = 0; k < counts.length; k++) {
                    counts[k] = row.getLong(k + 2);
                }
                return counts;
            });
        });
        return result;
    }

    /// What a column may be, by a sample. The many ways to write a date are tried only on texts that look like one.
    private List<TextType> candidates(
            Relation relation, Attribute column, List<TextType> offered, long[] counts, boolean forced, long step) {
        List<TextType> candidates = shortlist(offered, counts, forced);
        if (!candidates.contains(TextType.DATE_LIKE)) {
            return candidates;
        }
        List<TextType> written = TextType.WRITTEN_DATES;
        long[] of = count(relation, List.of(column), List.of(written), step).getFirst();
        return shortlist(written, of, forced);
    }

    /// The types worth counting over all rows: the best by the sample, and for whole numbers also any number.
    private static List<TextType> shortlist(List<TextType> offered, long[] counts, boolean forced) {
        int best = best(counts);
        if (best < 0 || (!forced && counts[best + 1] * 2 < counts[0])) {
            return forced && !offered.isEmpty() ? List.of(fallback(offered)) : List.of();
        }
        TextType type = offered.get(best);
        return type.equals(TextType.WHOLE_NUMBER) ? TextType.NUMBERS : List.of(type);
    }

    /// What a declared column is taken for when no value fits.
    private static TextType fallback(List<TextType> offered) {
        return offered.getLast().equals(TextType.DATE_LIKE) ? TextType.TIMESTAMP : offered.getLast();
    }

    /// The offered type that most values are of, the earlier on ties; -1 when none fits any value.
    private static int best(long[] counts) {
        int best = -1;
        for (int k = 0; k + 1 < counts.length; k++) {
            if (counts[k + 1] > 0 && (best < 0 || counts[k + 1] > counts[best + 1])) {
                best = k;
            }
        }
        return best;
    }

    private static Typing decide(Attribute column, List<TextType> candidates, long[] counts, boolean forced) {
        int best = best(counts);
        if (best < 0 && forced && !candidates.isEmpty()) {
            best = candidates.size() - 1;
        }
        if (best < 0) {
            return new Typing("VARCHAR", column.sql(), counts[0], 0, "", Optional.empty());
        }
        TextType type = candidates.get(best);
        long fits = counts[best + 1];
        String evidence = fits + " of " + counts[0] + " values are " + type.plural();
        if (forced || (fits > 0 && fits >= THRESHOLD * counts[0])) {
            String typed = fits == counts[0] ? type.castOfFitting(column.sql()) : type.cast(column.sql());
            return new Typing(type.duckType(), typed, counts[0], counts[0] - fits, evidence, Optional.empty());
        }
        return new Typing("VARCHAR", column.sql(), counts[0], 0, "", Optional.of(evidence));
    }

    /// A few values of a column that are not of its type.
    public List<String> examplesOfFailures(Relation relation, String column, Typing typing) {
        String value = relation.require(column).sql();
        return duck.query(
                "SELECT DISTINCT left(" + value + ", 40) AS example FROM " + relation.from() + " WHERE " + value
                        + " IS NOT NULL AND (" + typing.sql() + ") IS NULL ORDER BY example LIMIT 3",
                row -> Sql.text(String.valueOf(row.getString(1))));
    }
}
