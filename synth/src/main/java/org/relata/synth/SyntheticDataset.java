package org.relata.synth;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.relata.database.Database;
import org.relata.synth.config.Config;
import org.relata.synth.config.SplitBy;
import org.relata.synth.config.TopParameters;
import org.relata.synth.random.Key;
import org.relata.synth.schema.Completion;
import org.relata.synth.schema.Intervention;
import org.relata.synth.schema.RandomSchema;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;
import org.relata.synth.schema.TimeSpan;
import org.relata.synth.table.Anatomy;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Workers;
import org.relata.synth.task.PlantedTask;
import org.relata.synth.write.Destination;
import org.relata.synth.write.FolderWriter;
import org.relata.synth.write.OutputFormat;
import org.relata.synth.write.StoreSink;

/// A database drawn from a seed.
///
/// The same seed, configuration and version give the same rows, whatever the number of threads, and however the rows
/// are
/// asked for.
///
/// ```java
/// try (Database database = SyntheticDataset.of(7, Config.defaults()).database(Path.of("seven.duckdb"))) { … }
/// ```
///
/// @param seed the seed, any number
/// @param config the parameters
/// @param plan the schema, complete
/// @param interventions the columns that are held at a value; empty for the database itself, otherwise this is its twin
public record SyntheticDataset(long seed, Config config, SchemaPlan plan, List<Intervention> interventions) {
    /// Changes with every change of what a seed gives.
    public static final int VERSION = 1;

    private static final long DEFAULT_MEMORY = 1L << 30;

    /// Copies the interventions.
    public SyntheticDataset {
        interventions = List.copyOf(interventions);
    }

    /// A database with a schema drawn at random.
    public static SyntheticDataset of(long seed, Config config) {
        return of(seed, config, RandomSchema.draw(config, Key.of(seed)));
    }

    /// A database with this schema; what it leaves open is drawn.
    public static SyntheticDataset of(long seed, Config config, SchemaPlan plan) {
        return new SyntheticDataset(seed, config, Completion.of(plan, config, Key.of(seed)), List.of());
    }

    /// The counterfactual twin: the same mechanisms, links and noise, but some columns are held at a value in every
    /// row.
    /// Columns that these do not influence keep every cell.
    ///
    /// @param interventions each as `table.column=value`
    /// @throws org.relata.database.RelataException `synth.do` when one names no column, or no value of it
    public SyntheticDataset holding(List<String> interventions) {
        return new SyntheticDataset(
                seed,
                config,
                plan,
                interventions.stream().map(i -> Intervention.parse(i, plan)).toList());
    }

    /// Generates all rows.
    ///
    /// @param sink where they go: tables one after the other, parents first, in runs of rows
    /// @param threads how many threads evaluate rows
    /// @return the tasks that were planted
    public List<PlantedTask> generate(Generation.Sink sink, int threads) {
        try (Workers workers = new Workers(threads)) {
            return new Generation(config, plan, Key.of(seed), interventions, workers, threads).run(sink);
        }
    }

    /// How each table came about, parents first; no row is written.
    ///
    /// @param threads how many threads evaluate rows
    public List<Anatomy> anatomies(int threads) {
        try (Workers workers = new Workers(threads)) {
            return new Generation(config, plan, Key.of(seed), interventions, workers, threads).anatomies();
        }
    }

    /// Generates all rows into a store to learn from.
    ///
    /// @param file the DuckDB file to create; its folder must exist
    public Database database(Path file) {
        return database(
                "plurel-" + seed, file, DEFAULT_MEMORY, Runtime.getRuntime().availableProcessors(), _ -> {});
    }

    /// Generates all rows into a store to learn from.
    ///
    /// @param name what the database is called
    /// @param file the DuckDB file to create; its folder must exist
    /// @param memoryBytes what DuckDB may hold in memory
    /// @param threads how many threads evaluate rows
    /// @param planted told the tasks that were planted
    public Database database(
            String name, Path file, long memoryBytes, int threads, Consumer<List<PlantedTask>> planted) {
        // One thread writes: several would cut the files where they happen to meet.
        StoreSink sink = new StoreSink(file, memoryBytes, 1);
        try {
            planted.accept(generate(sink, threads));
            List<String> order = plan.tables().stream().map(TablePlan::name).toList();
            return sink.database(name, order, validationTime(), testTime());
        } catch (RuntimeException e) {
            sink.close();
            throw e;
        }
    }

    /// Writes it into a folder, unless it is there: aside first, then renamed.
    ///
    /// @param name what the database is called
    /// @param folder the folder
    /// @param format as what
    /// @param memoryBytes what DuckDB may hold in memory
    /// @param threads how many threads evaluate rows
    public FolderWriter.Outcome write(String name, Path folder, OutputFormat format, long memoryBytes, int threads) {
        return write(name, folder, new Destination.Files(format), memoryBytes, threads);
    }

    /// Writes it, unless it is there: completely or not at all.
    ///
    /// @param name what the database is called
    /// @param folder its folder; on a server, a schema of the same name
    /// @param destination where its rows go
    /// @param memoryBytes what DuckDB may hold in memory
    /// @param threads how many threads evaluate rows
    public FolderWriter.Outcome write(
            String name, Path folder, Destination destination, long memoryBytes, int threads) {
        return new FolderWriter(folder, destination)
                .write(
                        seed,
                        VERSION,
                        config.json(),
                        plan.toString(),
                        interventions.stream().map(Intervention::toString).toList(),
                        (file, planted) -> database(name, file, memoryBytes, threads, planted));
    }

    /// When validation starts.
    public LocalDateTime validationTime() {
        return split(config.get(TopParameters.VAL_SPLIT));
    }

    /// When test starts.
    public LocalDateTime testTime() {
        return split(config.get(TopParameters.TEST_SPLIT));
    }

    /// A share of the days of the span, as the reference cuts it, or of the dated rows, which lie evenly over the span.
    private LocalDateTime split(double share) {
        TimeSpan span = plan.span().orElseThrow();
        long days = ChronoUnit.DAYS.between(span.from(), span.to());
        if (config.get(TopParameters.SPLIT_BY) == SplitBy.ROWS) {
            return span.from().plusSeconds((long) (share * ChronoUnit.SECONDS.between(span.from(), span.to())));
        }
        return span.from().plusDays(Math.min(days, (long) ((days + 1) * share)));
    }
}
