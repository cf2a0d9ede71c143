package org.relata.features.oracle;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Window;

/// What every feature of a plan ought to be, by its definition: one pair, one feature, one loop at a time, in doubles.
public final class Oracle {
    private static final double DAY = 86_400e6;

    private final FeaturePlan plan;
    private final Schema schema;
    private final Walk walk;
    private final Readings readings;

    /// An oracle for a plan over a world.
    public Oracle(FeaturePlan plan, World world) {
        this.plan = plan;
        this.schema = world.schema();
        this.walk = new Walk(world, plan.includeCutoff());
        this.readings = new Readings(world);
    }

    /// A value and how large the numbers were that it was made of, for the error that rounding may have left.
    ///
    /// @param value not a number when it is missing
    /// @param scale what an error is relative to where the value is a difference of larger numbers
    public record Expected(double value, double scale) {
        static Expected exactly(double value) {
            return new Expected(value, 0);
        }
    }

    /// The features of one query for an entity at a cut-off.
    public List<Expected> features(PathQuery query, Row entity, long cutoff, long seed) {
        Optional<Row> anchor = walk.anchor(query.path(), entity, cutoff);
        List<Expected> expected = new ArrayList<>();
        List<Walk.Found> found =
                query.path().toMany() && anchor.isPresent() ? walk.many(query, anchor.get(), cutoff) : List.of();
        for (Output output : query.outputs()) {
            expected.add(
                    !query.path().toMany()
                            ? single(output, query, anchor.orElse(null), cutoff, seed)
                            : query.stacked()
                                    ? stacked(output, query, found)
                                    : aggregated(output, query, found, cutoff));
        }
        return expected;
    }

    private Expected single(Output output, PathQuery query, @Nullable Row row, long cutoff, long seed) {
        LocalDateTime asked = WorldStore.time(seed);
        return switch (output.aggregation()) {
            case STALENESS -> Expected.exactly((seed - cutoff) / DAY);
            case SEED_MONTH -> Expected.exactly(asked.getMonthValue());
            case SEED_WEEKDAY -> Expected.exactly(asked.getDayOfWeek().getValue());
            case SEED_HOUR -> Expected.exactly(asked.getHour());
            case SINCE_LAST -> Expected.exactly(row == null ? Double.NaN : (cutoff - time(row)) / DAY);
            case VALUE -> {
                Measure measure = measure(output, query);
                double value =
                        row == null ? Double.NaN : read(query, measure, row).orElse(Double.NaN);
                yield Expected.exactly(measure.type() == Measure.Type.TIME ? seed / DAY - value : value);
            }
            case COUNT, SUM, MEAN, MIN, MAX, DEVIATION, SKEWNESS, DISTINCT, MODE, SHARE, LAST, TREND, SINCE_FIRST ->
                throw new IllegalArgumentException("needs many rows: " + output.aggregation());
        };
    }

