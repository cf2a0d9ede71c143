package org.relata.synth;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.relata.synth.config.Config;
import org.relata.synth.config.SplitBy;
import org.relata.synth.config.TopParameters;
import org.relata.synth.random.Key;
import org.relata.synth.schema.Completion;
import org.relata.synth.schema.RandomSchema;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TimeSpan;
import org.relata.synth.table.Generation;
import org.relata.synth.table.Workers;

/// A database drawn from a seed.
///
/// The same seed, configuration and version give the same rows, whatever the number of threads, and however the rows are
/// asked for.
///
/// ```java
/// try (Database database = SyntheticDataset.of(7, Config.defaults()).database(Path.of("seven.duckdb"))) { … }
/// ```
///
/// @param seed the seed, any number
/// @param config the parameters
/// @param plan the schema, complete
public record SyntheticDataset(long seed, Config config, SchemaPlan plan) {
    /// A database with a schema drawn at random.
    public static SyntheticDataset of(long seed, Config config) {
        return of(seed, config, RandomSchema.draw(config, Key.of(seed)));
    }

    /// A database with this schema; what it leaves open is drawn.
    public static SyntheticDataset of(long seed, Config config, SchemaPlan plan) {
        return new SyntheticDataset(seed, config, Completion.of(plan, config, Key.of(seed)));
    }

    /// Generates all rows.
    ///
    /// @param sink where they go: tables one after the other, parents first, in runs of rows
    /// @param threads how many threads evaluate rows
    public void generate(Generation.Sink sink, int threads) {
        try (Workers workers = new Workers(threads)) {
            new Generation(config, plan, Key.of(seed), workers, threads).run(sink);
        }
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
