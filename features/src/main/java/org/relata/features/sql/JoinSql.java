package org.relata.features.sql;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Step;

/// Writes the join of a path that leads to many rows, one row for each:
///
/// - `key`, and `row`, a number in order of time; `age` in microseconds where the row or one on the way has a time;
/// - `m0`, `m1`, …: the measures that are aggregated;
/// - where rows are counted for each row one hop before, `parent`, the number of that one; those without any are there
///   too, with no `row`;
/// - where the join is kept for longer paths: `cutoff`, `here`, the number of the row at the end, `at`, that of the row
///   that has the time, and the foreign keys `fk0`, `fk1`, … that longer paths follow.
///
/// A path of several hops starts from the join of the path without its last hop. Left to itself, DuckDB may join two
/// whole tables first, of which the pairs need a fraction.
final class JoinSql {
    private final FeaturePlan plan;
    private final Relations relations;
    private final JoinPath path;
    private final Map<String, String> items = new TreeMap<>();
    private final StringBuilder from;
    private final String base;

    JoinSql(FeaturePlan plan, Relations relations, JoinPath path) {
        this.plan = plan;
        this.relations = relations;
        this.path = path;
        boolean first = path.tail().size() == 1;
        this.base = first ? "k" : "j";
        this.from = new StringBuilder("FROM ")
                .append(first ? relations.keys(path.anchor()) : relations.join(path.shorter()))
                .append(' ')
                .append(base);
        hop(first);
    }

    private void hop(boolean first) {
        Step step = path.steps().getLast();
        String table = step.table();
        String visible = relations.visible("t", table, "<", base + ".cutoff");
        boolean agedBefore = !first && aged(plan, path.shorter());
        switch (step) {
            case Step.Children children -> {
                String here = base + (first ? ".row" : ".here");
                from.append("\n%s %s t ON %s = %s%s"
                        .formatted(
                                stacked(plan, path) ? "LEFT JOIN" : "JOIN",
                                relations.table(table),
                                Relations.link("t", children.foreignKey()),
                                here,
                                visible));
                items.put("here", "t." + Database.ROW);
                items.put("parent", here);
                // Rows of a timed table are numbered in order of time. Where the time is that of a row on the way,
                // that row's number comes first.
                if (plan.encoded(table).timed()) {
                    items.put("row", "t." + Database.ROW);
                    items.put("at", "t." + Database.ROW);
                    items.put("age", "epoch_us(%s.cutoff) - epoch_us(%s)".formatted(base, relations.time("t", table)));
                } else {
                    items.put("row", agedBefore ? base + ".at * 4294967296 + t." + Database.ROW : "t." + Database.ROW);
                }
            }
            case Step.Parent up -> {
                from.append("\nLEFT JOIN %s t ON t.%s = %s.fk%d%s"
                        .formatted(relations.table(table), Database.ROW, base, up.foreignKey(), visible));
                items.put("here", "t." + Database.ROW);
                items.put("row", base + ".row");
            }
            case Step.Latest _ -> throw new IllegalArgumentException("a latest row belongs to the anchor");
        }
        if (agedBefore) {
            items.putIfAbsent("at", base + ".at");
            items.putIfAbsent("age", base + ".age");
        }
    }

    /// The join for the queries of the path alone.
    String sql() {
        return select(false);
    }

    /// The join with all that longer paths need.
    String kept() {
        return select(true);
    }

    private String select(boolean kept) {
        StringBuilder select = new StringBuilder("SELECT %1$s.key, %2$s AS row".formatted(base, items.get("row")));
        if (kept) {
            select.append(", %s.cutoff, %s AS here".formatted(base, items.get("here")));
        }
        if (items.containsKey("age")) {
            select.append(", ").append(items.get("age")).append(" AS age");
            select.append(kept ? ", " + items.get("at") + " AS at" : "");
        }
        if (stacked(plan, path)) {
            select.append(", ").append(items.get("parent")).append(" AS parent");
        }
        EncodedTable end = plan.encoded(path.table());
        for (int m : measures()) {
            Measure measure = end.measures().get(m);
            String value = measure.type() == Measure.Type.LINK
                    ? parentSeen(end, measure)
                    : relations.measure("t", end.table(), measure);
            select.append(",\n       ").append(value).append(" AS m").append(m);
        }
        if (kept) {
            for (int key : relations.linksFollowed(path)) {
                select.append(", ")
                        .append(Relations.link("t", key))
                        .append(" AS fk")
                        .append(key);
            }
        }
        boolean gaps = path.tail().size() > 1 && stacked(plan, path.shorter());
        return select + "\n" + from + (gaps ? "\nWHERE j.here IS NOT NULL" : "");
    }

    private Set<Integer> measures() {
        Set<Integer> measures = new TreeSet<>();
        for (PathQuery query : plan.queries()) {
            if (query.path().equals(path)) {
                query.outputs().stream().map(Output::measure).forEach(measures::add);
            }
        }
        measures.remove(-1);
        return measures;
    }

    /// The parent a link leads to, if the cut-off does not hide it: a parent that appeared later is not known yet.
    private String parentSeen(EncodedTable end, Measure measure) {
        for (int i = 0; i < end.links().size(); i++) {
            EncodedTable.Link link = end.links().get(i);
            if (measure.name().equals(Database.foreignKeyColumn(i))
                    && link.timeColumn().isPresent()) {
                String time = Sql.id(link.timeColumn().get());
                from.append("\nLEFT JOIN main.%1$s l%2$d ON l%2$d.__row = %3$s AND l%2$d.%4$s < %5$s.cutoff"
                        .formatted(Sql.id(link.parent()), i, Relations.link("t", i), time, base));
                return "l" + i + "." + Database.ROW;
            }
        }
        return "t." + measure.name();
    }

    /// Whether the path's rows have a time, their own or that of rows on the way.
    static boolean aged(FeaturePlan plan, JoinPath path) {
        return path.tail().stream()
                .anyMatch(step -> step instanceof Step.Children
                        && plan.encoded(step.table()).timed());
    }

    /// Whether the path's rows are counted for each row one hop before.
    static boolean stacked(FeaturePlan plan, JoinPath path) {
        return plan.queries().stream().anyMatch(q -> q.stacked() && q.path().equals(path));
    }
}
