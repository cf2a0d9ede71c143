package org.relata.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.PredictionTable;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.SavedRun;
import org.relata.cli.run.TableFile;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskRows;
import org.relata.learn.fit.FittedPipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `relata predict`: predictions of a finished run, at any time.
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Predicts with a finished run, for any entities at any time.",
        footer = {"", "Example: relata predict --run relata-runs/churn-frozen-seed0-1 --at now --out churn.parquet"})
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final AtOption at = new AtOption();

    @Option(
            names = "--entities",
            paramLabel = "KEYS",
            description =
                    "The primary keys to predict for: k1,k2 or @file with one a line (default: all that are known).")
    private @Nullable String entities;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write all predictions as .parquet or .csv; otherwise the highest are printed.")
    private @Nullable Path out;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        SavedRun saved = run.run();
        Optional<Path> file = Optional.ofNullable(out);
        file.ifPresent(TableFile::check);
        Optional<List<String>> keys = EntityOption.read(Optional.ofNullable(entities));
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        try (Workspace workspace = Workspace.temporary();
                Database database = run.open(saved, workspace, progress)) {
            Task task = saved.task(database.schema());
            AtOption.Chosen time = at.on(database);
            TaskRows rows = TaskBuilder.rowsAt(database, task, time.time(), keys);
            if (rows.size() == 0) {
                throw RelataException.usage(
                        "predict.none",
                        task.entityTable(),
                        "no row of it was known at " + time.time(),
                        "choose a later time with --at");
            }
            try (FittedPipeline pipeline = saved.pipeline(task);
                    PredictionTable table = PredictionTable.of(
                            database,
                            task,
                            pipeline.classes(),
                            List.of(new PredictionTable.Block(
                                    Optional.empty(), rows, pipeline.predict(database, rows, progress))))) {
                TerminalProgress.end(progress);
                if (file.isPresent()) {
                    table.write(file.get());
                }
                if (json.on()) {
                    terminal.line(RunJson.text(object(task, time, rows, table, file)));
                } else {
                    print(terminal, task, time, rows, table, file);
                }
            }
        }
        return 0;
    }

    private static Map<String, Object> object(
            Task task, AtOption.Chosen time, TaskRows rows, PredictionTable table, Optional<Path> file) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("task", task.name());
        map.put("at", time.time().toString());
        map.put("rows", rows.size());
        if (file.isPresent()) {
            map.put("out", file.get().toString());
        } else {
            map.put("predictions", table.head(Long.MAX_VALUE, false));
        }
        return map;
    }

    private void print(
            Terminal terminal,
            Task task,
            AtOption.Chosen time,
            TaskRows rows,
            PredictionTable table,
            Optional<Path> file) {
        if (!output.quiet()) {
            terminal.line(
                    terminal.bold(task.name()) + " at " + time.text() + ": " + Text.count(rows.size(), "prediction"));
        }
        if (file.isPresent()) {
            if (!output.quiet()) {
                terminal.line("Written to " + file.get());
            }
            return;
        }
        List<Map<String, Object>> head = table.head(SHOWN, true);
        Columns columns = new Columns(head.getFirst().entrySet().stream()
                .map(e -> e.getValue() instanceof Number ? ">" + e.getKey() : e.getKey())
                .toArray(String[]::new));
        head.forEach(row -> columns.add(row.values().stream()
                .map(value -> value instanceof Double number ? Text.score(number) : value.toString())
                .toArray(String[]::new)));
        columns.render().forEach(terminal::line);
        if (rows.size() > head.size()) {
            terminal.line(
                    "  … and " + Text.count(rows.size() - head.size()) + " more: --out FILE.parquet writes them all");
        }
    }
}
