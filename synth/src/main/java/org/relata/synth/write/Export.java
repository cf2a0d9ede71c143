package org.relata.synth.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.config.Choice;
import org.relata.database.config.ColumnConfig;
import org.relata.database.config.DatabaseConfig;
import org.relata.database.config.DatabaseFileWriter;
import org.relata.database.config.Policy;
import org.relata.database.config.TableConfig;
import org.relata.database.relbench.RelBenchWriter;

/// Writes a store into a folder, in the format wanted.
final class Export {
    private Export() {}

    /// Writes a database.
    ///
    /// @param folder the folder to create; its parent must exist
    static void write(Database database, OutputFormat format, Path folder) throws IOException {
        if (format == OutputFormat.RELBENCH) {
            RelBenchWriter.write(database, folder);
            return;
        }
        Files.createDirectories(folder);
        String name = database.schema().name();
        switch (format) {
            case PARQUET -> copy(database, folder, ".parquet", "FORMAT parquet, COMPRESSION zstd");
            case CSV -> copy(database, folder, ".csv", "FORMAT csv, HEADER true");
            case DUCKDB -> attach(database, folder.resolve(name + ".duckdb"));
            case RELBENCH -> {}
        }
        describe(database.schema(), folder);
    }

    /// Writes what neither a file without keys nor a server says: keys, kinds, times and splits.
    static void describe(Schema schema, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("database.yaml"), DatabaseFileWriter.text(config(schema), List.of()));
    }

    private static void copy(Database database, Path folder, String extension, String options) {
        for (Table table : database.schema().tables()) {
            Path file = folder.resolve(fileName(table.name()) + extension);
            database.store()
                    .execute("COPY (" + select(table) + ") TO " + Sql.text(file.toString()) + " (" + options + ")");
        }
    }

    private static String fileName(String table) {
        if (table.contains("/") || table.contains("\\") || table.startsWith(".")) {
            throw RelataException.usage(
                    "synth.name",
                    "table " + table,
                    "its name cannot be the name of a file",
                    "write a duckdb file, or give the table another name");
        }
        return table;
    }

    private static void attach(Database database, Path file) {
        database.store().execute("ATTACH " + Sql.text(file.toString()) + " AS written");
        for (Table table : database.schema().tables()) {
            database.store().execute("CREATE TABLE written." + Sql.id(table.name()) + " AS " + select(table));
        }
        database.store().execute("DETACH written");
    }

    /// All rows of a table, in their order.
    static String select(Table table) {
        return "SELECT "
                + table.columns().stream().map(c -> Sql.id(c.name())).collect(Collectors.joining(", ")) + " FROM "
                + Sql.id(table.name()) + " ORDER BY " + Sql.id(Database.ROW);
    }

    private static DatabaseConfig config(Schema schema) {
        Map<String, TableConfig> tables = new LinkedHashMap<>();
        for (Table table : schema.tables()) {
            Map<String, ColumnConfig> kinds = new LinkedHashMap<>();
            for (Column column : table.columns()) {
                if (!table.isKey(column.name())) {
                    kinds.put(column.name(), ColumnConfig.of(column.kind()));
                }
            }
            tables.put(
                    table.name(),
                    new TableConfig(
                            Optional.empty(),
                            Optional.empty(),
                            table.primaryKey().isEmpty() ? Choice.none() : Choice.given(table.primaryKey()),
                            table.timeColumn()
                                    .<Choice<String>>map(Choice::given)
                                    .orElseGet(Choice::none),
                            table.foreignKeys().isEmpty() ? Choice.none() : Choice.given(table.foreignKeys()),
                            List.of(),
                            kinds,
                            new ArrayList<>()));
        }
        return new DatabaseConfig(
                Optional.of(schema.name()),
                schema.validationTime(),
                schema.testTime(),
                new Policy(Map.of(), Map.of()),
                DatabaseConfig.DEFAULT_NULLS,
                false,
                tables);
    }
}
