package org.relata.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.relata.cli.report.TableFacts;
import org.relata.cli.run.Aside;
import org.relata.cli.run.CommandText;
import org.relata.cli.run.Sources;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFileWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `relata init`: writes what Relata takes a database for into a file to be corrected.
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description =
                "Inspects a database and writes a database.yaml: tables, keys, links, time columns and column kinds,"
                        + " each conclusion beside its evidence, ready to be corrected.")
final class InitCommand implements Callable<Integer> {
    private static final int MOST_ISSUES = 20;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            description =
                    "The database: a folder of CSV (also .gz) or Parquet files, a RelBench folder, a DuckDB or SQLite"
                            + " file, or a JDBC URL.")
    @SuppressWarnings("NullAway.Init")
    private String source;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "database.yaml",
            description = "The file to write (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--force", description = "Replace the file if it is there.")
    private boolean force;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        if (Files.exists(out) && !force) {
            throw RelataException.usage(
                    "init.exists",
                    out.toString(),
                    "it is there already",
                    "name another file with --out, or replace it with --force");
        }
        Terminal terminal = main.terminal();
        try (Workspace workspace = Workspace.temporary();
                Database database = workspace.open(source, Optional.empty(), store, output.progress(terminal))) {
            Aside.write(out, DatabaseFileWriter.text(DatabaseConfig.of(database), database.inferences()));
            if (!output.quiet()) {
                print(terminal, database);
            }
        }
        return 0;
    }

    private void print(Terminal terminal, Database database) {
        Map<String, TableFacts> facts = TableFacts.of(database);
        long rows = facts.values().stream().mapToLong(TableFacts::rows).sum();
        long links = database.schema().tables().stream()
                .mapToLong(table -> table.foreignKeys().size())
                .sum();
        long dated = database.schema().tables().stream()
                .filter(table -> table.timeColumn().isPresent())
                .count();
        terminal.line(terminal.bold(database.schema().name()) + ": "
                + Text.count(database.schema().tables().size(), "table") + ", " + Text.count(rows, "row") + ", "
                + Text.count(links, "link") + ", " + Text.count(dated, "table") + " with a time column");
        Issues.print(terminal, database.issues(), MOST_ISSUES);
        String shown = CommandText.line(List.of(Sources.withoutSecrets(source)));
        String file = CommandText.line(List.of(out.toString()));
        terminal.line("Written to " + file + ". Read it, correct it, then:");
        terminal.line("  relata inspect " + shown + " --schema " + file);
        terminal.line("  relata fit " + shown + " --schema " + file + " --task task.yaml");
    }
}
