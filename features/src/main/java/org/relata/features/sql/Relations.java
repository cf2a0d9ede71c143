package org.relata.features.sql;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.Measure;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Step;

/// The names of what a plan's SQL reads: tables, their times and measures, and what is computed on the way.
///
/// A table is read in its encoded form, `features."t T"`, where its measures are columns, or as it is, `main."T"`,
/// where they are expressions. The values are the same; which costs less depends on how many rows are joined.
final class Relations {
    private final FeaturePlan plan;
    private final String scratch;
    private final Set<String> encoded;
    private final Map<JoinPath, Integer> anchors = new LinkedHashMap<>();
    private final Map<JoinPath, Integer> joins = new LinkedHashMap<>();

    /// @param scratch the schema or attached database that receives what is computed on the way
    /// @param encoded the tables that are read in their encoded form
    Relations(FeaturePlan plan, String scratch, Set<String> encoded) {
        this.plan = plan;
        this.scratch = scratch;
        this.encoded = Set.copyOf(encoded);
        for (PathQuery query : plan.queries()) {
            register(query.path().anchor());
            keep(query);
        }
    }

    /// A join is kept where more than one query reads it, or a longer path starts from it.
    private void keep(PathQuery query) {
        JoinPath path = query.path();
        if (!path.toMany()) {
            return;
        }
        for (JoinPath before = path; before.tail().size() > 1; before = before.shorter()) {
            joins.putIfAbsent(before.shorter(), joins.size());
        }
        if (plan.queries().stream().filter(q -> q.path().equals(path)).count() > 1) {
            joins.putIfAbsent(path, joins.size());
        }
    }

    private void register(JoinPath anchor) {
        if (!anchor.steps().isEmpty()) {
            register(new JoinPath(
                    anchor.entityTable(),
                    anchor.steps().subList(0, anchor.steps().size() - 1)));
        }
        anchors.putIfAbsent(anchor, anchors.size());
    }

    /// The anchors, each after the one it extends.
    List<JoinPath> anchors() {
        return List.copyOf(anchors.keySet());
    }

    boolean isEncoded(String table) {
        return encoded.contains(table);
    }

    /// The encoded form of a table.
    String encodedName(String table) {
        return scratch + "." + Sql.id("t " + table);
    }

    /// The relation that stands for a table.
    String table(String table) {
        return isEncoded(table) ? encodedName(table) : "main." + Sql.id(table);
    }

    /// The time of a row of a timed table.
    String time(String alias, String table) {
        String column = isEncoded(table)
                ? EncodedTable.TIME
                : Sql.id(plan.encoded(table).timeColumn().orElseThrow());
        return alias + "." + column;
    }

    /// The value of a measure; for a link the row number of the parent.
    String measure(String alias, String table, Measure measure) {
        return isEncoded(table) || measure.type() == Measure.Type.LINK
                ? alias + "." + Sql.id(measure.name())
                : ReadingSql.of(measure, alias);
    }

    /// The condition, with `AND` before it, that the cut-off does not hide a row; empty for static tables.
    String visible(String alias, String table, String comparison, String cutoff) {
        return plan.encoded(table).timed() ? " AND " + time(alias, table) + " " + comparison + " " + cutoff : "";
    }

    /// A foreign key column.
    static String link(String alias, int foreignKey) {
        return alias + "." + Database.foreignKeyColumn(foreignKey);
    }

    /// The rows features are computed for.
    String pairs() {
        return scratch + ".pairs";
    }

    /// For each pair the row that an anchor leads to.
    String anchor(JoinPath anchor) {
        return scratch + ".a" + anchors.get(anchor);
    }

    /// The distinct (row, cut-off) of an anchor, numbered.
    String keys(JoinPath anchor) {
        return scratch + ".k" + anchors.get(anchor);
    }

    /// For each pair the number of its (row, cut-off).
    String uses(JoinPath anchor) {
        return scratch + ".u" + anchors.get(anchor);
    }

    /// Whether the join of a path is kept as a table.
    boolean keepsJoin(JoinPath path) {
        return joins.containsKey(path);
    }

    /// The join of a path, where it is kept.
    String join(JoinPath path) {
        return scratch + ".j" + joins.get(path);
    }

    /// The kept joins that a query needs, directly or by way of others: each after the one it extends.
    List<JoinPath> joinsOf(PathQuery query) {
        return joins.keySet().stream()
                .filter(path -> query.path().startsWith(path))
                .sorted(Comparator.comparingInt(JoinPath::depth))
                .toList();
    }

    /// Which foreign keys of its last table longer paths follow from a path.
    Set<Integer> linksFollowed(JoinPath path) {
        Set<Integer> keys = new TreeSet<>();
        for (PathQuery query : plan.queries()) {
            boolean longer = query.path().depth() > path.depth() && query.path().startsWith(path);
            if (longer && query.path().steps().get(path.depth()) instanceof Step.Parent up) {
                keys.add(up.foreignKey());
            }
        }
        return keys;
    }
}
