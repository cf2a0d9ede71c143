package org.relata.database.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.Duck;

/// Concludes foreign keys: columns whose values are those of another table's primary key, and whose name says so.
///
/// How many values are found in the parent is measured, over a sample of rows where the table is large. A column is
/// never given two parents.
public final class LinkInference {
    private static final long SAMPLE = 1_000_000;

    private final Duck duck;

    /// @param duck where the relations are
    public LinkInference(Duck duck) {
        this.duck = duck;
    }

    /// A table that may be linked to.
    ///
    /// @param relation the table
    /// @param primaryKey its primary key
    public record Parent(Relation relation, List<String> primaryKey) {}

    /// A foreign key and why.
    ///
    /// @param columns the referencing columns
    /// @param table the parent
    /// @param evidence why, with figures
    /// @param confidence from 0 to 1
    public record Conclusion(List<String> columns, String table, String evidence, double confidence) {}

    private record Match(Parent parent, int strength, double share, long distinct) {}

    /// The foreign keys of a relation, at most one a column.
    ///
    /// @param relation the referencing table
    /// @param ownKey its primary key
    /// @param settled columns that are not to be judged, because their links are declared
    /// @param figures the figures of its columns
    /// @param parents every table that has a primary key
    public List<Conclusion> judge(
            Relation relation,
            List<String> ownKey,
            Set<String> settled,
            Map<String, ColumnStatistics> figures,
            List<Parent> parents) {
        List<Conclusion> result = new ArrayList<>();
        for (Attribute column : relation.attributes()) {
            ColumnStatistics of = figures.get(column.name());
            boolean keyType = column.isInteger() || column.isText() || wholeFloat(column, of);
            if (!keyType || settled.contains(column.name()) || of == null || of.values() == 0) {
                continue;
            }
            best(relation, ownKey, column, parents).ifPresent(result::add);
        }
        result.addAll(composite(relation, settled, parents));
        return result;
    }

    private static boolean wholeFloat(Attribute column, @org.jspecify.annotations.Nullable ColumnStatistics figures) {
        return column.isFloating() && figures != null && figures.wholeValues() == figures.values();
    }

    private Optional<Conclusion> best(Relation relation, List<String> ownKey, Attribute column, List<Parent> parents) {
        boolean isOwnKey = ownKey.equals(List.of(column.name()));
        List<Match> matches = new ArrayList<>();
        for (Parent parent : parents) {
            boolean self = parent.relation().name().equals(relation.name());
            if (parent.primaryKey().size() != 1 || (self && isOwnKey)) {
                continue;
            }
            Attribute key = parent.relation().require(parent.primaryKey().getFirst());
            int strength = Names.linkStrength(
                    column.plainName(), Attribute.plain(parent.relation().name()), key.plainName());
            boolean sameType = key.isText() == column.isText();
            boolean worthCounting = strength > 0 ? (sameType || strength == 3) : sameType && blind(column, isOwnKey);
            // A table's own key is a link only where it bears the other table's name.
            if (!worthCounting || (isOwnKey && strength < 3) || (isOwnKey && ownName(relation, column))) {
                continue;
            }
            measure(relation, column, parent, key, strength).ifPresent(matches::add);
        }
        return choose(column, matches);
    }

    private static boolean ownName(Relation relation, Attribute column) {
        return column.plainName().equals("id")
                || Names.keyStem(column.plainName())
                        .filter(Names.singulars(Attribute.plain(relation.name()))::contains)
                        .isPresent();
    }

    /// Whether a column whose name points to no table is worth comparing with all of them.
    private static boolean blind(Attribute column, boolean isOwnKey) {
        return !isOwnKey && Names.looksLikeKey(column.name());
    }

