package org.relata.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.FeatureTable;
import org.relata.cli.run.RunInputs;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.TableFile;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.Schema;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskFiles;
import org.relata.database.task.TaskTables;
import org.relata.features.Feature;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;
import org.relata.features.plan.PathQuery;
import org.relata.features.sql.FeatureRunner;
import org.relata.learn.fit.CutOffs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `relata features`: what a fit would compute, before and instead of computing it.
@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Plans the features of a task: what each says, the SQL behind it, and what computing them all is"
                + " expected to take; with --out, computes them.",
        footer = {"", "A fit adds the entity's own earlier labels as one more table; this command does not."})
final class FeaturesCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The database.")
    @SuppressWarnings("NullAway.Init")
    private String source;

    @Option(names = "--schema", paramLabel = "FILE", description = "The database.yaml to go by.")
    private @Nullable Path schema;

    @Option(
            names = {"-t", "--task"},
            required = true,
            paramLabel = "TASK",
            description = "What to predict: a task file, or the name of a task in a RelBench folder.")
    @SuppressWarnings("NullAway.Init")
    private String task;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How many links a feature may follow, 1 to 3 (default: 3).")
    private @Nullable Integer depth;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "How long computing may take; the least promising paths are dropped (default: 5m).")
    private @Nullable Duration budget;

    @Option(
            names = "--regime",
            paramLabel = "REGIME",
            description =
                    "With --out, what rows with late seed times may see: frozen or rolling (default: as the task file"
                            + " says, else frozen).")
    private @Nullable Regime regime;

    @Option(names = "--sql", description = "Print the features as one SQL script.")
    private boolean sql;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Compute the features of all label rows and write them as .parquet or .csv.")
    private @Nullable Path out;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        Optional<Path> file = Optional.ofNullable(out);
        file.ifPresent(TableFile::check);
        FeatureSettings settings = settings();
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        Map<String, String> given = new LinkedHashMap<>(Map.of("source", source, "task", task));
        Optional.ofNullable(schema).ifPresent(s -> given.put("schema", s.toString()));
        Optional<Path> chosenSchema =
                Optional.ofNullable(RunInputs.withTaskFile(given).get("schema")).map(Path::of);
        try (Workspace workspace = Workspace.temporary();
                Database database = workspace.open(source, chosenSchema, store, progress)) {
            TaskFile taskFile = TaskFiles.open(RunInputs.taskFile(task, source), database.schema());
            TaskTables tables = TaskBuilder.build(database, taskFile.task(), progress);
            FeaturePlan plan = plan(database, taskFile.task(), tables, settings);
            TerminalProgress.end(progress);
            if (file.isPresent()) {
                Regime chosen = Optional.ofNullable(regime).or(taskFile::regime).orElse(Regime.FROZEN);
                compute(database, taskFile.task(), tables, plan, chosen, progress, file.get());
                TerminalProgress.end(progress);
            }
            if (json.on()) {
                terminal.line(RunJson.text(object(plan, file)));
            } else if (sql) {
                terminal.line(FeatureRunner.script(plan));
            } else {
                print(terminal, plan);
                file.ifPresent(f -> terminal.line("Written to " + f));
            }
        }
        return 0;
    }

    private FeatureSettings settings() {
        FeatureSettings standard = FeatureSettings.standard();
        return standard.withDepth(depth == null ? standard.depth() : depth)
                .within(budget == null ? standard.budget() : budget, store.memoryBytes() / 4);
    }

    private static FeaturePlan plan(Database database, Task task, TaskTables tables, FeatureSettings settings) {
        long pairs = 0;
        for (Split split : Split.values()) {
            pairs += tables.of(split).size();
        }
        Schema visible = database.schema().without(task.hidden());
        return new FeaturePlanner(database, visible, settings, task.validationTime()).plan(task.entityTable(), pairs);
    }

    private static void compute(
            Database database,
            Task task,
            TaskTables tables,
            FeaturePlan plan,
            Regime regime,
            Progress progress,
            Path file)
            throws IOException {
        FeatureRunner runner = new FeatureRunner(database);
        CutOffs cutOffs = CutOffs.of(task, regime);
        List<FeatureTable.Block> blocks = new ArrayList<>();
        for (Split split : Split.values()) {
            blocks.add(new FeatureTable.Block(
                    split, tables.of(split), runner.run(plan, cutOffs.scored(split, tables.of(split)), progress)));
        }
        FeatureTable.write(database, database.schema().require(task.entityTable()), blocks, file);
    }

    private void print(Terminal terminal, FeaturePlan plan) {
        FeaturePlan.Estimate estimate = plan.estimate();
        terminal.line(terminal.bold(Text.count(plan.width(), "feature")) + " of " + plan.entityTable() + " for "
                + Text.count(estimate.rows(), "label row") + ", by "
                + Text.count(plan.queries().size(), "query", "queries"));
        terminal.line("Expected: " + Text.count(estimate.joinedRows(), "joined row") + ", "
                + Text.duration(Duration.ofMillis(Math.round(estimate.seconds() * 1000))) + ", "
                + Text.bytes(estimate.bytes()) + " for the finished table");
        terminal.line("");
        Columns columns = new Columns("query", "path", ">features", ">rows an entity");
        for (PathQuery query : plan.queries()) {
            columns.add(
                    query.name(),
                    String.join(" > ", query.path().tables()) + (query.stacked() ? " (per row, then again)" : ""),
                    Text.count(query.outputs().size()),
                    Text.score(query.rowsPerEntity()));
        }
        columns.render().forEach(terminal::line);
        if (!plan.dropped().isEmpty()) {
            terminal.line("");
            terminal.line(terminal.bold("Left out to stay within the budget"));
            plan.dropped().forEach(path -> terminal.line("  " + path));
        }
        if (!output.quiet()) {
            terminal.line("");
            for (PathQuery query : plan.queries()) {
                terminal.line(terminal.bold(query.name()) + " "
                        + String.join(" > ", query.path().tables()));
                query.outputs()
                        .forEach(o -> terminal.line("  " + o.feature().name() + ": "
                                + terminal.faint(o.feature().sentence())));
            }
        }
    }

    private Map<String, Object> object(FeaturePlan plan, Optional<Path> file) {
        FeaturePlan.Estimate estimate = plan.estimate();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("entity_table", plan.entityTable());
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("rows", estimate.rows());
        expected.put("joined_rows", estimate.joinedRows());
        expected.put("seconds", RunJson.number(estimate.seconds()));
        expected.put("bytes", estimate.bytes());
        map.put("estimate", expected);
        map.put("dropped", plan.dropped());
        map.put(
                "features",
                plan.features().stream().map(FeaturesCommand::feature).toList());
        file.ifPresent(f -> map.put("out", f.toString()));
        return map;
    }

    private static Map<String, Object> feature(Feature feature) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", feature.name());
        map.put("type", feature.type().name().toLowerCase(java.util.Locale.ROOT));
        map.put("sentence", feature.sentence());
        map.put("query", feature.query());
        map.put("path", feature.path());
        return map;
    }
}
