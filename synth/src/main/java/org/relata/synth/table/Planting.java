package org.relata.synth.table;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.relata.database.RelataException;
import org.relata.synth.column.Sample;
import org.relata.synth.config.Config;
import org.relata.synth.config.TopParameters;
import org.relata.synth.link.Popularity;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;
import org.relata.synth.random.Normal;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.schema.TimeSpan;
import org.relata.synth.task.PlantedTask;

/// Plants tasks: lets some foreign keys of dated tables pick parents by a column of theirs, and works out how well that
/// can be predicted.
final class Planting {
    private static final double WINDOW_SHARE = 0.05;

    private final Config config;
    private final TimeSpan span;
    /// For each planted foreign key, the column of its parent that decides.
    private final Map<Place, Integer> places;
    private final List<PlantedTask> tasks = new ArrayList<>();
    private final World world;

    private record Place(String table, int link) {}

    private Planting(Config config, TimeSpan span, Map<Place, Integer> places, World world) {
        this.world = world;
        this.config = config;
        this.span = span;
        this.places = Map.copyOf(places);
    }

    /// Chooses foreign keys.
    ///
    /// @throws RelataException `synth.planted` when the schema has too few that lead from a dated table to one with
    ///     columns
    static Planting choose(Config config, SchemaPlan plan, Key key, World world) {
        int wanted = config.get(TopParameters.PLANTED_TASKS);
        List<Place> candidates = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            for (int i = 0; i < table.foreignKeys().size() && wanted > 0; i++) {
                LinkPlan link = table.foreignKeys().get(i);
                TablePlan parent = named(plan, link.parent());
                if (table.timeColumn().isPresent()
                        && parent.timeColumn().isEmpty()
                        && !parent.equals(table)
                        && !parent.columns().isEmpty()) {
                    candidates.add(new Place(table.name(), i));
                }
            }
        }
        if (candidates.size() < wanted) {
            throw RelataException.usage(
                    "synth.planted",
                    "planted_tasks",
                    wanted + " tasks are wanted, but only " + candidates.size()
                            + " foreign keys lead from a dated table to a static one with columns",
                    "ask for fewer");
        }
        Draws draws = key.child("planted").draws();
        int[] order = draws.permutation(candidates.size());
        Map<Place, Integer> places = new HashMap<>();
        for (int i = 0; i < wanted; i++) {
            Place place = candidates.get(order[i]);
            LinkPlan link = named(plan, place.table).foreignKeys().get(place.link);
            places.put(place, column(named(plan, link.parent()), draws));
        }
        return new Planting(config, plan.span().orElseThrow(), places, world);
    }

    private static TablePlan named(SchemaPlan plan, String table) {
        return plan.tables().get(plan.indexOf(table));
    }

    /// A column of numbers, if there is one.
    private static int column(TablePlan parent, Draws draws) {
        List<Integer> numbers = IntStream.range(0, parent.columns().size())
                .filter(c -> parent.columns().get(c).kind() == FeatureKind.NUMERIC
                        || parent.columns().get(c).kind() == FeatureKind.INTEGER)
                .boxed()
                .toList();
        return numbers.isEmpty() ? draws.integer(0, parent.columns().size() - 1) : draws.pick(numbers);
    }

    /// How popular the parents of a foreign key are; empty where nothing was planted.
    Optional<Popularity> popularity(TablePlan table, int link, SyntheticTable parent) {
        Optional<Integer> column = Optional.ofNullable(places.get(new Place(table.name(), link)));
        return column.map(c -> {
            double[] weights = weights(parent, c);
            return Popularity.weighted(weights.length, row -> weights[(int) row]);
        });
    }

    /// The exponential of the strength times the normal score of the value's rank, among the values that came about.
    private double[] weights(SyntheticTable parent, int column) {
        float[] values = values(parent, column);
        double strength = config.get(TopParameters.PLANTED_STRENGTH);
        Sample sample = new Sample(world.asItCameAbout(() -> values(parent, column)), true);
        double[] weights = new double[values.length];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = StrictMath.exp(strength * Normal.quantile(sample.rank(values[row])));
        }
        return weights;
    }

    private static float[] values(SyntheticTable parent, int column) {
        int rows = Math.toIntExact(parent.rows());
        float[] values = new float[rows];
        parent.gather(column, LongStream.range(0, rows).toArray(), rows, values);
        return values;
    }

    /// Notes the task of a planted foreign key.
    ///
    /// @param events the settled table of events
    void settle(SyntheticTable events, int link, SyntheticTable parent) {
        TablePlan table = events.plan();
        Integer column = places.get(new Place(table.name(), link));
        if (column == null) {
            return;
        }
        double[] weights = weights(parent, column);
        double total = Arrays.stream(weights).sum();
        long days = Math.max(1, (long) (WINDOW_SHARE * ChronoUnit.DAYS.between(span.from(), span.to())));
        long start = RowClock.micros(span.to().minusDays(2 * days));
        RowClock clock = events.clock().orElseThrow();
        long inWindow = clock.upTo(start + Duration.ofDays(days).toNanos() / 1000, events.rows())
                - clock.upTo(start, events.rows());
        double[] chances = Arrays.stream(weights)
                .map(w -> 1 - StrictMath.pow(1 - w / total, inWindow))
                .toArray();
        LinkPlan key = table.foreignKeys().get(link);
        tasks.add(new PlantedTask(
                "planted-" + table.name() + "-" + key.column(),
                parent.plan().name(),
                parent.plan().primaryKey().orElseThrow(),
                parent.plan().columns().get(column).name(),
                table.name(),
                key.column(),
                table.timeColumn().orElseThrow(),
                Duration.ofDays(days),
                expectedAuc(chances)));
    }

    /// The share of pairs of a true and a false answer that the true probabilities rank right, in expectation.
    static double expectedAuc(double[] chances) {
        double[] sorted = chances.clone();
        Arrays.sort(sorted);
        double right = 0;
        double falseBelow = 0;
        double trueAll = 0;
        double falseAll = 0;
        for (int i = 0; i < sorted.length; ) {
            int end = i;
            double trueHere = 0;
            double falseHere = 0;
            while (end < sorted.length && sorted[end] == sorted[i]) {
                trueHere += sorted[end];
                falseHere += 1 - sorted[end++];
            }
            right += trueHere * (falseBelow + falseHere / 2);
            falseBelow += falseHere;
            trueAll += trueHere;
            falseAll += falseHere;
            i = end;
        }
        // An entity is never compared with itself.
        double self = Arrays.stream(sorted).map(q -> q * (1 - q)).sum();
        return (right - self / 2) / (trueAll * falseAll - self);
    }

    /// The tasks so far, by name.
    List<PlantedTask> tasks() {
        return tasks.stream().sorted(Comparator.comparing(PlantedTask::name)).toList();
    }
}
