package org.relata.database.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Duck;

/// Concludes primary keys: columns without nulls and repeats whose name or place speaks for it.
public final class KeyInference {
    private static final int COMPOSITE_TRIES = 12;
    private static final long COMPOSITE_ROWS = 20_000_000;

    private final Duck duck;

    /// @param duck where the relations are
    public KeyInference(Duck duck) {
        this.duck = duck;
    }

    /// A primary key and why.
    ///
    /// @param columns its columns
    /// @param evidence why, with figures
    /// @param confidence from 0 to 1
    public record Conclusion(List<String> columns, String evidence, double confidence) {}

    private record Candidate(Attribute column, int score) {}

    /// The primary key of a relation, if one can be concluded.
    public Optional<Conclusion> judge(Relation relation, Map<String, ColumnStatistics> figures) {
        if (relation.rows() == 0) {
            return Optional.empty();
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < relation.attributes().size(); i++) {
            Attribute column = relation.attributes().get(i);
            ColumnStatistics of = figures.get(column.name());
            boolean keyType = column.isInteger() || column.isText();
            // The count of distinct values is approximate: let near misses through to the exact count.
            if (of != null && keyType && of.values() == relation.rows() && of.distinct() >= 0.85 * relation.rows()) {
                int score = score(relation, column, of, i);
                if (score > 0) {
                    candidates.add(new Candidate(column, score));
                }
            }
        }
        candidates.sort(Comparator.comparingInt(Candidate::score).reversed());
        for (Candidate candidate : candidates.stream().limit(5).toList()) {
            if (isUnique(relation, List.of(candidate.column()))) {
                String evidence = relation.rows() + " of " + relation.rows()
                        + " values are different and none is null; " + reason(candidate.score());
                return Optional.of(new Conclusion(
                        List.of(candidate.column().name()), evidence, Math.min(1.0, 0.5 + 0.1 * candidate.score())));
            }
        }
        return composite(relation, figures);
    }

    /// How much speaks for a column: its name, being first, being short.
    private static int score(Relation relation, Attribute column, ColumnStatistics figures, int position) {
        String name = column.plainName();
        List<String> rows = Names.singulars(Attribute.plain(relation.name()));
        Optional<String> stem = Names.keyStem(name);
        int score = 0;
        if (name.equals("id") || stem.filter(rows::contains).isPresent()) {
            score = 5;
        } else if (Names.looksLikeKey(column.name()) || rows.contains(name)) {
            score = 2;
        } else if (stem.isPresent()) {
            score = 1;
        }
        // A text that is long is a name or a description, however unique.
        boolean shortValues = column.isInteger() || figures.averageLength() <= 40;
        if (position == 0 && shortValues && (score > 0 || column.isInteger() || figures.averageLength() <= 20)) {
            score++;
        }
        return shortValues ? score : 0;
    }

    private static String reason(int score) {
        return score >= 5 ? "its name is that of a key of this table" : "its name or place is that of a key";
    }

    /// Two or three columns that look like keys and are unique together.
    private Optional<Conclusion> composite(Relation relation, Map<String, ColumnStatistics> figures) {
        if (relation.rows() > COMPOSITE_ROWS) {
            return Optional.empty();
        }
        List<Attribute> parts = relation.attributes().stream()
                .filter(c -> c.isInteger() || c.isText())
                .filter(c -> looksLikePart(c.name()))
                .filter(c -> {
                    ColumnStatistics of = figures.get(c.name());
                    return of != null && of.values() == relation.rows() && of.averageLength() <= 40;
                })
                .limit(6)
                .toList();
        int tries = 0;
        for (List<Attribute> columns : combinations(parts)) {
            double most = columns.stream()
                    .mapToDouble(c -> 1.15 * distinct(figures, c))
                    .reduce(1, (a, b) -> a * b);
            boolean key = columns.stream().anyMatch(c -> Names.looksLikeKey(c.name()));
            if (!key || most < relation.rows() || tries++ >= COMPOSITE_TRIES) {
                continue;
            }
            if (isUnique(relation, columns)) {
                List<String> names = columns.stream().map(Attribute::name).toList();
                return Optional.of(new Conclusion(
                        names,
                        "no column alone is a key, but " + String.join(" and ", names) + " together never repeat in "
                                + relation.rows() + " rows",
                        0.6));
            }
        }
        return Optional.empty();
    }

    private static long distinct(Map<String, ColumnStatistics> figures, Attribute column) {
        ColumnStatistics of = figures.get(column.name());
        return of == null ? 0 : of.distinct();
    }

    private static boolean looksLikePart(String name) {
        return Names.looksLikeKey(name)
                || switch (Names.lastWord(name)) {
                    case "line", "number", "no", "nr", "num", "seq", "sequence", "position" -> true;
                    default -> false;
                };
    }

    private static List<List<Attribute>> combinations(List<Attribute> parts) {
        List<List<Attribute>> result = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                result.add(List.of(parts.get(i), parts.get(j)));
            }
        }
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                for (int k = j + 1; k < parts.size(); k++) {
                    result.add(List.of(parts.get(i), parts.get(j), parts.get(k)));
                }
            }
        }
        return result;
    }

    private boolean isUnique(Relation relation, List<Attribute> columns) {
        String list = String.join(", ", columns.stream().map(Attribute::sql).toList());
        return duck.count("SELECT count(*) FROM (SELECT 1 FROM " + relation.from() + " GROUP BY " + list + ")")
                == relation.rows();
    }
}
