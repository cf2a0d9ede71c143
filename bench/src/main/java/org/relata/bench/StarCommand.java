package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relata.bench.StarBench.Cost;
import org.relata.bench.StarBench.Way;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures [StarBench].
@Command(
        name = "star-join",
        mixinStandardHelpOptions = true,
        description = "Least squares over facts and three dimensions, factorised, beside the same over their join.")
final class StarCommand implements Callable<Integer> {
    @Mixin
    private Conditions conditions = new Conditions();

    @Option(
            names = "--facts",
            paramLabel = "N",
            defaultValue = "5000000",
            description = "rows of the fact table; below the default the dimensions shrink with it (default: 5000000)")
    private long facts;

    @Option(names = "--sql", description = "print the factorised program first")
    private boolean sql;

    @Override
    public Integer call() {
        List<String> differences = new ArrayList<>();
        conditions.inFolder(folder -> {
            StarStore store = StarStore.of(facts);
            StarBench.Result result = new StarBench(
                            folder.resolve("star.duckdb"), conditions.storeBytes(), conditions.threads(), store)
                    .run(conditions.rounds());
            if (sql) {
                System.out.println(result.sql());
            }
            differences.addAll(result.differences());
            conditions.print("star-join", described(store, result), inWords(store, result));
        });
        return Conditions.verdict(differences);
    }

    private Map<String, Object> described(StarStore store, StarBench.Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("facts", store.facts());
        all.put("dimensions", store.dimensions());
        all.put("duckdb_mb", conditions.storeBytes() >> 20);
        result.times().forEach((way, seconds) -> all.put(name(way) + "_seconds", Conditions.times(seconds)));
        result.costs().forEach((way, cost) -> put(all, name(way), cost));
        all.put("joining_seconds", Conditions.rounded(result.joining()));
        put(all, "joining", result.joiningCost());
        all.put("joined_table_mb", result.joinedBytes() >> 20);
        all.put("times_faster", Conditions.rounded(faster(result, Way.JOINED)));
        all.put("times_faster_than_by_hand", Conditions.rounded(faster(result, Way.JOINED_BY_HAND)));
        all.put("times_faster_with_joining", Conditions.rounded(fasterWithJoining(result)));
        all.put("memory_share", Conditions.rounded(memoryShare(result)));
        return all;
    }

    private static void put(Map<String, Object> all, String name, Cost cost) {
        all.put(name + "_operator_rows", cost.rows());
        all.put(name + "_duckdb_peak_mb", cost.peakBytes() >> 20);
        all.put(name + "_resident_peak_mb", cost.residentMegabytes());
    }

    private static String name(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    private static Seconds seconds(StarBench.Result result, Way way) {
        return result.times().getOrDefault(way, new Seconds(List.of(Double.NaN)));
    }

    private static double faster(StarBench.Result result, Way than) {
        return seconds(result, than).ratioTo(seconds(result, Way.FACTORISED));
    }

    private static double fasterWithJoining(StarBench.Result result) {
        Seconds both = new Seconds(seconds(result, Way.JOINED).each().stream()
                .map(each -> each + result.joining())
                .toList());
        return both.ratioTo(seconds(result, Way.FACTORISED));
    }

    private static double memoryShare(StarBench.Result result) {
        Map<Way, Cost> costs = result.costs();
        double joined = Math.max(
                costs.getOrDefault(Way.JOINED, result.joiningCost()).peakBytes(),
                result.joiningCost().peakBytes());
        return costs.getOrDefault(Way.FACTORISED, result.joiningCost()).peakBytes() / joined;
    }

    private static String inWords(StarStore store, StarBench.Result result) {
        return "%,d facts: factorised %.2f s, over the join %.2f s (by hand %.2f s) after %.2f s of joining: %.1f times faster, with joining %.1f; memory %.2f of it"
                .formatted(
                        store.facts(),
                        seconds(result, Way.FACTORISED).median(),
                        seconds(result, Way.JOINED).median(),
                        seconds(result, Way.JOINED_BY_HAND).median(),
                        result.joining(),
                        faster(result, Way.JOINED),
                        fasterWithJoining(result),
                        memoryShare(result));
    }
}
