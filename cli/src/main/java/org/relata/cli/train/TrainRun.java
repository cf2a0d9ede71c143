package org.relata.cli.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.Relation;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.source.WritableDatabase;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Precision;
import org.relata.learn.train.FileState;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.TableData;
import org.relata.learn.train.Trainer;
import org.relata.learn.train.TrainingOptions;
import org.relata.learn.train.TrainingResult;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.run.JdbcState;
import org.relata.sql.run.JdbcTables;
import org.relata.sql.run.ParameterTables;

/// Trains a model file in a database, from the command's words to tables of parameters.
public final class TrainRun {
    private static final String REFERENCE = "reference";
    private static final String ENGINE = "engine";
    private static final List<String> RUNNERS = List.of(ENGINE, "duckdb", "postgres", REFERENCE);

    /// Those that read the data first.
    private static final List<String> IN_MEMORY = List.of(ENGINE, REFERENCE);

    private TrainRun() {}

    /// What to do about an unfinished run of the same model.
    public enum Unfinished {
        /// Go on from it if there is one.
        GO_ON,
        /// Go on from it; there has to be one.
        REQUIRED,
        /// Forget it.
        FORGET
    }

    /// What is asked for.
    ///
    /// @param runner `engine`, `duckdb`, `postgres` or `reference`; empty for the database's own
    /// @param folder where the state of training is kept, if not in the database
    public record Request(
            Path model,
            String database,
            TrainingOptions options,
            String runner,
            Optional<Path> folder,
            Unfinished unfinished,
            Progress progress,
            Map<String, String> environment) {}

    /// What became of it.
    ///
    /// @param model the name of the model
    /// @param database where it was trained, without password
    /// @param rows how many rows each parameter has
    public record Outcome(
            String model, String database, String runner, TrainingResult result, Map<String, Integer> rows) {}

    /// Trains, and leaves the parameters as tables unless it was interrupted.
    public static Outcome run(Request request) throws IOException {
        ModelFile file = ModelFile.read(request.model());
        if (!request.runner().isEmpty() && !RUNNERS.contains(request.runner())) {
            throw RelataException.usage(
                    "train.runner",
                    "--runner " + request.runner(),
                    "there is no such runner",
                    "there are " + String.join(", ", RUNNERS));
        }
        try (WritableDatabase database = WritableDatabase.open(request.database(), request.environment())) {
            String own = database.kind().name().toLowerCase(Locale.ROOT);
            String name = request.runner().isEmpty() ? own : request.runner();
            if (!IN_MEMORY.contains(name) && !name.equals(own)) {
                throw RelataException.usage(
                        "train.runner",
                        "--runner " + name,
                        database.shown() + " is a database of "
                                + database.kind().label(),
                        "use " + own + ", " + ENGINE + " or " + REFERENCE);
            }
            JdbcTables tables = new JdbcTables(database.connection());
            Model model = file.parse(tables);
            TrainingState state = state(request, file, database);
            try (Runner runner = IN_MEMORY.contains(name)
                    ? inMemory(name, model, tables)
                    : ModelTools.runner(database.kind(), database.connection(), model)) {
                TrainingResult result = train(request, model, runner, state, tables);
                if (result.stop() != TrainingResult.Stop.INTERRUPTED) {
                    new ParameterTables(database.connection()).write(model, result.parameters());
                    state.clear();
                }
                Map<String, Integer> rows = new LinkedHashMap<>();
                result.parameters().forEach((parameter, values) -> rows.put(parameter, values.size()));
                return new Outcome(file.name(), database.shown(), name, result, rows);
            }
        }
    }

    private static TrainingResult train(
            Request request, Model model, Runner runner, TrainingState state, JdbcTables tables) {
        TrainProgress progress = new TrainProgress(request.progress());
        Trainer trainer = new Trainer(runner, model, request.options(), state, progress);
        return trainer.train(() -> {
            Map<String, Relation> start = ParameterInit.of(
                    model, new TableData(tables), request.options().seed());
            for (Input parameter : model.parameters()) {
                String table = parameter.table().name();
                progress.note(parameter.relation()
                        + (tables.exists(table)
                                ? ": starts from the rows of table " + table + ", which are replaced at the end"
                                : ": becomes a table"));
            }
            return start;
        });
    }

    private static Runner inMemory(String name, Model model, JdbcTables tables) {
        // In 64 bits, so that all runners learn the same numbers.
        Runner runner = name.equals(REFERENCE)
                ? new ReferenceRunner()
                : new EngineRunner(EngineOptions.standard().precision(Precision.FLOAT64));
        try {
            for (Input input : model.inputs()) {
                if (!input.learned()) {
                    tables.bind(input, runner);
                }
            }
            return runner;
        } catch (RuntimeException e) {
            runner.close();
            throw e;
        }
    }

    private static TrainingState state(Request request, ModelFile file, WritableDatabase database) throws IOException {
        TrainingState state;
        if (request.folder().isPresent()) {
            Files.createDirectories(request.folder().get());
            state = new FileState(request.folder().get().resolve(file.name() + ".training"));
        } else {
            state = new JdbcState(database.connection(), file.name());
        }
        switch (request.unfinished()) {
            case GO_ON -> {}
            case FORGET -> state.clear();
            case REQUIRED -> {
                if (state.load().isEmpty()) {
                    throw RelataException.usage(
                            "train.resume",
                            "--resume",
                            "there is no unfinished run of " + file.name(),
                            "leave it out to begin one");
                }
            }
        }
        return state;
    }
}
