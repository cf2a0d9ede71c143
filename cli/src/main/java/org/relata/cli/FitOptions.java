package org.relata.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.Amounts;
import org.relata.cli.run.RunConfig;
import org.relata.cli.run.RunInputs;
import org.relata.database.task.Regime;
import org.relata.learn.fit.Method;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What decides a fit, on the command line. What is not given there comes from `--config`, then from the task file,
/// then
/// from the defaults.
final class FitOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SOURCE",
            description =
                    "The database: a folder of CSV (also .gz) or Parquet files, a RelBench folder, a DuckDB or SQLite"
                            + " file, or a JDBC URL. Not needed with --config.")
    private @Nullable String source;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The config.yaml of an earlier run, to do it again; other options override it.")
    private @Nullable Path config;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "The database.yaml to go by (default: what the source declares, the rest inferred).")
    private @Nullable Path schema;

    @Option(
            names = {"-t", "--task"},
            paramLabel = "TASK",
            description = "What to predict: a task file, or the name of a task in a RelBench folder.")
    private @Nullable String task;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "How: auto, dfs (synthesised features and boosted trees) or baseline (default: auto).")
    private @Nullable Method method;

    @Option(
            names = "--regime",
            paramLabel = "REGIME",
            description =
                    "What predictions with late seed times may see: frozen (nothing after the start of their split) or"
                            + " rolling (everything before their own time) (default: as the task file says, else frozen).")
    private @Nullable Regime regime;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How many links a feature may follow, 1 to 3 (default: 3).")
    private @Nullable Integer depth;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description =
                    "How long features and search may take together, such as 10m, 90s or 1h (default: 10m); what is"
                            + " chosen by then is fitted once more, which comes on top.")
    private @Nullable Duration budget;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description =
                    "How many models the search may try at most; unlike a budget that cuts it short, it gives the same"
                            + " result on a faster machine (default: as suits the number of rows).")
    private @Nullable Integer candidates;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "What the whole process may use, such as 4g or 512m; past it, work goes to disk (default: 8g).")
    private Converters.@Nullable Size memory;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads may work (default: all processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What all randomness derives from; the same seed gives the same result (default: 0).")
    private @Nullable Long seed;

    @Option(
            names = "--no-refit",
            description =
                    "Keep the model that was fitted on training rows alone; otherwise it is fitted again on training"
                            + " and validation rows once it is chosen.")
    private boolean noRefit;

    @Option(
            names = "--tolerate-leaks",
            description = "Go on although the leak linter found an error; the findings stand in the result.")
    private boolean tolerateLeaks;

    /// The config that the command line, the files it names and the defaults make.
    RunConfig config() {
        Map<String, String> values = new LinkedHashMap<>();
        if (config != null) {
            values.putAll(RunConfig.read(config));
        }
        values.putAll(given());
        return RunConfig.of(RunInputs.withTaskFile(values));
    }

    private Map<String, String> given() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "source", source);
        put(values, "schema", schema);
        put(values, "task", task);
        put(values, "method", method == null ? null : method.label());
        put(values, "regime", regime == null ? null : regime.label());
        put(values, "depth", depth);
        put(values, "budget", budget == null ? null : Amounts.durationText(budget));
        put(values, "candidates", candidates);
        put(values, "memory", memory == null ? null : Amounts.sizeText(memory.bytes()));
        put(values, "threads", threads);
        put(values, "seed", seed);
        put(values, "refit", noRefit ? "false" : null);
        put(values, "tolerate-leaks", tolerateLeaks ? "true" : null);
        return values;
    }

    private static void put(Map<String, String> values, String key, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
        }
    }
}
