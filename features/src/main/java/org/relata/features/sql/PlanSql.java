package org.relata.features.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.relata.features.sql.PlanStatements.Role;
import org.relata.features.sql.PlanStatements.Statement;

/// Writes a plan as SQL.
///
/// ## Relations
/// - `features.pairs(pair, entity, cutoff, seed)`: the rows features are computed for;
/// - `features."t T"`: the encoded form of table T, with `__row`, `__fk0` …, `__time` and one column a measure;
/// - `features.a1`, `a2`, …: for each anchor (a path to one row) the row it leads to for each pair: `(pair, row)`;
/// - `features.k1`, `k2`, …: the distinct `(key, row, cutoff)` of an anchor, so that each is aggregated once;
/// - `features.u1`, `u2`, …: which pairs use them: `(pair, key)`;
/// - `features.j1`, `j2`, …: the joins that several queries need, see [JoinSql].
///
/// Every hop to a timed table says that the row is dated before the cut-off: this is where features are kept from
/// seeing the future.
final class PlanSql {
    static final String SCRATCH = "features";

    private final FeaturePlan plan;
    private final Relations relations;

    PlanSql(FeaturePlan plan, Relations relations) {
        this.plan = plan;
        this.relations = relations;
    }

    /// What is computed before the queries, in order.
    List<Statement> preparations() {
        List<Statement> statements = new ArrayList<>();
        for (EncodedTable table : plan.tables()) {
            if (relations.isEncoded(table.table())) {
                statements.add(statement(Role.ENCODE, table.table(), encode(table)));
            }
        }
        for (JoinPath anchor : relations.anchors()) {
            statements.add(statement(Role.ANCHOR, relations.anchor(anchor), anchor(anchor)));
            if (plan.queries().stream()
                    .anyMatch(q -> q.path().toMany() && q.path().anchor().equals(anchor))) {
                statements.add(statement(Role.KEYS, relations.keys(anchor), keys(anchor)));
                statements.add(statement(Role.USES, relations.uses(anchor), uses(anchor)));
            }
        }
        return statements;
    }

    /// The joins that are kept for a query, each after the one it extends; earlier queries may need them too.
    List<Statement> joins(PathQuery query) {
        return relations.joinsOf(query).stream()
                .map(path -> statement(Role.JOIN, relations.join(path), new JoinSql(plan, relations, path).kept()))
                .toList();
    }

    private static Statement statement(Role role, String subject, String select) {
        return new Statement(role, subject, Optional.empty(), select);
    }

    /// The statement that keeps the result of a preparation as a table.
    String keeping(Statement preparation) {
        String name = preparation.role() == Role.ENCODE
                ? relations.encodedName(preparation.subject())
                : preparation.subject();
        return "CREATE OR REPLACE TABLE " + name + " AS\n" + preparation.select();
    }

    private String encode(EncodedTable table) {
        StringBuilder sql = new StringBuilder("SELECT t." + Database.ROW);
        for (int i = 0; i < table.links().size(); i++) {
            sql.append(", ").append(Relations.link("t", i));
        }
        table.timeColumn()
                .ifPresent(time -> sql.append(", t.").append(Sql.id(time)).append(" AS " + EncodedTable.TIME));
        Set<Integer> used = measuresRead(table.table());
        for (int m = 0; m < table.measures().size(); m++) {
            Measure measure = table.measures().get(m);
            if (measure.type() != Measure.Type.LINK && used.contains(m)) {
                sql.append(",\n       ")
                        .append(ReadingSql.of(measure, "t"))
                        .append(" AS ")
                        .append(Sql.id(measure.name()));
            }
        }
        return sql + "\nFROM main." + Sql.id(table.table()) + " t";
    }

    private Set<Integer> measuresRead(String table) {
        return plan.queries().stream()
                .filter(q -> q.path().table().equals(table))
                .flatMap(q -> q.outputs().stream())
                .map(Output::measure)
                .collect(Collectors.toSet());
    }