    private Optional<Match> measure(Relation relation, Attribute column, Parent parent, Attribute key, int strength) {
        boolean alike = key.isText() == column.isText();
        String value = alike ? column.sql() : "CAST(" + column.sql() + " AS VARCHAR)";
        String parentValue = alike ? key.sql() : "CAST(" + key.sql() + " AS VARCHAR)";
        long step = Math.max(1, relation.rows() / SAMPLE);
        String sample = step > 1 ? " AND r.rowid % " + step + " = 0" : "";
        return duck
                .query(
                        "SELECT count(*), count(*) FILTER (WHERE found) FROM (SELECT value IN (SELECT " + parentValue
                                + " FROM " + parent.relation().from() + " WHERE " + key.sql()
                                + " IS NOT NULL) AS found FROM (SELECT DISTINCT " + value + " AS value FROM "
                                + relation.from() + " WHERE " + value + " IS NOT NULL" + sample + "))",
                        row -> new Match(
                                parent,
                                strength,
                                row.getLong(1) == 0 ? 0 : row.getLong(2) / (double) row.getLong(1),
                                row.getLong(1)))
                .stream()
                .filter(m -> m.distinct() > 0)
                .findFirst();
    }

    private static Optional<Conclusion> choose(Attribute column, List<Match> matches) {
        List<Match> good = matches.stream()
                .filter(m -> switch (m.strength()) {
                    case 3 -> m.share() >= 0.5;
                    case 2 -> m.share() >= 0.9;
                    default -> m.share() == 1.0 && m.distinct() >= 10;
                })
                .sorted(Comparator.comparingInt(Match::strength)
                        .thenComparingDouble(Match::share)
                        .reversed())
                .toList();
        if (good.isEmpty()) {
            return Optional.empty();
        }
        Match best = good.getFirst();
        boolean ambiguous = best.strength() == 0 && good.size() > 1;
        if (ambiguous) {
            return Optional.empty();
        }
        String table = best.parent().relation().name();
        String percent = String.format(java.util.Locale.ROOT, "%.1f", 100 * best.share());
        String name = switch (best.strength()) {
            case 3 -> "its name is that of the key";
            case 2 -> "its name contains that of the key";
            default -> "no other table has all of them";
        };
        return Optional.of(new Conclusion(
                List.of(column.name()),
                table,
                percent + " % of its " + best.distinct() + " different values are a "
                        + best.parent().primaryKey().getFirst() + " of " + table + "; " + name,
                best.share() * (0.6 + 0.13 * best.strength())));
    }

    /// Links to composite keys: a table that has columns of the same names, not the keyed table itself.
    private List<Conclusion> composite(Relation relation, Set<String> settled, List<Parent> parents) {
        List<Conclusion> result = new ArrayList<>();
        for (Parent parent : parents) {
            List<String> key = parent.primaryKey();
            boolean named = key.size() > 1
                    && !parent.relation().name().equals(relation.name())
                    && key.stream().allMatch(k -> relation.attribute(k).isPresent() && !settled.contains(k));
            if (!named) {
                continue;
            }
            List<String> here = new ArrayList<>();
            List<String> there = new ArrayList<>();
            for (int k = 0; k < key.size(); k++) {
                here.add("CAST(" + relation.require(key.get(k)).sql() + " AS VARCHAR) AS v" + k);
                there.add("CAST(" + parent.relation().require(key.get(k)).sql() + " AS VARCHAR) AS v" + k);
            }
            long[] counts = duck.query(
                            "SELECT count(*), (SELECT count(*) FROM (" + distinct(relation, here) + " INTERSECT "
                                    + distinct(parent.relation(), there) + ")) FROM (" + distinct(relation, here)
                                    + ")",
                            row -> new long[] {row.getLong(1), row.getLong(2)})
                    .getFirst();
            if (counts[0] > 0 && counts[1] >= 0.95 * counts[0]) {
                result.add(new Conclusion(
                        key,
                        parent.relation().name(),
                        counts[1] + " of " + counts[0] + " different combinations are a key of "
                                + parent.relation().name() + ", whose columns have the same names",
                        0.8));
            }
        }
        return result;
    }

    private static String distinct(Relation relation, List<String> values) {
        return "SELECT DISTINCT " + String.join(", ", values) + " FROM " + relation.from();
    }
}
