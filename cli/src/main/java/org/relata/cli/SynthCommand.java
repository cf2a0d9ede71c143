package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.MemoryPlan;
import org.relata.cli.synth.Pictures;
import org.relata.cli.synth.SynthBatch;
import org.relata.cli.synth.SynthPrinter;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.synth.config.Config;
import org.relata.synth.config.Preset;
import org.relata.synth.config.TopParameters;
import org.relata.synth.ddl.SchemaFile;
import org.relata.synth.ddl.Unmodelled;
import org.relata.synth.like.LabelUse;
import org.relata.synth.like.Likeness;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.write.Destination;
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
            "",
            "--do holds a column at a value in every row and changes nothing else that it does not influence: beside the"
                    + " same command without it, a counterfactual twin.",
            "",
            "Example: relata synth --num-dbs 10 --out drawn",
            "Example: relata synth --schema shop.sql --do orders.express=true --db-prefix express --out drawn",
        })
final class SynthCommand implements Callable<Integer> {
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

    @Option(
            names = "--parity",
            paramLabel = "WITH",
            description = "Keep the quirks of an implementation, for comparisons: reference (default: none are kept).")
    private @Nullable String parity;

    @ArgGroup
    private final Origin origin = new Origin();

    @Option(
            names = "--unmodelled",
            paramLabel = "WAY",
            defaultValue = "refuse-but-bytes",
            description = "With --schema, what becomes of columns whose type is not drawn, such as JSON or arrays:"
                    + " refuse, refuse-but-bytes (leaves out bytes that may be null) or leave-out (default:"
                    + " ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String unmodelled;

    @Option(
            names = "--like-schema",
            paramLabel = "FILE.yaml",
            description =
                    "With --like, the database.yaml to go by (default: what the source declares, the rest inferred).")
    private @Nullable Path likeSchema;

    @Option(
            names = "--keep-labels",
            description =
                    "With --like, keep the labels of categories as they are; they are values of rows, and a rare one"
                            + " may name a person.")
    private boolean keepLabels;

    @Option(
            names = "--do",
            paramLabel = "TABLE.COLUMN=VALUE",
            description = "Hold a column at a value in every row, whatever influences it; may be repeated.")
    private List<String> held = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "relbench",
            description =
                    "What to write: relbench, parquet, csv, duckdb, or postgresql://user@host/database for a schema"
                            + " of its own each (default: ${DEFAULT-VALUE}).")
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

    @Option(
            names = "--pictures",
            paramLabel = "DIR",
            description =
                    "Write no database, but pictures of how the first one comes about: schema.svg, links.svg (a foreign"
                            + " key as a matrix), series.svg (a column over time) and causes.svg (what causes what in a table).")
    private @Nullable Path pictures;

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
        if (prefix.isBlank() || !Path.of(prefix).equals(Path.of(prefix).getFileName()) || prefix.startsWith(".")) {
            throw RelataException.usage(
                    "synth.name",
                    "--db-prefix '" + prefix + "'",
                    "names of folders cannot start with it",
                    "use letters, digits, - and _");
        }
        Config parameters = config();
        Destination destination = Destination.of(format, main.environment());
        Progress progress = output.progress(main.terminal());
        SynthBatch batch = new SynthBatch(
                seedOffset,
                count,
                parameters,
                plan(progress),
                held,
                prefix,
                out,
                destination,
                store.threads(),
                MemoryPlan.of(store.memoryBytes()).duckdb());
        SynthPrinter printer = new SynthPrinter(main.terminal(), json.on());
        if (describe) {
            printer.summary(batch.summary(), count);
            return 0;
        }
        if (pictures != null) {
            List<Path> files = new Pictures(batch.dataset(seedOffset), store.threads()).write(pictures);
            printer.pictures(files);
            return 0;
        }
        createFolder();
        List<SynthBatch.Result> results = batch.run(progress);
        TerminalProgress.end(progress);
        Optional<RelataException> only =
                results.size() == 1 ? results.getFirst().failure() : Optional.empty();
        if (only.isPresent()) {
            throw only.get();
        }
        return printer.results(batch, results) == 0 ? 0 : Failures.FAILURE;
    }

    /// The preset, what the file says over it, and what the command line says over both.
    private Config config() {
        Config parameters = Preset.of(preset).config();
        if (config != null) {
            parameters = parameters.read(config);
        }
        if (parity == null) {
            return parameters;
        }
        if (!parity.equals("reference")) {
            throw RelataException.usage(
                    "synth.parity",
                    "--parity " + parity,
                    "there is no such implementation",
                    "write --parity reference");
        }
        return parameters.toBuilder().set(TopParameters.PARITY, true).build();
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
        Unmodelled way = Unmodelled.of(unmodelled);
        List<String> notes = List.of();
        Optional<SchemaPlan> plan = Optional.empty();
        if (origin.schema != null) {
            SchemaFile file = SchemaFile.read(origin.schema, way);
            notes = file.notes();
            plan = Optional.of(file.plan());
        } else if (origin.like != null) {
            LabelUse labels = keepLabels ? LabelUse.TAKEN_OVER : LabelUse.ANONYMOUS;
            try (Workspace workspace = Workspace.temporary();
                    Database database = workspace.open(origin.like, Optional.ofNullable(likeSchema), store, progress)) {
                Likeness likeness = Likeness.of(database, labels, progress);
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
}