    private Expected aggregated(Output output, PathQuery query, List<Walk.Found> all, long cutoff) {
        List<Walk.Found> found = all;
        if (output.window() instanceof Window.Span span) {
            found = all.stream()
                    .filter(f -> cutoff - time(f.dated()) <= span.microseconds())
                    .toList();
        }
        List<Double> ages = found.stream()
                .map(f -> f.dated() == null ? 0 : (cutoff - time(f.dated())) / DAY)
                .toList();
        switch (output.aggregation()) {
            case COUNT -> {
                return Expected.exactly(found.size());
            }
            case SINCE_FIRST -> {
                return Expected.exactly(Statistics.of(Aggregation.MAX, ages));
            }
            case SINCE_LAST -> {
                return Expected.exactly(Statistics.of(Aggregation.MIN, ages));
            }
            case VALUE,
                    SUM,
                    MEAN,
                    MIN,
                    MAX,
                    DEVIATION,
                    SKEWNESS,
                    DISTINCT,
                    MODE,
                    SHARE,
                    LAST,
                    TREND,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> {}
        }
        Measure measure = measure(output, query);
        List<Double> values = new ArrayList<>();
        List<Double> days = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            Row end = found.get(i).end();
            Optional<Double> value = end == null || linksToUnseen(query, measure, end, cutoff)
                    ? Optional.empty()
                    : read(query, measure, end);
            if (value.isPresent()) {
                values.add(value.get());
                days.add(-ages.get(i));
            }
        }
        if (output.window() instanceof Window.LastRows last) {
            values = values.subList(Math.max(0, values.size() - last.rows()), values.size());
        }
        double largest = values.stream().mapToDouble(Math::abs).max().orElse(0);
        return switch (output.aggregation()) {
            case SHARE -> {
                double code = output.category().orElseThrow();
                yield Expected.exactly(
                        values.isEmpty()
                                ? Double.NaN
                                : (double) values.stream()
                                                .filter(v -> v == code)
                                                .count()
                                        / values.size());
            }
            case TREND -> {
                double spread = Statistics.of(Aggregation.DEVIATION, days);
                yield new Expected(Statistics.slope(days, values), spread > 0 ? 10 * largest / spread : 0);
            }
            case SUM -> new Expected(Statistics.of(Aggregation.SUM, values), largest * values.size());
            case SKEWNESS -> new Expected(Statistics.of(Aggregation.SKEWNESS, values), 1e4);
            case MEAN, MIN, MAX, DEVIATION, DISTINCT, MODE, LAST ->
                new Expected(Statistics.of(output.aggregation(), values), largest);
            case VALUE, COUNT, SINCE_FIRST, SINCE_LAST, STALENESS, SEED_MONTH, SEED_WEEKDAY, SEED_HOUR ->
                throw new IllegalArgumentException("not an aggregate: " + output.aggregation());
        };
    }

    private Expected stacked(Output output, PathQuery query, List<Walk.Found> found) {
        Map<Row, List<Double>> groups = new IdentityHashMap<>();
        Aggregation inner = output.inner().orElseThrow();
        for (Walk.Found f : found) {
            List<Double> values = groups.computeIfAbsent(f.group(), _ -> new ArrayList<>());
            if (f.end() != null) {
                (inner == Aggregation.COUNT ? Optional.of(0.0) : read(query, measure(output, query), f.end()))
                        .ifPresent(values::add);
            }
        }
        List<Double> perGroup = groups.values().stream()
                .map(values -> Statistics.of(inner, values))
                .filter(v -> !v.isNaN())
                .toList();
        double largest = perGroup.stream().mapToDouble(Math::abs).max().orElse(0);
        boolean skewness = output.aggregation() == Aggregation.SKEWNESS || inner == Aggregation.SKEWNESS;
        double scale = skewness ? 1e4 : largest * Math.max(1, perGroup.size());
        return new Expected(Statistics.of(output.aggregation(), perGroup), scale);
    }

    /// Whether a link leads to a parent that the cut-off hides: then it must not be counted either.
    private boolean linksToUnseen(PathQuery query, Measure measure, Row row, long cutoff) {
        if (measure.type() != Measure.Type.LINK) {
            return false;
        }
        int key = Integer.parseInt(measure.column().substring("__fk".length()));
        Row parent = row.parents[key];
        String target =
                schema.require(query.path().table()).foreignKeys().get(key).targetTable();
        return parent == null || !walk.visible(target, parent, cutoff, false);
    }

    private Optional<Double> read(PathQuery query, Measure measure, Row row) {
        Table table = schema.require(query.path().table());
        return readings.read(table, measure, row);
    }

    private Measure measure(Output output, PathQuery query) {
        EncodedTable end = plan.encoded(query.path().table());
        return end.measures().get(output.measure());
    }

    private static double time(@Nullable Row row) {
        if (row == null || row.time == null) {
            throw new IllegalStateException("a window over rows without time");
        }
        return row.time;
    }
}
