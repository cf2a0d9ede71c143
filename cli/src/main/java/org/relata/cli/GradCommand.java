package org.relata.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.train.GradRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `relata grad`: the gradient of a loss in SQL, as SQL.
@Command(
        name = "grad",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints queries that compute the gradient of a model file's loss; they run as they are.",
        footer = {"", "Example: relata grad logistic.sql --wrt theta --dialect postgres"})
final class GradCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(index = "0", paramLabel = "MODEL.sql", description = "The model file: tables, parameters and a loss.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path model;

    @Option(
            names = {"-w", "--wrt"},
            paramLabel = "NAME",
            split = ",",
            description = "By what to differentiate: tables, or table.column (default: every parameter).")
    private List<String> wrt = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "For which database: duckdb, postgres or spark (default: that of --db, else duckdb).")
    private String dialect = "";

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description =
                    "How vectors and matrices are laid out: scalar (one row an element), wide (one column an element) or"
                            + " auto, which estimates the costs (default: auto).")
    private String layout = "auto";

    @Option(
            names = "--lists",
            description =
                    "Read vectors and matrices from list columns, such as DOUBLE[4]; without it, and without --db, from"
                            + " columns x_0, x_1, and so on, one an element.")
    private boolean lists;

    @Option(names = "--explain", description = "Print the program as a tree, before and after rewriting, instead.")
    private boolean explain;

    @Option(
            names = "--no-rewrite",
            paramLabel = "NAME",
            description = "Leave a rewrite out; may be given several times.")
    private List<String> without = new ArrayList<>();

    @Option(
            names = "--db",
            paramLabel = "URL",
            description =
                    "The database that holds the tables, to see how vectors and matrices stand and to look up shapes that"
                            + " the file leaves open: a DuckDB file or postgresql://user@host/database.")
    private @Nullable String database;

    @Mixin
    @SuppressWarnings("UnusedVariable") // --verbose is read where failures are told
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        String text = GradRun.run(new GradRun.Request(
                model,
                wrt,
                dialect,
                layout,
                explain,
                Set.copyOf(without),
                lists,
                database == null ? "" : database,
                main.environment()));
        main.terminal().line(text.stripTrailing());
        return 0;
    }
}
