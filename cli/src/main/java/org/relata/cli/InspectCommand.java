package org.relata.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.report.SchemaDiagram;
import org.relata.cli.report.TableFacts;
import org.relata.cli.run.RunJson;
import org.relata.cli.run.Sources;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.Inference;
import org.relata.database.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `relata inspect`: what a database holds, what was concluded about it and what is wrong with it.
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a database holds: tables, links, time spans, column kinds, what was concluded from the"
                        + " data with its evidence, and what is wrong with it.",
        footer = {
            "",
            "SOURCE is a folder of CSV (also .gz) or Parquet files, a RelBench folder, a DuckDB or SQLite file, or a JDBC"
                    + " URL such as jdbc:postgresql://host/database?user=me (password in PGPASSWORD)."
        })
final class InspectCommand implements Callable<Integer> {
    private static final int MOST_COLUMNS = 30;
    private static final int MOST_ISSUES = 50;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The database.")
    @SuppressWarnings("NullAway.Init")
    private String source;

    @Option(names = "--schema", paramLabel = "FILE", description = "The database.yaml to go by.")
    private @Nullable Path schema;

    @Option(
            names = "--diagram",
            paramLabel = "FILE",
            description = "Write the tables and links as a picture (.svg) or as Mermaid text (.mmd).")
    private @Nullable Path diagram;

    @Mixin
    private final StoreOptions store = new StoreOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = main.terminal();
        Optional.ofNullable(diagram).ifPresent(Diagrams::check);
        try (Workspace workspace = Workspace.temporary();
                Database database =
                        workspace.open(source, Optional.ofNullable(schema), store, output.progress(terminal))) {
            Map<String, TableFacts> facts = TableFacts.of(database);
            if (diagram != null) {
                Diagrams.write(database.schema(), facts, diagram);
            }
            if (json.on()) {
                terminal.line(RunJson.text(object(database, facts)));
            } else {
                print(terminal, database, facts);
                if (diagram != null && !output.quiet()) {
                    terminal.line("");
                    terminal.line("Diagram: " + diagram);
                }
            }
        }
        return 0;
    }

    private static void print(Terminal terminal, Database database, Map<String, TableFacts> facts) {
        List<Table> tables = database.schema().tables();
        long rows = facts.values().stream().mapToLong(TableFacts::rows).sum();
        terminal.line(terminal.bold(database.schema().name()) + ": " + Text.count(tables.size(), "table") + ", "
                + Text.count(rows, "row"));
        terminal.line("");
        SchemaDiagram.text(database.schema(), facts).lines().forEach(terminal::line);
        terminal.line("");
        terminal.line(terminal.bold("Columns"));
        for (Table table : tables) {
            terminal.line("  " + table.name());
            for (ColumnKind kind : ColumnKind.values()) {
                printColumns(terminal, table, kind);
            }
        }
        List<Inference> notable = notable(database.inferences());
        if (!notable.isEmpty()) {
            terminal.line("");
            terminal.line(terminal.bold("Concluded from the data") + " ('relata init' writes it into a file to edit)");
            for (Inference inference : notable) {
                String place =
                        inference.table() + inference.column().map(c -> "." + c).orElse("");
                terminal.line("  " + place + ": " + inference.conclusion() + " "
                        + terminal.faint("(" + inference.evidence() + ")"));
            }
        }
        terminal.line("");
        if (database.issues().isEmpty()) {
            terminal.line("Nothing wrong was found in the data.");
        } else {
            terminal.line(terminal.bold("Found in the data"));
            Issues.print(terminal, database.issues(), MOST_ISSUES);
        }
    }

    /// Kinds and types stand in the list of columns already.
    private static List<Inference> notable(List<Inference> inferences) {
        return inferences.stream()
                .filter(i ->
                        !i.conclusion().startsWith("kind ") && !i.conclusion().startsWith("type "))
                .toList();
    }

    /// Keys and the time column stand in the diagram already.
    private static void printColumns(Terminal terminal, Table table, ColumnKind kind) {
        List<String> names = table.featureColumns().stream()
                .filter(c -> c.kind() == kind && !table.timeColumn().equals(Optional.of(c.name())))
                .map(Column::name)
                .toList();
        if (names.isEmpty()) {
            return;
        }
        String shown = String.join(", ", names.stream().limit(MOST_COLUMNS).toList());
        String more = names.size() > MOST_COLUMNS
                ? ", … " + Text.count(names.size() - MOST_COLUMNS) + " more (all of them: --json)"
                : "";
        String label = String.format("    %-18s", kind.label());
        for (String line : Text.wrap(shown + more, 100 - label.length())) {
            terminal.line(terminal.faint(label) + line);
            label = " ".repeat(label.length());
        }
    }

    private Map<String, Object> object(Database database, Map<String, TableFacts> facts) {
        List<Object> tables = new ArrayList<>();
        for (Table table : database.schema().tables()) {
            TableFacts fact = facts.getOrDefault(table.name(), new TableFacts(0, Optional.empty(), Optional.empty()));
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", table.name());
            map.put("rows", fact.rows());
            map.put("first", fact.first().map(Object::toString));
            map.put("last", fact.last().map(Object::toString));
            map.put("primary_key", table.primaryKey());
            map.put("time_column", table.timeColumn());
            map.put(
                    "foreign_keys",
                    table.foreignKeys().stream()
                            .map(link -> pair("columns", link.columns(), "table", link.targetTable()))
                            .toList());
            map.put(
                    "columns",
                    table.columns().stream()
                            .map(c -> pair("name", c.name(), "kind", c.kind().label()))
                            .toList());
            tables.add(map);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("database", database.schema().name());
        object.put("source", Sources.withoutSecrets(source));
        object.put("tables", tables);
        object.put(
                "inferences", database.inferences().stream().map(Issues::json).toList());
        object.put("issues", database.issues().stream().map(RunJson::issue).toList());
        return object;
    }

    /// Two entries in this order; `Map.of` has none.
    private static Map<String, Object> pair(String key, Object value, String otherKey, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(otherKey, otherValue);
        return map;
    }
}
