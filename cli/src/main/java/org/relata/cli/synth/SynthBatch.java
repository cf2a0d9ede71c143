package org.relata.cli.synth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.config.Config;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.SchemaStatistics;
import org.relata.synth.write.Destination;
import org.relata.synth.write.FolderWriter;

/// Draws databases of consecutive seeds side by side. One that fails does not stop the others, and one that is there
/// already is left alone, so the same command goes on where it was stopped.
///
/// @param firstSeed the first seed
/// @param count how many
/// @param config the parameters
/// @param plan the schema of all of them; empty for one drawn for each
/// @param held the columns that are held, as `table.column=value`
/// @param prefix what their names start with
/// @param out the folder for their folders
/// @param destination where their rows go
/// @param threads how many threads may work
/// @param memoryBytes what DuckDB may hold in memory, all of them together
public record SynthBatch(
        long firstSeed,
        int count,
        Config config,
        Optional<SchemaPlan> plan,
        List<String> held,
        String prefix,
        Path out,
        Destination destination,
        int threads,
        long memoryBytes) {
    /// Copies the list.
    public SynthBatch {
        held = List.copyOf(held);
    }

    private static final long LEAST_MEMORY = 64L << 20;

    /// What came of one database.
    ///
    /// @param seed its seed
    /// @param name its name
    /// @param outcome what was written; empty when it failed
    /// @param failure why it failed; empty when it did not
    public record Result(
            long seed, String name, Optional<FolderWriter.Outcome> outcome, Optional<RelataException> failure) {
        /// The rows that were written.
        public long rows() {
            return outcome.map(o -> o.rows().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .orElse(0L);
        }
    }

    /// The database of a seed.
    public SyntheticDataset dataset(long seed) {
        SyntheticDataset drawn =
                plan.map(p -> SyntheticDataset.of(seed, config, p)).orElseGet(() -> SyntheticDataset.of(seed, config));
        return held.isEmpty() ? drawn : drawn.holding(held);
    }

    /// What the schemas of the seeds look like; no row is drawn.
    public SchemaSummary summary() {
        return SchemaSummary.of(LongStream.range(firstSeed, firstSeed + count)
                .mapToObj(seed -> SchemaStatistics.of(dataset(seed).plan()))
                .toList());
    }

    /// Draws all of them.
    ///
    /// @param progress told how many are done
    /// @return what came of each, by seed
    public List<Result> run(Progress progress) {
        int side = Math.max(1, Math.min(threads, count));
        List<Result> results = new ArrayList<>();
        progress.begin("databases", count);
        ExecutorService executor = Executors.newFixedThreadPool(side);
        try {
            ExecutorCompletionService<Result> running = new ExecutorCompletionService<>(executor);
            for (int i = 0; i < count; i++) {
                long seed = firstSeed + i;
                running.submit(() -> one(seed, Math.max(1, threads / side), memoryBytes / side));
            }
            long rows = 0;
            for (int i = 0; i < count; i++) {
                Future<Result> done = running.take();
                results.add(done.get());
                rows += results.getLast().rows();
                progress.done(results.size());
                progress.standing(rows + " rows");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RelataException.failure("interrupted", "synth", "the work was interrupted", "");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        results.sort(Comparator.comparingLong(Result::seed));
        return results;
    }

    private Result one(long seed, int inside, long memory) {
        String name = prefix + "-" + seed;
        try {
            return new Result(
                    seed,
                    name,
                    Optional.of(dataset(seed)
                            .write(name, out.resolve(name), destination, Math.max(LEAST_MEMORY, memory), inside)),
                    Optional.empty());
        } catch (RelataException e) {
            return new Result(seed, name, Optional.empty(), Optional.of(e));
        }
    }
}
