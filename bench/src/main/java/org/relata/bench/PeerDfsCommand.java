package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Measures [PeerDfsBench].
@Command(
        name = "dfs-peer",
        mixinStandardHelpOptions = true,
        description = "The features of Featuretools on the load it was measured with.")
final class PeerDfsCommand implements Callable<Integer> {
    @Mixin
    private Conditions conditions = new Conditions();

    @Override
    public Integer call() {
        List<String> differences = new ArrayList<>();
        conditions.inFolder(folder -> {
            for (PeerDfsBench.Result result : PeerDfsBench.run(
                    folder,
                    PeerDfsBench.CUSTOMERS,
                    conditions.rounds(),
                    conditions.storeBytes(),
                    conditions.threads())) {
                differences.addAll(result.agreement().differences());
                if (!result.asMeasured()) {
                    differences.add("%s: %d features and %d orders, not %d and %d"
                            .formatted(
                                    result.load(),
                                    result.plan().width(),
                                    result.orders(),
                                    result.load().features(),
                                    result.load().orders()));
                }
                conditions.print("dfs-peer", described(result), inWords(result));
            }
        });
        return Conditions.verdict(differences);
    }

    private static Map<String, Object> described(PeerDfsBench.Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("set", name(result.load()));
        all.put("rows", 121L * PeerDfsBench.CUSTOMERS);
        all.put("pairs", PeerDfsBench.CUSTOMERS);
        all.put("features", result.plan().width());
        all.put("ours_seconds", Conditions.times(result.seconds()));
        all.put("peer_seconds", result.load().peerSeconds());
        all.put(
                "times_faster",
                Conditions.rounded(
                        result.load().peerSeconds() / result.seconds().median()));
        all.put("ours_peak_mb", result.peak());
        all.put("sum_of_order_counts", result.orders());
        all.put("values_compared", result.agreement().values());
        return all;
    }

    private static String inWords(PeerDfsBench.Result result) {
        return "%s, %d features: %.2f s, Featuretools %.1f s, %.0f times faster, peak %,d MB"
                .formatted(
                        name(result.load()),
                        result.plan().width(),
                        result.seconds().median(),
                        result.load().peerSeconds(),
                        result.load().peerSeconds() / result.seconds().median(),
                        result.peak());
    }

    private static String name(PeerDfsBench.Load load) {
        return load.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
