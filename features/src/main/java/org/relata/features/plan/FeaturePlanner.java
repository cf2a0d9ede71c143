package org.relata.features.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.features.FeatureSettings;

/// Chooses the features of a database: paths, measures, spans, and what to leave out to stay within the budget.
///
/// All statistics come from rows dated before `before`, so nothing that is chosen depends on later data.
public final class FeaturePlanner {
    /// Seconds a joined row takes, each of its aggregates, a value of the finished table, and a row of a table that is
    /// looked through for those to join; measured by `bench/` on two cores.
    private static final double SECONDS_A_ROW = 1.5e-7;

    private static final double SECONDS_AN_AGGREGATE = 6e-9;
    private static final double SECONDS_A_CELL = 1.0e-7;
    private static final double SECONDS_A_SCANNED_ROW = 4e-8;

    private final Database database;
    private final Schema schema;
    private final FeatureSettings settings;
    private final String before;
    private final Map<String, EncodedTable> encoded = new LinkedHashMap<>();
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private final Map<String, List<Long>> spans = new LinkedHashMap<>();

    /// A planner for one database and task.
    ///
    /// @param database the rows
    /// @param schema what may be read: the database's schema, less what the task hides, plus tables added for it
    /// @param settings what may be built
    /// @param before the time before which statistics are taken
    public FeaturePlanner(Database database, Schema schema, FeatureSettings settings, java.time.LocalDateTime before) {
        this.database = database;
        this.schema = schema;
        this.settings = settings;
        this.before = Sql.timestamp(before);
    }

    /// The plan for the rows of a table.
    ///
    /// @param entityTable the table predicted for
    /// @param pairs for how many (entity, cut-off) pairs features will be computed, for estimates
    public FeaturePlan plan(String entityTable, long pairs) {
        Outputs outputs = new Outputs(settings, new PathWords(schema));
        List<PathQuery> queries = new ArrayList<>();
        for (JoinPath path : new Paths(schema).upTo(entityTable, settings.depth())) {
            queries.addAll(queriesOf(path, outputs, queries.size()));
        }
        return withinBudget(entityTable, UniqueNames.of(queries), pairs);
    }

    private List<PathQuery> queriesOf(JoinPath path, Outputs outputs, int position) {
        EncodedTable end = encoded(path.table());
        String name = "q%02d".formatted(position);
        boolean dated = path.tables().stream()
                .anyMatch(t -> schema.require(t).timeColumn().isPresent());
        if (!path.toMany()) {
            boolean stone = !path.steps().isEmpty() && path.steps().getLast() instanceof Step.Latest;
            List<Output> found = new ArrayList<>();
            if (path.steps().isEmpty()) {
                found.addAll(outputs.question(name, path.entityTable()));
            }
            if (!stone) {
                found.addAll(outputs.single(name, path, end, dated));
            }
            return found.isEmpty() ? List.of() : List.of(new PathQuery(name, path, false, found, 1));
        }
        Step last = path.steps().getLast();
        boolean through = last instanceof Step.Parent;
        List<Output> found =
                outputs.many(name, path, end, spansOf(path), datedTail(path), datedChildren(path), through);
        List<PathQuery> queries = new ArrayList<>();
        double fanOut = fanOut(path);
        if (!found.isEmpty()) {
            queries.add(new PathQuery(name, path, false, found, fanOut));
        }
        long hops =
                path.steps().stream().filter(Step.Children.class::isInstance).count();
        if (settings.stacked() && hops == 2 && !through) {
            String second = "q%02d".formatted(position + queries.size());
            queries.add(new PathQuery(second, path, true, outputs.stacked(second, path, end), fanOut));
        }
        return queries;
    }

    private boolean datedTail(JoinPath path) {
        return path.tail().stream()
                .anyMatch(s -> schema.require(s.table()).timeColumn().isPresent());
    }

    /// Whether the counted rows have a time, of their own or of the rows on the way to them: without one, none is the
    /// latest.
    private boolean datedChildren(JoinPath path) {
        return path.tail().stream()
                .filter(Step.Children.class::isInstance)
                .anyMatch(s -> schema.require(s.table()).timeColumn().isPresent());
    }

