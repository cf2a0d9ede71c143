package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures [OrdersBench] at one or more sizes.
@Command(
        name = "dfs-orders",
        mixinStandardHelpOptions = true,
        description = "Deep features of a shop's customers, beside one hand-written script of the same features.")
final class OrdersCommand implements Callable<Integer> {
    @Mixin
    private Conditions conditions = new Conditions();

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "order lines; a tenth as many customers (default: 1000000,10000000)")
    private List<Long> rows = List.of(1_000_000L, 10_000_000L);

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "100000",
            description = "(customer, cut-off) pairs (default: 100000)")
    private int pairs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the data (default: 1)")
    private long seed;

    @Override
    public Integer call() {
        List<String> differences = new ArrayList<>();
        conditions.inFolder(folder -> {
            for (long lines : rows) {
                OrdersBench.Result result = OrdersBench.run(
                        folder, lines, pairs, conditions.rounds(), seed, conditions.storeBytes(), conditions.threads());
                differences.addAll(result.agreement().differences());
                conditions.print("dfs-orders", described(result), inWords(result));
            }
        });
        return Conditions.verdict(differences);
    }

    private static Map<String, Object> described(OrdersBench.Result result) {
        SideBySide times = result.times();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", result.lines());
        all.put("pairs", result.pairs());
        all.put("features", result.plan().width());
        all.put("ours_seconds", Conditions.times(times.ours()));
        all.put("by_hand_seconds", Conditions.times(times.theirs()));
        all.put("ratio", Conditions.rounded(times.ours().ratioTo(times.theirs())));
        all.put("planning_seconds", Conditions.rounded(result.planning()));
        all.put("estimated_seconds", Conditions.rounded(result.plan().estimate().seconds()));
        all.put("estimated_joined_rows", result.plan().estimate().joinedRows());
        all.put("joined_rows", result.joined());
        all.put("ours_peak_mb", times.ourPeak());
        all.put("by_hand_peak_mb", times.theirPeak());
        all.put("values_compared", result.agreement().values());
        all.put("modes_tied", result.agreement().tied());
        return all;
    }

    private static String inWords(OrdersBench.Result result) {
        SideBySide times = result.times();
        return "%,d order lines, %,d pairs, %d features: %.2f s (estimated %.2f), by hand %.2f s, ratio %.2f, peak %,d MB"
                .formatted(
                        result.lines(),
                        result.pairs(),
                        result.plan().width(),
                        times.ours().median(),
                        result.plan().estimate().seconds(),
                        times.theirs().median(),
                        times.ours().ratioTo(times.theirs()),
                        times.ourPeak());
    }
}