    /// Finds the row an anchor leads to, for each pair.
    private String anchor(JoinPath anchor) {
        if (anchor.steps().isEmpty()) {
            String visible = relations.visible("t", anchor.entityTable(), upTo(), "p.cutoff");
            return visible.isEmpty()
                    ? "SELECT p.pair, p.entity AS row FROM " + relations.pairs() + " p"
                    : "SELECT p.pair, t.__row AS row FROM " + relations.pairs() + " p JOIN "
                            + relations.table(anchor.entityTable()) + " t ON t.__row = p.entity" + visible;
        }
        JoinPath before = new JoinPath(
                anchor.entityTable(), anchor.steps().subList(0, anchor.steps().size() - 1));
        String from = " FROM " + relations.anchor(before) + " a JOIN " + relations.pairs() + " p USING (pair)";
        return switch (anchor.steps().getLast()) {
            case Step.Parent parent ->
                "SELECT a.pair, t.__row AS row" + from + " JOIN " + relations.table(before.table())
                        + " c ON c.__row = a.row JOIN " + relations.table(parent.table()) + " t ON t.__row = "
                        + Relations.link("c", parent.foreignKey())
                        + relations.visible("t", parent.table(), upTo(), "p.cutoff");
            // Rows are numbered in order of time, so the latest visible row is the one with the largest number.
            case Step.Latest latest ->
                "SELECT a.pair, max(t.__row) AS row" + from + " JOIN " + relations.table(latest.table())
                        + " t ON " + Relations.link("t", latest.foreignKey()) + " = a.row"
                        + relations.visible("t", latest.table(), "<", "p.cutoff") + " GROUP BY a.pair";
            case Step.Children _ -> throw new IllegalArgumentException("an anchor leads to one row");
        };
    }

    private String keys(JoinPath anchor) {
        return "SELECT row_number() OVER (ORDER BY row, cutoff) - 1 AS key,"
                + " row, cutoff FROM (SELECT DISTINCT a.row, p.cutoff FROM " + relations.anchor(anchor) + " a JOIN "
                + relations.pairs() + " p USING (pair))";
    }

    private String uses(JoinPath anchor) {
        return "SELECT a.pair, k.key FROM "
                + relations.anchor(anchor) + " a JOIN " + relations.pairs() + " p USING (pair) JOIN "
                + relations.keys(anchor) + " k ON k.row = a.row AND k.cutoff = p.cutoff";
    }

    /// The query of a path: one row a pair that has any, with the features `f0`, `f1`, … as 64-bit floats after the
    /// pair's number.
    String query(PathQuery query) {
        if (!query.path().toMany()) {
            return one(query);
        }
        return query.stacked() ? stacked(query) : many(query);
    }

    private String one(PathQuery query) {
        EncodedTable end = plan.encoded(query.path().table());
        StringBuilder sql = new StringBuilder("SELECT p.pair");
        for (int i = 0; i < query.outputs().size(); i++) {
            sql.append(",\n       ").append(number(direct(query.outputs().get(i), end), i));
        }
        return sql + "\nFROM " + relations.pairs() + " p LEFT JOIN " + relations.anchor(query.path())
                + " a ON a.pair = p.pair\nLEFT JOIN " + relations.table(end.table()) + " t ON t.__row = a.row";
    }

    private static String number(String expression, int output) {
        return "CAST(" + expression + " AS DOUBLE) AS f" + output;
    }

    private String direct(Output output, EncodedTable end) {
        return switch (output.aggregation()) {
            case STALENESS -> "(epoch_us(p.seed) - epoch_us(p.cutoff)) / 86400e6";
            case SEED_MONTH -> "month(p.seed)";
            case SEED_WEEKDAY -> "isodow(p.seed)";
            case SEED_HOUR -> "hour(p.seed)";
            case SINCE_LAST -> "(epoch_us(p.cutoff) - epoch_us(" + relations.time("t", end.table()) + ")) / 86400e6";
            case VALUE -> {
                Measure measure = end.measures().get(output.measure());
                String value = relations.measure("t", end.table(), measure);
                yield measure.type() == Measure.Type.TIME ? "epoch_us(p.seed) / 86400e6 - " + value : value;
            }
            case COUNT, SUM, MEAN, MIN, MAX, DEVIATION, SKEWNESS, DISTINCT, MODE, SHARE, LAST, TREND, SINCE_FIRST ->
                throw new IllegalArgumentException(output.aggregation() + " needs many rows");
        };
    }

