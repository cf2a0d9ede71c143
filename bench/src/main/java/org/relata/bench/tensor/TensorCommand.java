package org.relata.bench.tensor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relata.engine.EngineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Trains on the engine, in turns with peers that do the same on the same bytes.
@Command(
        name = "tensor",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a model on the engine, in turns with peers that are installed.",
            "LOAD is gcn-full-arxiv, gcn-full-products10, either with -plain for no dropout, gcn-grown-100k, -1m, -2m,",
            "-10m, -20m or -50m (so many edges), gcn-mini-arxiv, gcn-mini-products10, logreg, nnmf-sparse,",
            "nnmf-dense-4000, nnmf-dense-5000x4000, transe-own-50, transe-own-100, transe-own-200, transe-shared-50,",
            "transe-shared-100, transe-shared-200, transr-own-50, transr-own-100 or transr-own-200."
        })
public final class TensorCommand implements Callable<Integer> {
    private static final Map<String, TensorLoad> LOADS = new TreeMap<>(Stream.of(
                    new GcnLoad(Graph.Size.ARXIV, true),
                    new GcnLoad(Graph.Size.ARXIV, false),
                    new GcnLoad(Graph.Size.PRODUCTS, true),
                    new GcnLoad(Graph.Size.PRODUCTS, false),
                    new GrownGcnLoad(new GrownGraph("100k", 100_000)),
                    new GrownGcnLoad(new GrownGraph("1m", 1_000_000)),
                    new GrownGcnLoad(new GrownGraph("2m", 2_000_000)),
                    new GrownGcnLoad(new GrownGraph("10m", 10_000_000)),
                    new GrownGcnLoad(new GrownGraph("20m", 20_000_000)),
                    new GrownGcnLoad(new GrownGraph("50m", 50_000_000)),
                    new GcnMiniLoad(Graph.Size.ARXIV),
                    new GcnMiniLoad(Graph.Size.PRODUCTS),
                    new LogisticLoad(),
                    new FactorLoad(),
                    new DenseFactorLoad(4_000, 4_000),
                    new DenseFactorLoad(5_000, 4_000),
                    new TranseLoad(50),
                    new TranseLoad(100),
                    new TranseLoad(200),
                    new TranseSharedLoad(50),
                    new TranseSharedLoad(100),
                    new TranseSharedLoad(200),
                    new TransrLoad(50),
                    new TransrLoad(100),
                    new TransrLoad(200))
            .collect(Collectors.toMap(TensorLoad::name, load -> load)));

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "LOAD", description = "what to train")
    private String load = "";

    @Option(
            names = "--python",
            paramLabel = "FILE",
            defaultValue = "${env:RELATA_PEERS_PYTHON}",
            description = "a Python that has the peers; none run without it (default: $RELATA_PEERS_PYTHON)")
    private @Nullable Path python;

    @Option(
            names = "--peers",
            paramLabel = "DIR",
            defaultValue = "${env:RELATA_PEERS}",
            description = "the folder of the peers' harness (default: $RELATA_PEERS)")
    private @Nullable Path scripts;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where inputs of the peers are written (default: bench/target/peers)")
    private Path data = Path.of("bench", "target", "peers");

    @Option(names = "--rounds", paramLabel = "N", description = "turns of each (default: 3)")
    private int rounds = 3;

    @Option(names = "--steps", paramLabel = "N", description = "timed steps of a turn (default: 7)")
    private int steps = 7;

    @Option(names = "--warm-up", paramLabel = "N", description = "steps before the first turn (default: 10)")
    private int warmUp = 10;

    @Option(names = "--threads", paramLabel = "N", description = "(default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--memory-mb", paramLabel = "N", description = "outside the heap (default: 8192)")
    private long memoryMegabytes = 8192;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Option(names = "--explain", description = "print what the engine did, and how long it took")
    private boolean explain;

    /// Whether there is a load of that name.
    public static boolean knows(String load) {
        return LOADS.containsKey(load);
    }

    @Override
    public Integer call() {
        TensorLoad chosen = chosen();
        Map<String, List<PeerRun.Result>> theirs = new LinkedHashMap<>();
        if (python != null && scripts != null) {
            chosen.write(data.resolve("data"));
        }
        List<Double> ours = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        EngineOptions options = EngineOptions.standard().threads(threads).memoryBytes(memoryMegabytes << 20);
        long most;
        try (TensorLoad.Training training = chosen.open(options)) {
            for (int step = 0; step < warmUp; step++) {
                losses.add(training.step());
            }
            for (int round = 0; round < rounds; round++) {
                List<Double> turn = new ArrayList<>();
                double before = processorSeconds();
                for (int step = 0; step < steps; step++) {
                    long start = System.nanoTime();
                    for (int each = 0; each < chosen.steps(); each++) {
                        losses.add(training.step());
                    }
                    turn.add((System.nanoTime() - start) / 1e9 / chosen.steps());
                }
                ours.add(median(turn));
                processor.add((processorSeconds() - before) / steps / chosen.steps());
                peers(chosen, theirs);
            }
            most = training.mostBytes();
            if (explain) {
                System.err.println(training.explain());
            }
        }
        print(chosen, ours, processor, theirs, losses, most);
        return 0;
    }

    private TensorLoad chosen() {
        TensorLoad chosen = LOADS.get(load);
        if (chosen == null) {
            throw new ParameterException(
                    spec.commandLine(), "no load \"" + load + "\"; there are " + String.join(", ", LOADS.keySet()));
        }
        return chosen;
    }

    private void peers(TensorLoad chosen, Map<String, List<PeerRun.Result>> theirs) {
        if (python == null || scripts == null) {
            return;
        }
        PeerRun runs = new PeerRun(python, scripts, data);
        for (TensorLoad.Peer peer : chosen.peers()) {
            Optional<PeerRun.Result> result = runs.run(peer);
            result.ifPresent(each ->
                    theirs.computeIfAbsent(peer.name(), _ -> new ArrayList<>()).add(each));
        }
    }

    private void print(
            TensorLoad chosen,
            List<Double> ours,
            List<Double> processor,
            Map<String, List<PeerRun.Result>> theirs,
            List<Double> losses,
            long most) {
        Map<String, Object> peers = new LinkedHashMap<>();
        double best = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, List<PeerRun.Result>> each : theirs.entrySet()) {
            double seconds =
                    median(each.getValue().stream().map(PeerRun.Result::seconds).toList()) / chosen.peerSteps();
            best = Math.min(best, seconds);
            Map<String, Object> peer = new LinkedHashMap<>();
            peer.put("seconds", rounded(seconds));
            peer.put(
                    "processor",
                    rounded(median(each.getValue().stream()
                                    .map(PeerRun.Result::processor)
                                    .toList())
                            / chosen.peerSteps()));
            peer.put(
                    "rss_mb",
                    each.getValue().stream()
                            .mapToLong(PeerRun.Result::megabytes)
                            .max()
                            .orElse(0));
            peer.put("losses", each.getValue().getFirst().losses());
            peers.put(each.getKey(), peer);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("load", chosen.name());
        all.put("ours", rounded(median(ours)));
        all.put("ours_each_turn", ours.stream().map(TensorCommand::rounded).toList());
        all.put("ours_processor", rounded(median(processor)));
        all.put("ours_outside_heap_mb", most >> 20);
        all.put("losses", losses.stream().limit(10).map(TensorCommand::rounded).toList());
        all.put("peers", peers);
        if (!peers.isEmpty()) {
            all.put("ratio_vs_best_peer", rounded(best / median(ours)));
        }
        if (json) {
            System.out.println(JsonMapper.shared().writeValueAsString(all));
        } else {
            System.out.printf(Locale.ROOT, "%s: %.4f s a step%n", chosen.name(), median(ours));
            peers.forEach((name, peer) -> System.out.println("  " + name + ": " + peer));
            System.out.println(
                    peers.isEmpty()
                            ? "  no peer was run"
                            : "  times as fast as the best: " + rounded(best / median(ours)));
        }
    }

    /// What all threads of this process have worked so far.
    private static double processorSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(spent -> spent.toNanos() / 1e9)
                .orElse(Double.NaN);
    }

    private static double median(List<Double> numbers) {
        List<Double> sorted = numbers.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static double rounded(double number) {
        return Math.round(number * 1e5) / 1e5;
    }
}
