package org.relata.database.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.relata.database.Duck;

/// Concludes which column dates the rows of a table.
///
/// Such a column is a date that nearly every row has, whose values differ, and whose name says when the row came to be.
/// Dates of birth, and dates that are filled in or change later, are not.
public final class TimeInference {
    private static final Pattern BIRTH = Pattern.compile("birth|dob|born|geburt|naissance|nacimiento");
    private static final Pattern LATER =
            Pattern.compile("updated|modified|changed|deleted|finish|ended|closed|expire|expir"
                    + "|due|deliver|shipped|returned|required|cancel|resolved|until|validto|enddate|endtime|lastseen|lastlogin"
                    + "|discharge|death|died|arrival");
    private static final Pattern CREATION = Pattern.compile(
            "created|creation|placed|ordered|orderdate|occurred|posted|eventtime|eventdate|timestamp|happened|registered"
                    + "|signup|joined|recorded|transaction|purchase|visit|invoicedate|opened|received|hiredate");
    private static final Pattern PLAIN = Pattern.compile("date|time|datetime|ts|day|when|moment|datum");
    private static final double YEARS_IN_SECONDS = 365.25 * 24 * 3600;

    private final Duck duck;

    /// @param duck where the relations are
    public TimeInference(Duck duck) {
        this.duck = duck;
    }

    /// A table whose time column is looked for.
    ///
    /// @param relation the table
    /// @param primaryKey its primary key
    /// @param linked whether it refers to other tables
    public record Subject(Relation relation, List<String> primaryKey, boolean linked) {}

    /// A time column and why.
    ///
    /// @param column its name
    /// @param evidence why, with figures
    /// @param confidence from 0 to 1
    public record Conclusion(String column, String evidence, double confidence) {}

    private record Candidate(
            Attribute column, int score, long nulls, double median, double growth, String first, String last) {}

    /// The time column of each table that has one.
    ///
    /// @param subjects the tables to judge, by name
    /// @param figures the figures of their columns, by table
    public Map<String, Conclusion> judge(
            Map<String, Subject> subjects, Map<String, Map<String, ColumnStatistics>> figures) {
        Map<String, Candidate> best = new java.util.LinkedHashMap<>();
        for (Subject subject : subjects.values()) {
            List<Candidate> candidates =
                    candidates(subject, figures.getOrDefault(subject.relation().name(), Map.of()));
            candidates.stream()
                    .max(Comparator.comparingInt(Candidate::score)
                            .thenComparing(
                                    Comparator.comparingLong(Candidate::nulls).reversed()))
                    .ifPresent(c -> best.put(subject.relation().name(), c));
        }
        Map<String, Conclusion> result = new java.util.LinkedHashMap<>();
        best.forEach((table, candidate) -> {
            if (!precedesTheRest(subjects.get(table), candidate, best)) {
                result.put(table, conclusion(candidate));
            }
        });
        return result;
    }

    private List<Candidate> candidates(Subject subject, Map<String, ColumnStatistics> figures) {
        Relation relation = subject.relation();
        List<Candidate> result = new ArrayList<>();
        for (Attribute column : relation.attributes()) {
            ColumnStatistics of = figures.get(column.name());
            String name = column.plainName();
            if (of == null || !column.isTime() || of.values() == 0 || of.values() < 0.95 * relation.rows()) {
                continue;
            }
            if (of.distinct() < 2 || BIRTH.matcher(name).find()) {
                continue;
            }
            int score = 0;
            if (LATER.matcher(name).find()) {
                score -= 4;
            }
            if (CREATION.matcher(name).find()) {
                score += 3;
            }
            if (PLAIN.matcher(name).find() || name.endsWith("at") || name.endsWith("on")) {
                score += 2;
            }
            if (of.values() == relation.rows()) {
                score += 1;
            }
            result.add(measure(subject, column, score, relation.rows() - of.values()));
        }
        return result.stream().filter(c -> c.score() > 0).toList();
    }

    /// Adds what the values say: do they grow with the key?
    private Candidate measure(Subject subject, Attribute column, int score, long nulls) {
        Relation relation = subject.relation();
        String seconds = "epoch(CAST(" + column.sql() + " AS TIMESTAMP))";
        Optional<Attribute> key = subject.primaryKey().size() == 1
                ? relation.attribute(subject.primaryKey().getFirst()).filter(Attribute::isInteger)
                : Optional.empty();
        String order = key.map(Attribute::sql).orElse("r.rowid");
        long step = Math.max(1, relation.rows() / 200_000);
        return duck.query(
                        "SELECT median(" + seconds + "), corr(" + seconds + ", CAST(" + order
                                + " AS DOUBLE)), CAST(min("
                                + column.sql() + ") AS VARCHAR), CAST(max(" + column.sql() + ") AS VARCHAR) FROM "
                                + relation.from() + (step > 1 ? " WHERE r.rowid % " + step + " = 0" : ""),
                        row -> {
                            double median = row.getDouble(1);
                            double growth = row.getDouble(2);
                            growth = row.wasNull() ? 0 : growth;
                            return new Candidate(
                                    column,
                                    score + (growth > 0.5 ? 1 : 0),
                                    nulls,
                                    median,
                                    growth,
                                    String.valueOf(row.getString(3)),
                                    String.valueOf(row.getString(4)));
                        })
                .getFirst();
    }

    /// A table that refers to nothing and whose dates lie long before everything else holds dates of birth or the like.
    private static boolean precedesTheRest(
            @org.jspecify.annotations.Nullable Subject subject, Candidate candidate, Map<String, Candidate> all) {
        if (subject == null
                || subject.linked()
                || CREATION.matcher(candidate.column().plainName()).find()) {
            return false;
        }
        List<Candidate> others =
                all.values().stream().filter(c -> c != candidate).toList();
        return !others.isEmpty()
                && others.stream().allMatch(o -> candidate.median() + 10 * YEARS_IN_SECONDS < o.median());
    }

    private static Conclusion conclusion(Candidate c) {
        String grows = c.growth() > 0.5
                ? String.format(java.util.Locale.ROOT, ", growing with the rows (correlation %.2f)", c.growth())
                : "";
        return new Conclusion(
                c.column().name(),
                (c.nulls() == 0 ? "every row has one" : c.nulls() + " rows have none") + ", from " + c.first() + " to "
                        + c.last() + grows,
                Math.min(1.0, 0.4 + 0.1 * c.score()));
    }
}
