package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.run.RunJson;
import org.relata.cli.synth.SchemaSummary;
import org.relata.cli.synth.SynthBatch;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.synth.config.Config;
import org.relata.synth.config.Preset;
import org.relata.synth.ddl.SchemaFile;
import org.relata.synth.like.LabelUse;
import org.relata.synth.like.Likeness;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.SchemaStatistics;
import org.relata.synth.write.OutputFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `relata synth`: draws databases.
@Command(
        name = "synth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Draws relational databases from structural causal models: of random schemas, or of your own.",
        footer = {
            "",
            "The same seed and configuration give the same bytes. A database that is there already is left alone, so a"
                    + " command that was stopped goes on when it is given again.",
        })
final class SynthCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Option(
            names = "--seed-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "The seed of the first database (default: ${DEFAULT-VALUE}).")
    private long seedOffset;

    @Option(
            names = "--num-dbs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many databases, of consecutive seeds (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--config", paramLabel = "FILE", description = "Parameters, as YAML or JSON, over the preset's.")
    private @Nullable Path config;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "Parameters to start from: main, v1.0.0 or rich (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String preset;

    @ArgGroup
    private final Origin origin = new Origin();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "relbench",
            description = "What to write: relbench, parquet, csv or duckdb (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String format;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "synthetic",
            description = "Where each database gets a folder of its own (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--db-prefix",
            paramLabel = "NAME",
            defaultValue = "plurel",
            description = "What the names of databases start with; the seed follows (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String prefix;

    @Option(names = "--describe", description = "Write nothing, and print what the schemas of these seeds look like.")
    private boolean describe;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /// Where the schema comes from, if it is not drawn.
    private static final class Origin {
        @Option(names = "--schema", paramLabel = "FILE.sql", description = "Draw rows for the tables of this SQL file.")
        private @Nullable Path schema;

        @Option(
                names = "--like",
                paramLabel = "SOURCE",
                description = "Draw a database with the schema and the counts of this one, and none of its rows.")
        private @Nullable String like;
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw RelataException.usage(
                    "synth.count", "--num-dbs " + count, "there is nothing to do", "give 1 or more");
        }
        Config parameters = Preset.of(preset).config();
        if (config != null) {
            parameters = parameters.read(config);
        }
        OutputFormat wanted = OutputFormat.of(format);
        Progress progress = output.progress(main.terminal());
        SynthBatch batch = new SynthBatch(
                seedOffset,
                count,
                parameters,
                plan(progress),
                prefix,
                out,
                wanted,
                store.threads(),
                MemoryPlan.of(store.memoryBytes()).duckdb());
        if (describe) {
            describe(batch);
            return 0;
        }
        createFolder();
        List<SynthBatch.Result> results = batch.run(progress);
        TerminalProgress.end(progress);
        return report(results);
    }

    private void createFolder() {
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw RelataException.usage(
                            "synth.out", out.toString(), "it cannot be made", "name a folder that can be written to")
                    .causedBy(e);
        }
        if (!Files.isWritable(out)) {
            throw RelataException.usage(
                    "synth.out", out.toString(), "it cannot be written to", "check its permissions");
        }
    }

    private Optional<SchemaPlan> plan(Progress progress) throws IOException {
        List<String> notes = List.of();
        Optional<SchemaPlan> plan = Optional.empty();
        if (origin.schema != null) {
            SchemaFile file = SchemaFile.read(origin.schema);
            notes = file.notes();
            plan = Optional.of(file.plan());
        } else if (origin.like != null) {
            try (Workspace workspace = Workspace.temporary();
                    Database database = workspace.open(origin.like, Optional.empty(), store, progress)) {
                Likeness likeness = Likeness.of(database, LabelUse.ANONYMOUS, progress);
                notes = likeness.notes();
                plan = Optional.of(likeness.plan());
            }
            TerminalProgress.end(progress);
        }
        if (!output.quiet()) {
            notes.forEach(note -> main.terminal().aside("note: " + note));
        }
        return plan;
    }

    private void describe(SynthBatch batch) {
        List<SchemaStatistics> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(SchemaStatistics.of(batch.dataset(seedOffset + i).plan()));
        }
        SchemaSummary summary = SchemaSummary.of(all);
        Terminal terminal = main.terminal();
        if (json.on()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("databases", count);
            summary.measures().forEach((measure, numbers) -> {
                Map<String, Object> named = new LinkedHashMap<>();
                for (int i = 0; i < numbers.size(); i++) {
                    named.put(SchemaSummary.HEADERS.get(i), numbers.get(i));
                }
                object.put(measure.replace(' ', '_'), named);
            });
            terminal.line(RunJson.text(object));
            return;
        }
        terminal.line(terminal.bold("Schemas of " + Text.count(count, "seed")));
        Columns columns = new Columns("", ">min", ">5%", ">median", ">95%", ">max", ">mean");
        summary.measures()
                .forEach((measure, n) -> columns.add(
                        measure,
                        whole(n.get(0)),
                        whole(n.get(1)),
                        whole(n.get(2)),
                        whole(n.get(3)),
                        whole(n.get(4)),
                        String.format(Locale.ROOT, "%.2f", n.get(5))));
        columns.render().forEach(terminal::line);
    }

    private static String whole(double number) {
        return Text.count(Math.round(number));
    }

    private int report(List<SynthBatch.Result> results) {
        List<SynthBatch.Result> failed =
                results.stream().filter(r -> r.failure().isPresent()).toList();
        if (results.size() == 1 && failed.size() == 1) {
            throw failed.getFirst().failure().orElseThrow();
        }
        Terminal terminal = main.terminal();
        if (json.on()) {
            terminal.line(RunJson.text(object(results)));
        } else {
            long written = results.stream()
                    .filter(r -> r.outcome().filter(o -> o.written()).isPresent())
                    .count();
            long found = results.size() - written - failed.size();
            terminal.line(Text.count(written, "database") + " written to " + out
                    + (found > 0 ? ", " + Text.count(found) + " there already" : "") + ": "
                    + Text.count(
                            results.stream().mapToLong(SynthBatch.Result::rows).sum(), "row"));
        }
        failed.stream()
                .limit(MOST_SHOWN)
                .forEach(r -> terminal.aside(
                        r.name() + ": " + r.failure().orElseThrow().getMessage()));
        if (!failed.isEmpty()) {
            terminal.aside(Text.count(failed.size(), "database") + " of " + Text.count(results.size()) + " failed");
        }
        return failed.isEmpty() ? 0 : Failures.FAILURE;
    }

    private Map<String, Object> object(List<SynthBatch.Result> results) {
        List<Map<String, Object>> databases = new ArrayList<>();
        for (SynthBatch.Result result : results) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", result.name());
            one.put("seed", result.seed());
            result.outcome().ifPresent(o -> {
                one.put("written", o.written());
                one.put("folder", out.resolve(result.name()).toString());
                one.put("rows", o.rows());
                one.put("tasks", o.tasks());
            });
            result.failure().ifPresent(f -> one.put("error", f.getMessage()));
            databases.add(one);
        }
        return Map.of("databases", databases);
    }
}
