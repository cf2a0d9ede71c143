package org.relata.features.oracle;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.Table;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.sql.FeatureRunner;

/// One random question to a random database: a world, an entity table, settings and (entity, cut-off) pairs.
///
/// @param seed what all of it follows from
/// @param world the rows
/// @param entityTable the table asked about
/// @param settings what may be built
/// @param before the time before which the planner may look
/// @param pairs who is asked about, and when
public record Trial(
        long seed, World world, String entityTable, FeatureSettings settings, LocalDateTime before, List<Pair> pairs) {
    /// A row of the entity table, what it may see, and when the question is asked, in microseconds.
    public record Pair(Row entity, long cutoff, long asked) {
        /// The same question at another time.
        public Pair at(long moment) {
            return new Pair(entity, moment, moment);
        }
    }

    /// The trial of a seed.
    public static Trial of(long seed) {
        World world = RandomWorld.of(seed);
        SplittableRandom random = new SplittableRandom(~seed);
        List<Table> tables = world.schema().tables();
        String entity = tables.get(random.nextInt(tables.size())).name();
        int depth = tables.size() > 3 ? 2 : 1 + random.nextInt(3);
        FeatureSettings settings = new FeatureSettings(
                depth,
                random.nextInt(4),
                random.nextInt(3) * 2,
                random.nextInt(4),
                2 + random.nextInt(10),
                random.nextInt(2) * 3,
                random.nextInt(4) == 0,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextInt(3) == 0,
                Duration.ofMinutes(5),
                1L << 30);
        List<Long> times = new ArrayList<>();
        for (Table table : tables) {
            for (Row row : world.rows(table.name())) {
                if (row.time != null) {
                    times.add(row.time);
                }
            }
        }
        List<Pair> pairs = new ArrayList<>();
        List<Row> entities = world.rows(entity);
        for (int i = random.nextInt(25); i > 0 && !entities.isEmpty(); i--) {
            // Often exactly at the time of some row: whether that row is seen is the whole question.
            long cutoff = !times.isEmpty() && random.nextInt(3) > 0
                    ? times.get(random.nextInt(times.size()))
                    : RandomWorld.START + random.nextLong(-10, 700) * RandomWorld.DAY;
            long asked = random.nextBoolean() ? cutoff : cutoff + random.nextLong(20 * RandomWorld.DAY);
            pairs.add(new Pair(entities.get(random.nextInt(entities.size())), cutoff, asked));
        }
        LocalDateTime before = WorldStore.time(RandomWorld.START + random.nextLong(20, 700) * RandomWorld.DAY);
        return new Trial(seed, world, entity, settings, before, pairs);
    }

    /// The features that the planner chooses here.
    public FeaturePlan plan(Database database) {
        return new FeaturePlanner(database, database.schema(), settings, before).plan(entityTable, pairs.size());
    }

    /// The time before which the planner may look, in microseconds.
    public long beforeMicros() {
        return before.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + before.getNano() / 1_000;
    }

    /// The pairs as the runner wants them.
    public static EntityTimes times(World world, List<Pair> pairs) {
        return new EntityTimes(
                pairs.stream().mapToLong(p -> world.number(p.entity())).toArray(),
                pairs.stream().mapToLong(Pair::cutoff).toArray(),
                pairs.stream().mapToLong(Pair::asked).toArray());
    }

    /// The features of pairs, from a store that is filled with the world.
    public static FeatureMatrix run(World world, FeaturePlan plan, List<Pair> pairs, Duck store) {
        Database database = WorldStore.fill(store, world);
        return new FeatureRunner(database).run(plan, times(world, pairs), Progress.silent());
    }
}
