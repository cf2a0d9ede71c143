package org.relata.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.relata.database.Database;
import org.relata.features.Feature;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Reading;
import org.relata.features.plan.Reading.CalendarPart.Part;
import org.relata.features.plan.Step;
import org.relata.features.plan.Window;

/// The features that Featuretools makes of the shop at depth 2, as a plan of Relata, under Featuretools' names.
final class PeerFeatures {
    private static final JoinPath ENTITY = new JoinPath("customers", List.of());
    private static final JoinPath ORDERS = ENTITY.then(new Step.Children("orders", 0));
    private static final JoinPath ITEMS = ORDERS.then(new Step.Children("items", 0));
    private static final JoinPath ITEMS_ORDERS = ITEMS.then(new Step.Parent("orders", 0));
    private static final List<Aggregation> SMALL =
            List.of(Aggregation.SUM, Aggregation.MEAN, Aggregation.MAX, Aggregation.MIN);
    private static final List<Aggregation> ALL = List.of(
            Aggregation.SUM,
            Aggregation.DEVIATION,
            Aggregation.MAX,
            Aggregation.SKEWNESS,
            Aggregation.MIN,
            Aggregation.MEAN);

    private final boolean full;
    private final List<EncodedTable> tables = new ArrayList<>();
    private final List<PathQuery> queries = new ArrayList<>();
    private List<Output> outputs = new ArrayList<>();
    private String query = "";

    private PeerFeatures(boolean full) {
        this.full = full;
    }

    /// The plan, with the statistics it takes from the database.
    ///
    /// @param full Featuretools' default primitives, 109 features, instead of count, sum, mean, max and min, 41
    /// features
    /// @param pairs for how many questions
    static FeaturePlan plan(Database database, boolean full, int pairs) {
        FeaturePlanner planner = new FeaturePlanner(
                database,
                database.schema(),
                FeatureSettings.standard().withDepth(2),
                java.time.LocalDateTime.of(2022, 1, 1, 0, 0));
        FeaturePlan own = planner.plan("customers", pairs);
        return new PeerFeatures(full).over(own);
    }

    private FeaturePlan over(FeaturePlan own) {
        own.tables().stream().map(this::dated).forEach(tables::add);
        entity();
        many(ORDERS, List.of("channel"), List.of());
        many(ITEMS, List.of("category"), List.of("qty", "price"));
        stacked();
        if (full) {
            begin();
            categories(ITEMS_ORDERS, "items.orders", "channel");
            end(ITEMS_ORDERS, false, fanOut(own, ITEMS));
        }
        List<PathQuery> sized = queries.stream()
                .map(q -> new PathQuery(q.name(), q.path(), q.stacked(), q.outputs(), fanOut(own, q.path())))
                .toList();
        return new FeaturePlan("customers", false, tables, sized, List.of(), own.estimate());
    }

    private static double fanOut(FeaturePlan own, JoinPath path) {
        return own.queries().stream()
                .filter(q -> q.path().equals(path))
                .mapToDouble(PathQuery::rowsPerEntity)
                .findFirst()
                .orElse(1);
    }

    /// A table with its time taken apart, as far as Featuretools does it.
    private EncodedTable dated(EncodedTable table) {
        List<Measure> measures = new ArrayList<>(table.measures());
        if (full && !table.table().equals("items")) {
            String time = table.timeColumn().orElseThrow();
            measures.add(part(time, Part.DAY, 1, 31));
            measures.add(part(time, Part.MONTH, 1, 12));
            measures.add(part(time, Part.WEEKDAY, 1, 7));
            measures.add(part(time, Part.YEAR, 2020, 3));
        }
        return new EncodedTable(table.table(), table.timeColumn(), table.links(), measures);
    }

    private static Measure part(String time, Part part, int first, int parts) {
        List<String> categories =
                IntStream.range(first, first + parts).mapToObj(String::valueOf).toList();
        String name = part + "(" + time + ")";
        return new Measure(
                name, time, new Reading.CalendarPart(part, first), name, Measure.Type.CATEGORICAL, categories);
    }

    private void entity() {
        begin();
        List<Measure> measures = measures("customers");
        for (int m = 0; m < measures.size(); m++) {
            add(measures.get(m).name(), ENTITY, m, Aggregation.VALUE, null);
        }
        end(ENTITY, false, 1);
    }

