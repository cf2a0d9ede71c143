package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.relata.cli.report.Report;
import org.relata.cli.report.ReportContext;
import org.relata.cli.report.TableFacts;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFile;
import org.relata.database.config.DatabaseFileWriter;
import org.relata.database.metric.Metric;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.Task;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskFiles;
import org.relata.learn.fit.Fit;
import org.relata.learn.fit.FitOutcome;
import org.relata.learn.fit.FitRequest;
import org.relata.learn.fit.FitResult;

/// One fit from settings to a run folder.
public final class FitRun {
    private FitRun() {}

    /// What to run.
    ///
    /// @param config what decides the run
    /// @param out the run folder; empty for one below [RunFolder#RUNS] named after the task
    /// @param overwrite whether a finished run in that folder may be replaced
    /// @param command the command line as it was typed, without secrets
    /// @param progress told how far the work is
    /// @param started told the run folder once this process holds it
    /// @param opened told what the database holds once it is open
    public record Request(
            RunConfig config,
            Optional<Path> out,
            boolean overwrite,
            String command,
            Progress progress,
            Consumer<RunFolder> started,
            Consumer<Data> opened) {}

    /// What the database held.
    ///
    /// @param name its name
    /// @param tables the facts of each table
    /// @param issues what was found wrong in it
    /// @param resumed whether work of an interrupted run is gone on from
    public record Data(String name, Map<String, TableFacts> tables, List<DataIssue> issues, boolean resumed) {}

    /// A finished run.
    ///
    /// @param folder the run folder
    /// @param result what was found out
    public record Finished(Path folder, FitResult result) {}

    /// Runs.
    ///
    /// @throws RelataException for whatever a user can cause
    /// @throws IOException when the run folder cannot be written
    public static Finished run(Request request) throws IOException {
        RunConfig config = request.config();
        Path taskFile = RunInputs.taskFile(config.task(), config.source());
        String inputs = inputs(config, taskFile);
        Path folder = request.out().orElseGet(() -> RunFolder.choose(RunFolder.RUNS, name(config, taskFile), inputs));
        try (RunFolder held = RunFolder.open(folder, request.overwrite())) {
            request.started().accept(held);
            try {
                return run(request, held, taskFile, inputs);
            } catch (RuntimeException | IOException e) {
                held.abandonResults();
                held.discardIfUseless();
                throw e;
            }
        }
    }

    private static Finished run(Request request, RunFolder held, Path taskFile, String inputs) throws IOException {
        RunConfig config = request.config();
        Instant started = Instant.now();
        MemoryPlan memory = MemoryPlan.of(config.settings().memoryBytes());
        try (Database database = Databases.open(new OpenRequest(
                config.source(),
                config.schema(),
                held.freshStore(),
                memory.duckdb(),
                config.settings().threads(),
                request.progress()))) {
            String fingerprint = database.fingerprint();
            TaskFile asked = TaskFiles.open(taskFile, database.schema());
            Task task = asked.task();
            Metric primary = RunInputs.primary(asked);
            boolean resumed = held.begin(inputs, fingerprint);
            Map<String, TableFacts> tables = TableFacts.of(database);
            request.opened().accept(new Data(database.schema().name(), tables, database.issues(), resumed));
            try (FitOutcome outcome = Fit.run(new FitRequest(
                    database,
                    task,
                    primary,
                    config.settings(),
                    held.checkpoints(),
                    config.tolerateLeaks(),
                    request.progress()))) {
                request.progress().begin("write the results", -1);
                write(request, held, database, task, taskFile, outcome, new Origin(fingerprint, tables, started));
                held.publish();
                return new Finished(held.folder(), outcome.result());
            }
        }
    }

    private record Origin(String fingerprint, Map<String, TableFacts> tables, Instant started) {}

    private static void write(
            Request request,
            RunFolder held,
            Database database,
            Task task,
            Path taskFile,
            FitOutcome outcome,
            Origin origin)
            throws IOException {
        RunConfig config = request.config();
        Path results = held.results();
        Path folder = held.folder();
        DatabaseConfig schema = config.schema().map(DatabaseFile::read).orElseGet(DatabaseConfig::empty);
        // Everything that was concluded is settled, so that the run means the same on data that will come later.
        Files.writeString(
                results.resolve("database.yaml"),
                DatabaseFileWriter.text(schema.settledBy(database), database.inferences()));
        Files.copy(taskFile, results.resolve("task.yaml"));
        RunConfig kept = config.with(folder.resolve("database.yaml"), folder.resolve("task.yaml"));
        Files.writeString(
                results.resolve("config.yaml"),
                "# What this run was; 'relata fit --config config.yaml' does it again.\n" + kept.yaml(folder));
        Files.writeString(results.resolve("features.sql"), outcome.pipeline().featureSql());
        outcome.pipeline().write(results.resolve("model"));
        List<PredictionTable.Block> blocks = outcome.scored().stream()
                .map(s -> new PredictionTable.Block(Optional.of(s.split()), s.rows(), s.predictions()))
                .toList();
        try (PredictionTable predictions =
                PredictionTable.of(database, task, outcome.pipeline().classes(), blocks)) {
            predictions.write(results.resolve("predictions.parquet"));
        }
        Provenance provenance = new Provenance(
                Versions.all(),
                request.command(),
                Sources.withoutSecrets(config.source()),
                origin.fingerprint(),
                config.settings().seed(),
                GitCommit.of(Path.of("")),
                origin.started(),
                Instant.now());
        Files.writeString(results.resolve("provenance.json"), RunJson.text(provenance.toMap()));
        Report.write(
                outcome,
                new ReportContext(
                        database.schema(),
                        task,
                        config.settings(),
                        Sources.withoutSecrets(config.source()),
                        CommandText.fit(config),
                        provenance.versions(),
                        origin.fingerprint(),
                        origin.tables(),
                        provenance.finished(),
                        database.inferences(),
                        database.issues()),
                results.resolve("report.html"));
        Files.writeString(
                results.resolve(RunFolder.FINISHED),
                RunJson.text(RunJson.full(outcome, config.settings().seed(), folder.toString())));
    }

    private static String name(RunConfig config, Path taskFile) {
        return TaskPeek.at(taskFile).fileName() + "-"
                + config.settings().regime().label() + "-seed"
                + config.settings().seed();
    }

    /// What must be equal for one run to go on from another's checkpoints, besides the data: the settings that decide
    /// the outcome and the content of the files. Memory and threads do not.
    private static String inputs(RunConfig config, Path taskFile) throws IOException {
        Map<String, String> values = config.toMap();
        values.keySet().removeAll(List.of("memory", "threads", "schema", "task"));
        List<String> texts = new ArrayList<>(List.of(Versions.relata(), values.toString(), Files.readString(taskFile)));
        if (config.schema().isPresent()) {
            Path schema = config.schema().get();
            if (!Files.isRegularFile(schema)) {
                throw RelataException.usage(
                        "schema.missing", schema.toString(), "there is no such file", "write one with 'relata init'");
            }
            texts.add(Files.readString(schema));
        }
        return Digests.sha256(texts);
    }
}
