package org.relata.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.relata.cli.run.MemoryPlan;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// What all measurements take, and how they say what they found.
final class Conditions {
    @Option(
            names = "--memory-mb",
            paramLabel = "N",
            defaultValue = "4096",
            description = "what the whole process may use, shared out as `relata fit --memory` does (default: 4096)")
    private long memoryMegabytes;

    @Option(names = "--threads", paramLabel = "N", description = "threads of DuckDB (default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "timed runs (default: 5)")
    private int rounds;

    @Option(names = "--json", description = "print JSON, one line a result")
    private boolean json;

    /// What DuckDB may hold, in bytes.
    long storeBytes() {
        return MemoryPlan.of(memoryMegabytes << 20).duckdb();
    }

    int threads() {
        return threads;
    }

    int rounds() {
        return rounds;
    }

    /// Runs a measurement in a temporary folder.
    void inFolder(Consumer<Path> measurement) {
        try {
            Path folder = Files.createTempDirectory("relata-bench");
            try {
                measurement.accept(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Prints a result with its conditions.
    void print(String load, Map<String, Object> result, String words) {
        if (!json) {
            System.out.println(words);
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("load", load);
        line.putAll(result);
        line.put("memory_mb", memoryMegabytes);
        line.put("heap_mb", Runtime.getRuntime().maxMemory() >> 20);
        line.put("threads", threads);
        line.put("load_average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println(JsonMapper.shared().writeValueAsString(line));
    }

    /// Times as they stand in a result, in seconds.
    static Map<String, Object> times(Seconds seconds) {
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("min", rounded(seconds.least()));
        times.put("median", rounded(seconds.median()));
        times.put("max", rounded(seconds.most()));
        return times;
    }

    static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }

    /// 0 when results agree; otherwise says how they differ.
    static int verdict(List<String> differences) {
        differences.forEach(System.err::println);
        return differences.isEmpty() ? 0 : 1;
    }
}
