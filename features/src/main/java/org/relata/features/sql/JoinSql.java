package org.relata.features.sql;

import java.util.List;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Measure;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Step;

/// Writes the join of a path that leads to many rows: one row for each, with its `key`, its number `row`, its `age` in
/// microseconds where it has a time, in stacks the number of its `parent`, and the measures that are aggregated.
final class JoinSql {
    private final Relations relations;
    private final EncodedTable end;
    private final PathQuery query;
    private final StringBuilder from;
    private String here = "k.row";
    private String counted = "";
    private String timedTable = "";
    private String timed = "";
    private String parent = "";

    JoinSql(FeaturePlan plan, Relations relations, PathQuery query) {
        this.relations = relations;
        this.query = query;
        this.end = plan.encoded(query.path().table());
        this.from = new StringBuilder("    FROM " + relations.keys(query.path().anchor()) + " k");
        List<Step> tail = query.path().tail();
        for (int i = 0; i < tail.size(); i++) {
            hop(plan, tail.get(i), i + 1, i == tail.size() - 1);
        }
    }

    private void hop(FeaturePlan plan, Step step, int position, boolean last) {
        String alias = "t" + position;
        String table = step.table();
        switch (step) {
            case Step.Children children -> {
                from.append(last && query.stacked() ? "\n    LEFT JOIN " : "\n    JOIN ")
                        .append("%s %s ON %s = %s"
                                .formatted(
                                        relations.table(table),
                                        alias,
                                        Relations.link(alias, children.foreignKey()),
                                        here));
                parent = counted;
                counted = alias + "." + Database.ROW;
                if (plan.encoded(table).timed()) {
                    timed = alias;
                    timedTable = table;
                }
            }
            case Step.Parent up -> {
                String key = Relations.link("t" + (position - 1), up.foreignKey());
                from.append(
                        "\n    LEFT JOIN %1$s %2$s ON %2$s.__row = %3$s".formatted(relations.table(table), alias, key));
            }
            case Step.Latest _ -> throw new IllegalArgumentException("a latest row belongs to the anchor");
        }
        from.append(relations.visible(alias, table, "<", "k.cutoff"));
        here = alias + "." + Database.ROW;
    }

    /// The join.
    ///
    /// @param columns the measures wanted, by their position, and what they are called
    String sql(Map<Integer, String> columns) {
        // Rows of a timed table are numbered in order of time. Where the time is that of a row on the way, that row's
        // number comes first.
        boolean own = timed.isEmpty() || query.stacked() || counted.equals(timed + "." + Database.ROW);
        String order = own ? counted : timed + ".__row * 4294967296 + " + counted;
        StringBuilder select = new StringBuilder("    SELECT k.key, " + order + " AS row");
        if (query.stacked()) {
            select.append(", ").append(parent).append(" AS parent");
        } else if (!timed.isEmpty()) {
            select.append(", epoch_us(k.cutoff) - epoch_us(%s) AS age".formatted(relations.time(timed, timedTable)));
        }
        String alias = "t" + query.path().tail().size();
        columns.forEach((m, name) -> {
            Measure measure = end.measures().get(m);
            String value = measure.type() == Measure.Type.LINK
                    ? parentSeen(measure, alias)
                    : relations.measure(alias, end.table(), measure);
            select.append(", ").append(value).append(" AS ").append(name);
        });
        return select + "\n" + from;
    }

    /// The parent a link leads to, if the cut-off does not hide it: a parent that appeared later is not known yet.
    private String parentSeen(Measure measure, String alias) {
        for (int i = 0; i < end.links().size(); i++) {
            EncodedTable.Link link = end.links().get(i);
            if (measure.name().equals(Database.foreignKeyColumn(i))
                    && link.timeColumn().isPresent()) {
                String time = Sql.id(link.timeColumn().get());
                from.append("\n    LEFT JOIN main.%1$s l%2$d ON l%2$d.__row = %3$s AND l%2$d.%4$s < k.cutoff"
                        .formatted(Sql.id(link.parent()), i, Relations.link(alias, i), time));
                return "l" + i + "." + Database.ROW;
            }
        }
        return alias + "." + measure.name();
    }
}
