package org.relata.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.features.EntityTimes;
import org.relata.features.FeatureMatrix;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.sql.FeatureRunner;

/// Deep features of customers over their orders and order lines, beside one careful script of the same features.
final class OrdersBench {
    private static final String SCRIPT = "orders-by-hand.sql";

    private OrdersBench() {}

    /// What a run found.
    ///
    /// @param lines how many order lines there are
    /// @param pairs how many (customer, cut-off) pairs features were computed for
    /// @param plan what was computed, with the estimate made before
    /// @param planning how long it took to choose it, in seconds
    /// @param times of Relata and of the script; the script's table stays in the store, Relata's features come to the
    /// heap
    /// @param agreement whether both came to the same features
    /// @param joined how many rows its joins really read together
    record Result(
            long lines,
            int pairs,
            FeaturePlan plan,
            double planning,
            SideBySide times,
            Agreement agreement,
            long joined) {}

    /// Makes the database in a folder, compares the features once, then times both in turns.
    static Result run(Path folder, long lines, int pairs, int rounds, long seed, long memoryBytes, int threads) {
        try (Database database = OrdersStore.generate(
                folder.resolve("orders-" + lines + ".duckdb"), lines, seed, memoryBytes, threads)) {
            long start = System.nanoTime();
            FeaturePlan plan = new FeaturePlanner(
                            database,
                            database.schema(),
                            FeatureSettings.standard().withDepth(2),
                            OrdersStore.middle())
                    .plan("customers", pairs);
            double planning = (System.nanoTime() - start) / 1e9;
            EntityTimes times = OrdersStore.pairs(database.rows("customers"), pairs, seed);
            FeatureRunner runner = new FeatureRunner(database);
            HandWritten hand = new HandWritten(database.store(), SCRIPT);
            hand.ask(times);
            hand.run();
            // The question itself, orders, and lines twice: for themselves and per order.
            long joined =
                    pairs + database.store().count("SELECT (SELECT count(*) FROM seen) + 2 * count(*) FROM seen_lines");
            Agreement agreement = agreement(runner.run(plan, times, Progress.silent()), hand, pairs);
            hand.forget();
            SideBySide measured =
                    SideBySide.of(rounds, () -> runner.run(plan, times, Progress.silent()), hand::run, hand::forget);
            return new Result(lines, pairs, plan, planning, measured, agreement, joined);
        }
    }

    private static Agreement agreement(FeatureMatrix ours, HandWritten hand, int pairs) {
        Map<String, boolean[]> ties = new HashMap<>();
        ties.put("mode(orders.channel)", hand.ties("seen", "channel", pairs));
        ties.put("mode(orders > lines.category)", hand.ties("seen_lines", "category", pairs));
        return Agreement.of(ours, hand.features(pairs), ties);
    }
}
