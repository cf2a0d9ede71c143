package org.relata.bench.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the engine's arithmetic on one thread.
@Command(
        name = "kernels",
        mixinStandardHelpOptions = true,
        description = "The engine's arithmetic on one thread, kernel by kernel, measured with JMH.")
public final class KernelsCommand implements Callable<Integer> {
    @Option(
            names = "--only",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Kernels whose name has this in it.")
    private String only = "";

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "FLOAT32,FLOAT64",
            description = "FLOAT32, FLOAT64, or both (default: both).")
    private List<String> precisions = List.of();

    @Option(
            names = "--width",
            paramLabel = "N",
            split = ",",
            defaultValue = "50,256",
            description = "Numbers of a row (default: 50,256).")
    private List<String> widths = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "For each of five measurements, after as many that do not count (default: 1).")
    private int seconds;

    @Option(names = "--json", description = "Print a line of JSON a kernel.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(LanesBenchmark.class.getName() + "\\..*" + only + ".*")
                .param("precision", precisions.toArray(String[]::new))
                .param("width", widths.toArray(String[]::new))
                .forks(1)
                .jvmArgs("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xmx1g")
                .warmupIterations(5)
                .measurementIterations(5)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementTime(TimeValue.seconds(seconds))
                .verbosity(VerboseMode.SILENT);
        Collection<RunResult> results = new Runner(options.build()).run();
        results.forEach(result -> System.out.println(line(result)));
        return results.isEmpty() ? 1 : 0;
    }

    private String line(RunResult run) {
        Result<?> result = run.getPrimaryResult();
        return String.format(
                Locale.ROOT,
                json
                        ? "{\"kernel\":\"%s\",\"precision\":\"%s\",\"width\":%s,\"nanoseconds\":%.1f,\"error\":%.1f}"
                        : "%-14s %s, %s wide: %,.1f ns a block of 512 rows, ± %,.1f",
                result.getLabel(),
                run.getParams().getParam("precision"),
                run.getParams().getParam("width"),
                result.getScore(),
                result.getScoreError());
    }
}
