package org.relata.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.cli.train.TrainRun;
import org.relata.cli.train.TrainRun.Outcome;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.learn.train.TrainingResult;
import org.relata.learn.train.TrainingResult.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `relata train`: trains a model that is written in SQL, where its data is.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "relata train [OPTIONS] --db=URL MODEL.sql",
            "       relata train gcn|kge|nnmf [OPTIONS] --data=PATH"
        },
        description = "Trains a model file inside the database that holds its tables, or a model that is ready made.",
        subcommands = {GcnCommand.class, KgeCommand.class, NnmfCommand.class},
        footer = {
            "",
            "At the end the parameters are tables of the database, under the names that the model file declares: tables"
                    + " that are there give the values to start with and are updated, the others are created. An"
                    + " interrupted run goes on when the same command is given again.",
            "",
            "Example: relata train logistic.sql --db shop.duckdb --optimizer adam --lr 0.1 --epochs 100"
        })
final class TrainCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL.sql",
            description = "The model file: tables, parameters and a loss.")
    private @Nullable Path model;

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "Keep what an interrupted run needs to go on in this folder, not in the database.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on from an interrupted run; it is an error if there is none.")
    private boolean resume;

    @Option(names = "--fresh", description = "Forget an interrupted run and begin anew.")
    private boolean fresh;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /// The command that this one is a part of.
    Main main() {
        return main;
    }

    /// Fails if something was said that only training a model file understands.
    void alone() {
        ParseResult given = spec.commandLine().getParseResult();
        if (!given.matchedArgs().isEmpty()) {
            ArgSpec first = given.matchedArgs().getFirst();
            throw RelataException.usage(
                    "train.options",
                    first instanceof OptionSpec option ? option.longestName() : first.paramLabel(),
                    "it is for model files",
                    "leave it out, or give it behind the name of the model if it is known there");
        }
    }

    /// What has to be there for a model file, but not for a subcommand, which picocli cannot say.
    private Path required() {
        if (model != null && !options.database().isEmpty()) {
            return model;
        }
        throw new ParameterException(
                spec.commandLine(),
                model != null
                        ? "Missing required option: '--db=URL'"
                        : options.database().isEmpty()
                                ? "Missing required options and parameters: '--db=URL', 'MODEL.sql'"
                                : "Missing required parameter: 'MODEL.sql'");
    }

    @Override
    public Integer call() throws Exception {
        Path file = required();
        if (resume && fresh) {
            throw RelataException.usage("train.resume", "--resume", "--fresh says the opposite", "give one of them");
        }
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        Outcome outcome;
        try (Interruption.Registration registration = Interruption.during(
                new Interruption.Cleanup(() -> {}, "the same command goes on from the last checkpoint"))) {
            outcome = TrainRun.run(new TrainRun.Request(
                    file,
                    options.database().orElseThrow(),
                    options.training(),
                    options.runner(),
                    Optional.ofNullable(out),
                    resume
                            ? TrainRun.Unfinished.REQUIRED
                            : fresh ? TrainRun.Unfinished.FORGET : TrainRun.Unfinished.GO_ON,
                    progress,
                    main.environment()));
        } finally {
            TerminalProgress.end(progress);
        }
        if (outcome.result().stop() == Stop.INTERRUPTED) {
            return Failures.INTERRUPTED;
        }
        if (json.on()) {
            terminal.line(RunJson.text(json(outcome)));
        } else {
            print(terminal, outcome);
        }
        return 0;
    }

    private void print(Terminal terminal, Outcome outcome) {
        TrainingResult result = outcome.result();
        terminal.line("Trained " + outcome.model() + " for " + Text.count(result.epochs(), "epoch") + " ("
                + Text.count(result.steps(), "step") + ") with "
                + options.training().optimizer().name() + " on "
                + outcome.runner() + (result.stop() == Stop.PATIENCE ? "; then the loss fell no more." : "."));
        List<Double> history = result.history();
        terminal.line((options.training().batches().isPresent() ? "Mean loss of a batch: " : "Loss: ")
                + Text.score(history.getFirst()) + " in the first epoch, " + Text.score(history.getLast())
                + " in the last. Loss on all data at the end: " + Text.score(result.loss()) + ".");
        terminal.line("Parameters, as tables in " + outcome.database() + ":");
        Columns columns = new Columns("parameter", ">rows");
        outcome.rows().forEach((name, rows) -> columns.add(name, Text.count(rows)));
        columns.render().forEach(terminal::line);
    }

    private Map<String, Object> json(Outcome outcome) {
        TrainingResult result = outcome.result();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", outcome.model());
        map.put("runner", outcome.runner());
        map.put("optimizer", options.training().optimizer().name());
        map.put("epochs", result.epochs());
        map.put("steps", result.steps());
        map.put("loss", RunJson.number(result.loss()));
        map.put("loss_history", new ArrayList<>(result.history()));
        map.put("seconds", RunJson.seconds(result.seconds()));
        map.put("parameters", outcome.rows());
        map.put("seed", options.training().seed());
        return map;
    }
}
