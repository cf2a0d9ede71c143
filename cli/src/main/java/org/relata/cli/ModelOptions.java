package org.relata.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.train.ModelRequest;
import org.relata.cli.train.ModelRun;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// What every model that Relata brings along takes, and how its command goes.
final class ModelOptions {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private TrainCommand train;

    @Option(names = "--epochs", paramLabel = "N", description = "How often to go through the data.")
    private @Nullable Integer epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N epochs that bring nothing better for what was held out to choose by, or where"
                    + " nothing was, for the loss, and keep the best epoch (default: never).")
    private int patience;

    @Option(
            names = "--runner",
            paramLabel = "RUNNER",
            description = "What computes: engine, in process in 32 bits; duckdb, in a database in memory; or reference,"
                    + " slowly (default: engine).")
    private String runner = "engine";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description =
                    "What the process may use, such as 4g: three eighths are the Java heap's, half is the engine's"
                            + " and, while files are read, DuckDB's; past it, data goes to disk (default: the engine gets as much"
                            + " as the heap).")
    private Converters.@Nullable Size memory;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads may work (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What all randomness derives from; the same seed gives the same result (default: 0).")
    private long seed;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "A DuckDB file for what was learned, as tables; one that is there is replaced. An interrupted"
                    + " run goes on when the same command is given again.")
    private @Nullable Path out;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "With --out, save after so many steps what it takes to go on (default: twenty times a run).")
    private long checkpointEvery;

    @Option(names = "--fresh", description = "Forget an interrupted run and begin anew.")
    private boolean fresh;

    @Option(names = "--print-model", description = "Print the model in SQL, and train nothing.")
    private boolean printModel;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /// The seed.
    long seed() {
        return seed;
    }

    /// How often to go through the data.
    int epochs(int usual) {
        return epochs == null ? usual : epochs;
    }

    /// Trains a model, or prints its text if that is what is asked for, and gives the exit code.
    ///
    /// @param model the model, asked for what is said of it
    /// @param print tells what became of it to a reader
    /// @param object the same for a program
    <R> int call(
            Path data,
            Function<ModelRequest, ModelRun<R>> model,
            BiConsumer<Terminal, R> print,
            Function<R, Map<String, Object>> object)
            throws Exception {
        train.alone();
        Terminal terminal = train.main().terminal();
        Progress progress = output.progress(terminal);
        ModelRun<R> run = model.apply(request(data, progress));
        if (printModel) {
            terminal.line(run.text().stripTrailing());
            return 0;
        }
        String hint = out == null
                ? "nothing was kept; with --out, the same command would go on"
                : "the same command goes on from the last checkpoint";
        Optional<R> result;
        try (Interruption.Registration registration = Interruption.during(new Interruption.Cleanup(() -> {}, hint))) {
            result = run.run();
        } finally {
            TerminalProgress.end(progress);
        }
        if (result.isEmpty()) {
            return Failures.INTERRUPTED;
        }
        if (json.on()) {
            terminal.line(RunJson.text(object.apply(result.get())));
        } else {
            print.accept(terminal, result.get());
        }
        return 0;
    }

    private ModelRequest request(Path data, Progress progress) {
        if (threads < 1) {
            throw RelataException.usage("option.number", "--threads " + threads, "it is too few", "give at least 1");
        }
        return new ModelRequest(
                data,
                runner,
                threads,
                memory == null ? Runtime.getRuntime().maxMemory() : MemoryPlan.engine(memory.bytes()),
                seed,
                patience,
                checkpointEvery,
                Optional.ofNullable(out),
                fresh,
                progress);
    }
}