    private String many(PathQuery query) {
        EncodedTable end = plan.encoded(query.path().table());
        Map<Integer, String> modes = new LinkedHashMap<>();
        StringBuilder grouped = new StringBuilder("    SELECT key");
        StringBuilder select = new StringBuilder("SELECT u.pair");
        for (int i = 0; i < query.outputs().size(); i++) {
            Output output = query.outputs().get(i);
            int m = output.measure();
            if (output.aggregation() == Aggregation.MODE) {
                select.append(", ").append(number(modes.computeIfAbsent(m, _ -> "modes" + m) + ".code", i));
            } else {
                grouped.append(",\n        ")
                        .append(number(
                                AggregateSql.of(
                                        output,
                                        m < 0
                                                ? List.of()
                                                : end.measures().get(m).categories()),
                                i));
                select.append(", g.f").append(i);
            }
        }
        StringBuilder sql = new StringBuilder("WITH joined AS (\n" + joined(query) + "\n), grouped AS (\n" + grouped
                + "\n    FROM joined GROUP BY key\n)");
        StringBuilder from = new StringBuilder("\nFROM grouped g JOIN %s u ON u.key = g.key"
                .formatted(relations.uses(query.path().anchor())));
        modes.forEach((m, name) -> {
            sql.append(", ")
                    .append(name)
                    .append(" AS (\n")
                    .append(AggregateSql.mode("key", "m" + m, "joined"))
                    .append("\n)");
            from.append("\nLEFT JOIN %1$s ON %1$s.key = g.key".formatted(name));
        });
        return sql + "\n" + select + from;
    }

    private String stacked(PathQuery query) {
        EncodedTable end = plan.encoded(query.path().table());
        Map<String, String> inner = new LinkedHashMap<>();
        Map<Integer, String> modes = new LinkedHashMap<>();
        StringBuilder outer = new StringBuilder("    SELECT key");
        StringBuilder select = new StringBuilder("SELECT u.pair");
        for (int i = 0; i < query.outputs().size(); i++) {
            Output output = query.outputs().get(i);
            int m = output.measure();
            if (output.inner().orElseThrow() == Aggregation.MODE) {
                String modesOfModes = modes.computeIfAbsent(m, _ -> "modes" + m);
                select.append(", ").append(number(overModes(output.aggregation(), modesOfModes), i));
                continue;
            }
            List<String> categories = m < 0 ? List.of() : end.measures().get(m).categories();
            String name = inner.computeIfAbsent(AggregateSql.perRow(output, categories), _ -> "i" + inner.size());
            outer.append(",\n        ").append(number(AggregateSql.overRows(output, name), i));
            select.append(", g.f").append(i);
        }
        StringBuilder per = new StringBuilder("    SELECT key, parent");
        inner.forEach((expression, name) ->
                per.append(", ").append(expression).append(" AS ").append(name));
        StringBuilder sql = new StringBuilder("WITH joined AS (\n" + joined(query) + "\n), per_row AS (\n" + per
                + "\n    FROM joined GROUP BY key, parent\n), grouped AS (\n" + outer
                + "\n    FROM per_row GROUP BY key\n)");
        StringBuilder from = new StringBuilder("\nFROM grouped g JOIN %s u ON u.key = g.key"
                .formatted(relations.uses(query.path().anchor())));
        modes.forEach((m, name) -> {
            sql.append(", per_row_%s AS (\n%s\n)".formatted(name, AggregateSql.mode("key, parent", "m" + m, "joined")));
            sql.append(", %s AS (\n%s\n)".formatted(name, AggregateSql.mode("key", "code", "per_row_" + name)));
            from.append("\nLEFT JOIN %1$s ON %1$s.key = g.key".formatted(name));
        });
        return sql + "\n" + select + from;
    }

    /// The only aggregates of categories: the most frequent one, and how many there are.
    private static String overModes(Aggregation outer, String modes) {
        return switch (outer) {
            case MODE -> modes + ".code";
            case DISTINCT -> "coalesce(" + modes + ".kinds, 0)";
            case VALUE,
                    COUNT,
                    SUM,
                    MEAN,
                    MIN,
                    MAX,
                    DEVIATION,
                    SKEWNESS,
                    SHARE,
                    LAST,
                    TREND,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> throw new IllegalArgumentException(outer + " of categories means nothing");
        };
    }

    /// The rows a query aggregates: as they were kept, or joined now.
    private String joined(PathQuery query) {
        JoinPath path = query.path();
        if (!relations.keepsJoin(path)) {
            return new JoinSql(plan, relations, path).sql();
        }
        boolean gaps = !query.stacked() && JoinSql.stacked(plan, path);
        return "SELECT * FROM " + relations.join(path) + " j" + (gaps ? " WHERE j.here IS NOT NULL" : "");
    }

    private String upTo() {
        return plan.includeCutoff() ? "<=" : "<";
    }
}
