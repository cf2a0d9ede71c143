package org.relata.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.sql.FeatureRunner;

/// The features that Featuretools makes of its shop, beside the time Featuretools takes for them.
final class PeerDfsBench {
    /// The customers of the load that was measured.
    static final int CUSTOMERS = 10_000;

    private PeerDfsBench() {}

    /// A set of features at a set of cut-offs, with what Featuretools 1.31.0 takes.
    enum Load {
        /// Count, sum, mean, max and min at 12 distinct cut-offs.
        SMALL_MONTHLY(false, true, 41, 1.336),
        /// The same at 365 distinct cut-offs.
        SMALL_DAILY(false, false, 41, 25.5),
        /// Featuretools' default primitives at 12 distinct cut-offs.
        DEFAULT_MONTHLY(true, true, 109, 64.9);

        private final boolean full;
        private final boolean monthly;
        private final int features;
        private final double peer;

        Load(boolean full, boolean monthly, int features, double peer) {
            this.full = full;
            this.monthly = monthly;
            this.features = features;
            this.peer = peer;
        }

        /// How many features Featuretools makes.
        int features() {
            return features;
        }

        /// The median time of Featuretools for 10,000 customers, in seconds, on two cores of the kind named in the
        /// docs.
        double peerSeconds() {
            return peer;
        }

        /// The sum of all order counts for 10,000 customers.
        long orders() {
            return monthly ? 146_455 : 150_451;
        }
    }

    /// What a run found.
    ///
    /// @param load what was computed
    /// @param plan the features
    /// @param seconds of choosing the features and computing them, as Featuretools is timed
    /// @param peak the largest resident size of the process in these runs, in megabytes
    /// @param orders the sum of all order counts
    /// @param agreement with a plain reading of some of the features
    record Result(Load load, FeaturePlan plan, Seconds seconds, long peak, long orders, Agreement agreement) {
        /// Whether the features are those of Featuretools on the load that was measured.
        boolean asMeasured() {
            return plan.width() == load.features() && orders == load.orders();
        }
    }

    /// Runs every load over one database of a number of customers.
    static List<Result> run(Path folder, int customers, int rounds, long memoryBytes, int threads) {
        List<Result> results = new ArrayList<>();
        PeerShop shop = new PeerShop(customers);
        try (Database database = shop.write(folder.resolve("peer.duckdb"), memoryBytes, threads)) {
            for (Load load : Load.values()) {
                results.add(run(database, load, shop.questions(database, load.monthly), rounds));
            }
        }
        return results;
    }

    private static Result run(Database database, Load load, EntityTimes times, int rounds) {
        FeaturePlan plan = PeerFeatures.plan(database, load.full, times.size());
        FeatureMatrix matrix = new FeatureRunner(database).run(plan, times, Progress.silent());
        Agreement agreement = agreement(database, matrix, times);
        List<Double> seconds = new ArrayList<>();
        long peak = 0;
        for (int round = 0; round < rounds; round++) {
            ResidentMemory.forgetPeak();
            seconds.add(SideBySide.seconds(() -> new FeatureRunner(database)
                    .run(PeerFeatures.plan(database, load.full, times.size()), times, Progress.silent())));
            peak = Math.max(peak, ResidentMemory.peakMegabytes());
        }
        return new Result(load, plan, new Seconds(seconds), peak, sumOfCounts(matrix), agreement);
    }

    /// How many orders lie before the cut-offs of a load, counted by their own keys.
    static long ordersBefore(Database database, Load load) {
        PeerShop shop = new PeerShop((int) database.rows("customers"));
        HandWritten hand = new HandWritten(database.store(), "peer-by-hand.sql");
        hand.ask(shop.questions(database, load.monthly));
        return database.store().count("""
                SELECT count(*) FROM pairs p JOIN customers c ON c.__row = p.entity
                JOIN orders o ON o.customer_id = c.id AND o.ordered < p.cutoff""");
    }

    private static long sumOfCounts(FeatureMatrix matrix) {
        double sum = 0;
        for (float count : matrix.column(position(matrix, "COUNT(orders)"))) {
            sum += count;
        }
        return Math.round(sum);
    }

    private static int position(FeatureMatrix matrix, String name) {
        return matrix.features().stream().map(f -> f.name()).toList().indexOf(name);
    }

    private static Agreement agreement(Database database, FeatureMatrix matrix, EntityTimes times) {
        HandWritten hand = new HandWritten(database.store(), "peer-by-hand.sql");
        hand.ask(times);
        hand.run();
        Map<String, Object[]> values = hand.features(times.size());
        hand.forget();
        values.keySet().removeIf(name -> position(matrix, name) < 0);
        int[] some = values.keySet().stream()
                .mapToInt(name -> position(matrix, name))
                .toArray();
        return Agreement.of(matrix.features(some), values, Map.of());
    }
}