    private EncodedTable encoded(String name) {
        EncodedTable known = encoded.get(name);
        if (known != null) {
            return known;
        }
        Table table = schema.require(name);
        TableProfile profile = new TableProfile(database, table, before);
        EncodedTable made = new Measures(schema, settings).encode(table, profile);
        encoded.put(name, made);
        rows.put(name, profile.rows());
        return made;
    }

    private List<Long> spansOf(JoinPath path) {
        for (Step step : path.steps().reversed()) {
            if (step instanceof Step.Children children
                    && schema.require(children.table()).timeColumn().isPresent()) {
                return spans.computeIfAbsent(
                        children.table() + " " + children.foreignKey(),
                        _ -> Windows.choose(
                                database,
                                schema.require(children.table()),
                                children.foreignKey(),
                                before,
                                settings.spans()));
            }
        }
        return List.of();
    }

    /// How many rows the path joins for an entity: the product of what its hops to children find for a row that has
    /// any.
    private double fanOut(JoinPath path) {
        double product = 1;
        for (Step step : path.steps()) {
            if (step instanceof Step.Children children) {
                String key = Database.foreignKeyColumn(children.foreignKey());
                List<Double> mean = database.store()
                        .query(
                                "SELECT coalesce(sum(n * n) / greatest(sum(n), 1), 0) FROM (SELECT count(*)::DOUBLE AS n FROM main."
                                        + Sql.id(children.table()) + " WHERE " + key + " IS NOT NULL"
                                        + earlier(children)
                                        + " GROUP BY " + key + ")",
                                row -> row.getDouble(1));
                // Half of what a row will ever have lies before a random moment of its life.
                product *= Math.max(1, mean.getFirst() / 2);
            }
        }
        return product;
    }

    private String earlier(Step step) {
        return schema.require(step.table())
                .timeColumn()
                .map(time -> " AND " + Sql.id(time) + " < " + before)
                .orElse("");
    }

    private FeaturePlan withinBudget(String entityTable, List<PathQuery> queries, long pairs) {
        // Near links first, and among equally near ones the cheaper: what is left out is far or expensive.
        List<PathQuery> promising = new ArrayList<>(queries);
        promising.sort(Comparator.comparingInt((PathQuery q) -> q.path().depth() + (q.stacked() ? 1 : 0))
                .thenComparingDouble(q -> q.rowsPerEntity() * q.outputs().size())
                .thenComparing(PathQuery::name));
        double seconds = 0;
        long joined = 0;
        long cells = 0;
        List<PathQuery> kept = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        PathWords words = new PathWords(schema);
        for (PathQuery query : promising) {
            double cost = seconds(query, pairs);
            long bytes = 4L * (cells + pairs * query.outputs().size());
            boolean tooSlow = seconds + cost > settings.budget().toMillis() / 1e3;
            boolean tooLarge = bytes > settings.memoryBytes();
            if (!kept.isEmpty() && (tooSlow || tooLarge)) {
                dropped.add("%s (%d features): about %.0f s, %d MB more than the %s allows"
                        .formatted(
                                words.label(query.path()),
                                query.outputs().size(),
                                cost,
                                4L * pairs * query.outputs().size() >> 20,
                                tooSlow ? "time budget" : "memory"));
                continue;
            }
            kept.add(query);
            seconds += cost;
            joined += Math.round(pairs * query.rowsPerEntity());
            cells += pairs * query.outputs().size();
        }
        kept.sort(Comparator.comparing(PathQuery::name));
        FeaturePlan.Estimate estimate = new FeaturePlan.Estimate(pairs, joined, seconds, 4 * cells);
        List<EncodedTable> tables = List.copyOf(encoded.values());
        return new FeaturePlan(entityTable, settings.includeCutoff(), tables, kept, dropped, estimate);
    }

    private double seconds(PathQuery query, long pairs) {
        double joined = pairs * query.rowsPerEntity();
        double scanned = query.path().steps().stream()
                .mapToDouble(s -> rows.getOrDefault(s.table(), 0L))
                .sum();
        return joined * (SECONDS_A_ROW + SECONDS_AN_AGGREGATE * query.outputs().size())
                + scanned * SECONDS_A_SCANNED_ROW
                + pairs * query.outputs().size() * SECONDS_A_CELL;
    }
}