    private void many(JoinPath path, List<String> categories, List<String> numbers) {
        begin();
        String table = path.table();
        add("COUNT(" + table + ")", path, -1, Aggregation.COUNT, null);
        for (String number : numbers) {
            for (Aggregation aggregation : full ? ALL : SMALL) {
                add(name(aggregation, table + "." + number), path, at(table, number), aggregation, null);
            }
        }
        if (full) {
            categories.forEach(category -> categories(path, table, category));
            if (path.equals(ORDERS)) {
                measures(table).stream()
                        .filter(m -> m.reading() instanceof Reading.CalendarPart)
                        .forEach(m -> categories(path, table, m.name()));
            }
        }
        end(path, false, 1);
    }

    private void categories(JoinPath path, String label, String measure) {
        int m = at(path.table(), measure);
        add(name(Aggregation.MODE, label + "." + measure), path, m, Aggregation.MODE, null);
        add(name(Aggregation.DISTINCT, label + "." + measure), path, m, Aggregation.DISTINCT, null);
    }

    /// Aggregates over orders of aggregates over their items. Featuretools takes no largest of largest and the like, no
    /// sum of counts, but means of means.
    private void stacked() {
        begin();
        for (Aggregation outer : full ? ALL : SMALL) {
            if (outer != Aggregation.SUM) {
                add(name(outer, "orders.COUNT(items)"), ITEMS, -1, outer, Aggregation.COUNT);
            }
            for (String number : List.of("qty", "price")) {
                for (Aggregation inner : full ? ALL : SMALL) {
                    if (outer != inner || outer == Aggregation.MEAN) {
                        String of = "orders." + name(inner, "items." + number);
                        add(name(outer, of), ITEMS, at("items", number), outer, inner);
                    }
                }
            }
            if (full) {
                String of = "orders." + name(Aggregation.DISTINCT, "items.category");
                add(name(outer, of), ITEMS, at("items", "category"), outer, Aggregation.DISTINCT);
            }
        }
        if (full) {
            for (Aggregation outer : List.of(Aggregation.MODE, Aggregation.DISTINCT)) {
                String of = "orders." + name(Aggregation.MODE, "items.category");
                add(name(outer, of), ITEMS, at("items", "category"), outer, Aggregation.MODE);
            }
        }
        end(ITEMS, true, 1);
    }

    private List<Measure> measures(String table) {
        return tables.stream()
                .filter(t -> t.table().equals(table))
                .findFirst()
                .orElseThrow()
                .measures();
    }

    private int at(String table, String measure) {
        List<String> names = measures(table).stream().map(Measure::name).toList();
        return names.indexOf(measure);
    }

    private static String name(Aggregation aggregation, String of) {
        String primitive = switch (aggregation) {
            case DEVIATION -> "STD";
            case SKEWNESS -> "SKEW";
            case DISTINCT -> "NUM_UNIQUE";
            case VALUE, COUNT, SUM, MEAN, MIN, MAX, MODE, SHARE, LAST, TREND, SINCE_FIRST, SINCE_LAST ->
                aggregation.name();
            case STALENESS, SEED_MONTH, SEED_WEEKDAY, SEED_HOUR ->
                aggregation.label().toUpperCase(Locale.ROOT);
        };
        return primitive + "(" + of + ")";
    }

    private void begin() {
        outputs = new ArrayList<>();
        query = "q%02d".formatted(queries.size());
    }

    private void add(String name, JoinPath path, int m, Aggregation aggregation, @Nullable Aggregation inner) {
        List<Measure> measures = measures(path.table());
        boolean category = m >= 0
                && measures.get(m).type() == Measure.Type.CATEGORICAL
                && (aggregation == Aggregation.VALUE || aggregation == Aggregation.MODE);
        Feature.Type type = category ? Feature.Type.CATEGORICAL : Feature.Type.NUMERIC;
        Feature feature = new Feature(name, type, name, query, path.tables(), Feature.TimeBound.BEFORE_CUTOFF);
        outputs.add(new Output(
                feature,
                m,
                aggregation,
                new Window.AllHistory(),
                Optional.empty(),
                Optional.ofNullable(inner),
                category ? measures.get(m).categories() : List.of()));
    }

    private void end(JoinPath path, boolean stacked, double rows) {
        queries.add(new PathQuery(query, path, stacked, outputs, rows));
    }
}
