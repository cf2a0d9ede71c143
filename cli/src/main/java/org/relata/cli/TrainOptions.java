package org.relata.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.cli.train.OptimizerChoice;
import org.relata.learn.train.Batches;
import org.relata.learn.train.TrainingOptions;
import picocli.CommandLine.Option;

/// What decides how a model is trained, on the command line.
final class TrainOptions {
    @Option(
            names = "--db",
            paramLabel = "URL",
            description = "Required. The database that holds the tables, opened for writing: a DuckDB file or"
                    + " postgresql://user@host/database.")
    private @Nullable String database;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "How a step follows the gradient: sgd, momentum, adagrad or adam (default: adam).")
    private String optimizer = "adam";

    @Option(
            names = "--lr",
            paramLabel = "RATE",
            description = "The learning rate (default: 0.001 for adam, 0.01 for the others).")
    private @Nullable Double rate;

    @Option(
            names = "--weight-decay",
            paramLabel = "DECAY",
            description = "How far each step pulls the parameters towards zero; not with adagrad (default: 0).")
    private double decay;

    @Option(names = "--epochs", paramLabel = "N", description = "How often to go through the data (default: 100).")
    private long epochs = 100;

    @Option(
            names = "--batch",
            paramLabel = "TABLE:N",
            description =
                    "Let a step see about N rows of a table, a range of its first integer key; every range once an epoch"
                            + " in random order, or drawn at random with TABLE:N:sample (default: all data).")
    private @Nullable String batch;

    @Option(
            names = "--runner",
            paramLabel = "RUNNER",
            description =
                    "What computes: duckdb or postgres, inside the database; engine, in memory; or reference, in memory and"
                            + " slowly (default: the database's own).")
    private String runner = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What all randomness derives from; the same seed gives the same result (default: 0).")
    private long seed;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N epochs without a lower loss, and keep the best epoch (default: never).")
    private long patience;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "STEPS",
            description = "Save after so many steps (default: at most twenty times a run).")
    private long checkpointEvery;

    /// The database's address, if it was given.
    Optional<String> database() {
        return Optional.ofNullable(database);
    }

    /// The name of the runner; empty for the database's own.
    String runner() {
        return runner;
    }

    /// How to train.
    TrainingOptions training() {
        return new TrainingOptions(
                new OptimizerChoice(optimizer, Optional.ofNullable(rate), decay).optimizer(),
                epochs,
                Optional.ofNullable(batch).map(Batches::parse),
                seed,
                patience,
                Optional.empty(),
                checkpointEvery,
                Map.of());
    }
}
