package org.relata.features.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Step;

/// Writes a plan as SQL over schema `features` of the store.
///
/// ## Relations
/// - `features.pairs(pair, entity, cutoff, seed)`: the rows features are computed for;
/// - `features."T"`: the encoded form of table T, with `__row`, `__fk0` …, `__time` and one column a measure;
/// - `features.a1`, `a2`, …: for each anchor (a path to one row) the row it leads to for each pair: `(pair, row)`;
/// - `features.k1`, `k2`, …: for anchors that many pairs share, the distinct `(key, row, cutoff)`, so that each is
/// aggregated once.
///
/// Every hop to a timed table carries `__time < cutoff`: this is where features are kept from seeing the future.
final class PlanSql {
    static final String SCRATCH = "features";

    private final FeaturePlan plan;
    private final String scratch;
    private final Map<JoinPath, Integer> anchors = new LinkedHashMap<>();

    /// @param scratch the schema or attached database that receives what is computed on the way
    PlanSql(FeaturePlan plan, String scratch) {
        this.plan = plan;
        this.scratch = scratch;
        for (PathQuery query : plan.queries()) {
            register(query.path().anchor());
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

    /// The tables that queries read.
    List<EncodedTable> tablesRead() {
        List<String> names = new ArrayList<>();
        for (PathQuery query : plan.queries()) {
            names.addAll(query.path().tables());
        }
        return plan.tables().stream().filter(t -> names.contains(t.table())).toList();
    }

    /// The statement that makes the encoded form of a table.
    String encode(EncodedTable table) {
        StringBuilder sql = new StringBuilder(
                "CREATE OR REPLACE TABLE " + relation(table.table()) + " AS\nSELECT t." + Database.ROW);
        for (int i = 0; i < table.links().size(); i++) {
            sql.append(", t.").append(Database.foreignKeyColumn(i));
        }
        table.timeColumn()
                .ifPresent(time -> sql.append(", t.").append(Sql.id(time)).append(" AS __time"));
        for (Measure measure : table.measures()) {
            if (measure.type() != Measure.Type.LINK) {
                sql.append(",\n       ")
                        .append(ReadingSql.of(measure))
                        .append(" AS ")
                        .append(Sql.id(measure.name()));
            }
        }
        return sql + "\nFROM main." + Sql.id(table.table()) + " t";
    }

    /// The anchors, each after the one it extends.
    List<JoinPath> anchors() {
        return List.copyOf(anchors.keySet());
    }

    /// The statement that finds the row an anchor leads to, for each pair.
    String anchor(JoinPath anchor) {
        String head = "CREATE OR REPLACE TABLE " + anchorName(anchor) + " AS\n";
        if (anchor.steps().isEmpty()) {
            EncodedTable entity = plan.encoded(anchor.entityTable());
            return head
                    + (entity.timed()
                            ? "SELECT p.pair, t.__row AS row FROM " + pairs() + " JOIN " + relation(entity.table())
                                    + " t ON t.__row = p.entity AND t.__time " + upTo() + " p.cutoff"
                            : "SELECT p.pair, p.entity AS row FROM " + pairs());
        }
        JoinPath before = new JoinPath(
                anchor.entityTable(), anchor.steps().subList(0, anchor.steps().size() - 1));
        String from = " FROM " + anchorName(before) + " a JOIN " + pairs() + " USING (pair)";
        return head
                + switch (anchor.steps().getLast()) {
                    case Step.Parent parent ->
                        "SELECT a.pair, t.__row AS row" + from + " JOIN " + relation(before.table())
                                + " c ON c.__row = a.row JOIN " + relation(parent.table()) + " t ON t.__row = c."
                                + Database.foreignKeyColumn(parent.foreignKey())
                                + visible("t", parent.table(), upTo(), "p.cutoff");
                    // Rows are numbered in order of time, so the latest visible row is the one with the largest number.
                    case Step.Latest latest ->
                        "SELECT a.pair, max(t.__row) AS row" + from + " JOIN " + relation(latest.table())
                                + " t ON t." + Database.foreignKeyColumn(latest.foreignKey()) + " = a.row"
                                + visible("t", latest.table(), "<", "p.cutoff") + " GROUP BY a.pair";
                    case Step.Children _ -> throw new IllegalArgumentException("an anchor leads to one row");
                };
    }

    /// The statement that gathers the distinct (row, cut-off) of an anchor.
    String keys(JoinPath anchor) {
        return "CREATE OR REPLACE TABLE " + keysName(anchor)
                + " AS\nSELECT row_number() OVER (ORDER BY row, cutoff) - 1 AS key,"
                + " row, cutoff FROM (SELECT DISTINCT a.row, p.cutoff FROM " + anchorName(anchor)
                + " a JOIN " + pairs() + " USING (pair))";
    }

    /// The query of a path: one row a pair that has any, with the features `f0`, `f1`, … after the pair's number.
    String query(PathQuery query) {
        return query.path().toMany() ? many(query) : one(query);
    }

    /// The query that leads from the result of a to-many query, kept as a table, to the pairs.
    String spread(PathQuery query, String result) {
        return "SELECT a.pair, r.* EXCLUDE (key) FROM "
                + anchorName(query.path().anchor()) + " a JOIN " + pairs() + " USING (pair) JOIN "
                + keysName(query.path().anchor()) + " k ON k.row = a.row AND k.cutoff = p.cutoff JOIN " + result
                + " r ON r.key = k.key";
    }

    private String one(PathQuery query) {
        EncodedTable end = plan.encoded(query.path().table());
        StringBuilder sql = new StringBuilder("SELECT p.pair");
        for (int i = 0; i < query.outputs().size(); i++) {
            sql.append(",\n       ")
                    .append(direct(query.outputs().get(i), end))
                    .append(" AS f")
                    .append(i);
        }
        return sql + "\nFROM " + pairs() + " LEFT JOIN " + anchorName(query.path()) + " a ON a.pair = p.pair\n"
                + "LEFT JOIN " + relation(end.table()) + " t ON t.__row = a.row";
    }

    private static String direct(Output output, EncodedTable end) {
        String days = "(epoch_us(p.seed) - epoch_us(%s)) / 86400e6";
        return switch (output.aggregation()) {
            case STALENESS -> days.formatted("p.cutoff");
            case SEED_MONTH -> "month(p.seed)";
            case SEED_WEEKDAY -> "isodow(p.seed)";
            case SEED_HOUR -> "hour(p.seed)";
            case SINCE_LAST -> "(epoch_us(p.cutoff) - epoch_us(t.__time)) / 86400e6";
            case VALUE -> {
                Measure measure = end.measures().get(output.measure());
                String value = "t." + Sql.id(measure.name());
                yield measure.type() == Measure.Type.TIME ? "epoch_us(p.seed) / 86400e6 - " + value : value;
            }
            case COUNT, SUM, MEAN, MIN, MAX, DEVIATION, SKEWNESS, DISTINCT, MODE, SHARE, LAST, TREND, SINCE_FIRST ->
                throw new IllegalArgumentException(output.aggregation() + " needs many rows");
        };
    }

    private String many(PathQuery query) {
        Map<Integer, String> columns = new LinkedHashMap<>();
        Map<Integer, String> histograms = new LinkedHashMap<>();
        for (Output output : query.outputs()) {
            if (output.measure() >= 0) {
                columns.putIfAbsent(output.measure(), "m" + output.measure());
                if (output.aggregation() == Aggregation.MODE) {
                    histograms.putIfAbsent(output.measure(), "h" + output.measure());
                }
            }
        }
        String rows = "WITH joined AS (\n" + joined(query, columns) + "\n)";
        if (query.stacked()) {
            return rows + stacked(query);
        }
        StringBuilder inner = new StringBuilder("SELECT key");
        StringBuilder outer = new StringBuilder("SELECT key");
        histograms.forEach((m, name) ->
                inner.append(",\n       histogram(m").append(m).append(") AS ").append(name));
        for (int i = 0; i < query.outputs().size(); i++) {
            Output output = query.outputs().get(i);
            if (output.aggregation() == Aggregation.MODE) {
                String h = "h" + output.measure();
                // The histogram's categories ascend, so the first with the largest count is the smallest such code.
                outer.append(", map_keys(%1$s)[list_position(map_values(%1$s), list_max(map_values(%1$s)))] AS f%2$d"
                        .formatted(h, i));
            } else {
                inner.append(",\n       ")
                        .append(AggregateSql.of(output))
                        .append(" AS f")
                        .append(i);
                outer.append(", f").append(i);
            }
        }
        inner.append("\nFROM joined GROUP BY key");
        return histograms.isEmpty()
                ? rows + "\n" + inner
                : rows + ", grouped AS (\n" + inner + "\n)\n" + outer + " FROM grouped";
    }

    /// One row for each row the path joins: the key, its age and number, and the measures that are aggregated.
    private String joined(PathQuery query, Map<Integer, String> columns) {
        JoinPath path = query.path();
        EncodedTable end = plan.encoded(path.table());
        StringBuilder from = new StringBuilder("    FROM " + keysName(path.anchor()) + " k");
        String here = "k.row";
        String timed = "";
        String counted = "";
        String outerRow = "";
        List<Step> tail = path.tail();
        for (int i = 0; i < tail.size(); i++) {
            Step step = tail.get(i);
            String alias = "t" + (i + 1);
            boolean lastOfStack = query.stacked() && i == tail.size() - 1;
            switch (step) {
                case Step.Children c -> {
                    from.append(lastOfStack ? "\n    LEFT JOIN " : "\n    JOIN ")
                            .append(relation(c.table()))
                            .append(' ')
                            .append(alias)
                            .append(" ON ")
                            .append(alias)
                            .append('.')
                            .append(Database.foreignKeyColumn(c.foreignKey()))
                            .append(" = ")
                            .append(here)
                            .append(visible(alias, c.table(), "<", "k.cutoff"));
                    outerRow = counted;
                    counted = alias + ".__row";
                    timed = plan.encoded(c.table()).timed() ? alias : timed;
                }
                case Step.Parent p ->
                    from.append("\n    LEFT JOIN ")
                            .append(relation(p.table()))
                            .append(' ')
                            .append(alias)
                            .append(" ON ")
                            .append(alias)
                            .append(".__row = t")
                            .append(i)
                            .append('.')
                            .append(Database.foreignKeyColumn(p.foreignKey()))
                            .append(visible(alias, p.table(), "<", "k.cutoff"));
                case Step.Latest _ -> throw new IllegalArgumentException("a latest row belongs to the anchor");
            }
            here = alias + ".__row";
        }
        // Rows of a timed table are numbered in order of time. Where the time is that of a row on the way, that row's
        // number
        // comes first.
        String order = timed.isEmpty() || query.stacked() || counted.equals(timed + ".__row")
                ? counted
                : timed + ".__row * 4294967296 + " + counted;
        StringBuilder select = new StringBuilder("    SELECT k.key, " + order + " AS row");
        if (query.stacked()) {
            select.append(", ").append(outerRow).append(" AS parent");
        }
        if (!timed.isEmpty()) {
            select.append(", epoch_us(k.cutoff) - epoch_us(").append(timed).append(".__time) AS age");
        }
        String alias = "t" + tail.size();
        columns.forEach((m, name) -> {
            Measure measure = end.measures().get(m);
            String value = alias + '.' + Sql.id(measure.name());
            if (measure.type() == Measure.Type.LINK) {
                value = parentSeen(end, measure, alias, from);
            }
            select.append(", ").append(value).append(" AS ").append(name);
        });
        return select + "\n" + from;
    }

    /// The parent a link leads to, if the cut-off does not hide it: a parent that appeared later is not known yet.
    private static String parentSeen(EncodedTable end, Measure measure, String alias, StringBuilder from) {
        String key = alias + '.' + measure.name();
        for (int i = 0; i < end.links().size(); i++) {
            EncodedTable.Link link = end.links().get(i);
            if (measure.name().equals(Database.foreignKeyColumn(i))
                    && link.timeColumn().isPresent()) {
                String parent = "l" + i;
                from.append("\n    LEFT JOIN main.%1$s %2$s ON %2$s.__row = %3$s AND %2$s.%4$s < k.cutoff"
                        .formatted(
                                Sql.id(link.parent()),
                                parent,
                                key,
                                Sql.id(link.timeColumn().get())));
                return parent + ".__row";
            }
        }
        return key;
    }

    private static String stacked(PathQuery query) {
        Map<String, String> inner = new LinkedHashMap<>();
        StringBuilder outer = new StringBuilder("SELECT key");
        for (int i = 0; i < query.outputs().size(); i++) {
            Output output = query.outputs().get(i);
            String name = inner.computeIfAbsent(AggregateSql.perRow(output), _ -> "i" + inner.size());
            outer.append(",\n       ")
                    .append(AggregateSql.overRows(output, name))
                    .append(" AS f")
                    .append(i);
        }
        StringBuilder per = new StringBuilder(", per_row AS (\n    SELECT key, parent");
        inner.forEach((expression, name) ->
                per.append(", ").append(expression).append(" AS ").append(name));
        return per + "\n    FROM joined GROUP BY key, parent\n)\n" + outer + "\nFROM per_row GROUP BY key";
    }

    private String visible(String alias, String table, String comparison, String cutoff) {
        return plan.encoded(table).timed() ? " AND " + alias + ".__time " + comparison + " " + cutoff : "";
    }

    /// The table for the result of the query at work.
    String result() {
        return scratch + ".result";
    }

    private String pairs() {
        return scratch + ".pairs p";
    }

    private String upTo() {
        return plan.includeCutoff() ? "<=" : "<";
    }

    String anchorName(JoinPath anchor) {
        return scratch + ".a" + anchors.get(anchor);
    }

    String keysName(JoinPath anchor) {
        return scratch + ".k" + anchors.get(anchor);
    }

    private String relation(String table) {
        return scratch + "." + Sql.id("t " + table);
    }
}
