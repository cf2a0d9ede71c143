package org.relata.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.CommandText;
import org.relata.cli.run.FitRun;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.run.RunConfig;
import org.relata.cli.run.RunFolder;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Progress;
import org.relata.learn.fit.FitResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `relata fit`: from a database and a task to predictions, scores and reasons.
@Command(
        name = "fit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns to answer a task, says how good the answers are, and keeps everything in a run folder.",
        footer = {
            "",
            "The run folder holds report.html, predictions.parquet, metrics.json, features.sql, model/, config.yaml,"
                    + " task.yaml and provenance.json. An interrupted run goes on when the same command is given again.",
            "",
            "Example: relata fit shop.duckdb --task churn.yaml --regime rolling --seed 1"
        })
final class FitCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final FitOptions fit = new FitOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "The run folder (default: relata-runs/<task>-<regime>-seed<seed>-<number>).")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace a finished run in --out.")
    private boolean force;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        run(main.terminal(), fit.config(), Optional.ofNullable(out), force, json.on(), output, Map.of());
        return 0;
    }

    /// Fits and prints; also what `relata demo` does.
    ///
    /// @param known what else the JSON object is to say
    static FitResult run(
            Terminal terminal,
            RunConfig config,
            Optional<Path> out,
            boolean force,
            boolean json,
            OutputOptions output,
            Map<String, ?> known)
            throws Exception {
        Progress progress = output.progress(terminal);
        FitPrinter printer = new FitPrinter(terminal);
        boolean talkative = !json && !output.quiet();
        MemoryPlan memory = MemoryPlan.of(config.settings().memoryBytes());
        if (memory.heapTooLarge()) {
            progress.note("the Java heap may grow to " + Text.bytes(memory.heap())
                    + ", more than its share of --memory: set" + " RELATA_OPTS=-Xmx"
                    + MemoryPlan.heapShare(memory.total()) / (1L << 20) + "m to hold it to that");
        }
        Guard guard = new Guard();
        try (guard) {
            FitRun.Finished finished = FitRun.run(
                    new FitRun.Request(config, out, force, CommandText.fit(config), progress, guard::watch, data -> {
                        if (talkative) {
                            TerminalProgress.end(progress);
                            printer.data(data);
                        }
                    }));
            TerminalProgress.end(progress);
            if (json) {
                Map<String, Object> summary = RunJson.summary(
                        finished.result(),
                        config.settings().seed(),
                        finished.folder().toString());
                summary.putAll(known);
                terminal.line(RunJson.text(summary));
            } else {
                printer.result(finished, config, output.quiet());
            }
            return finished.result();
        } finally {
            TerminalProgress.end(progress);
        }
    }

    /// Knows the run folder while the run is under way, for Ctrl-C.
    private static final class Guard implements AutoCloseable {
        private Optional<Interruption.Registration> registration = Optional.empty();

        void watch(RunFolder folder) {
            registration = Optional.of(Interruption.during(new Interruption.Cleanup(
                    folder::abandonResults,
                    "the same command with --out "
                            + CommandText.line(java.util.List.of(folder.folder().toString())) + " goes on from here")));
        }

        @Override
        public void close() {
            registration.ifPresent(Interruption.Registration::close);
        }
    }
}
