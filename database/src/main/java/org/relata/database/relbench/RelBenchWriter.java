package org.relata.database.relbench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.config.YamlText;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a database as a RelBench folder: `manifest.yaml` of version 3, and Parquet files that carry the keys of
/// version 1 inside as well.
///
/// Keys become row numbers, as the format wants: a primary key holds 0, 1, 2, … in storage order, a foreign key the row
/// number of its parent or null. The format knows keys of one column only; a composite key is written as a further
/// column `__row`, and a link to it as a further column of row numbers, and the parts of the key stay as they are. What
/// the format cannot say (composite keys, column kinds) stands under the key `relata` in the Parquet metadata, so that
/// Relata reads an equal database back.
public final class RelBenchWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RelBenchWriter() {}

    /// Writes a database.
    ///
    /// The folder is written aside and renamed once complete.
    ///
    /// @param database the database
    /// @param folder the folder to create; it must not exist, or be empty
    /// @throws RelataException `relbench.exists`, `relbench.name` or `relbench.write`
    public static void write(Database database, Path folder) {
        Path target = folder.toAbsolutePath();
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        Map<String, WrittenTable> tables = new LinkedHashMap<>();
        for (Table table : database.schema().tables()) {
            requireFileName(table.name());
            tables.put(table.name(), WrittenTable.of(table));
        }
        try {
            if (Files.exists(target) && !isEmpty(target)) {
                throw RelataException.usage(
                        "relbench.exists",
                        folder.toString(),
                        "it is there already",
                        "name another folder, or remove it");
            }
            delete(partial);
            Files.createDirectories(partial.resolve("db"));
            for (WrittenTable table : tables.values()) {
                copy(
                        database,
                        tables,
                        table,
                        partial.resolve("db").resolve(table.table().name() + ".parquet"));
            }
            Files.writeString(partial.resolve("manifest.yaml"), manifest(database, tables));
            Files.deleteIfExists(target);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw RelataException.failure(
                            "relbench.write",
                            folder.toString(),
                            "it cannot be written (" + e.getMessage() + ")",
                            "check the disk and the permissions")
                    .causedBy(e);
        }
    }

    private static void requireFileName(String table) {
        if (table.contains("/") || table.contains("\\") || table.startsWith(".")) {
            throw RelataException.usage(
                    "relbench.name",
                    "table " + table,
                    "its name cannot be the name of a file",
                    "give it another name with `sql` in database.yaml");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> entries = Files.walk(folder)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static void copy(Database database, Map<String, WrittenTable> tables, WrittenTable written, Path file) {
        List<String> select = new ArrayList<>();
        written.select().forEach((name, sql) -> select.add(sql + " AS " + Sql.id(name)));
        Table table = written.table();
        ObjectNode links = JSON.createObjectNode();
        for (int i = 0; i < written.links().size(); i++) {
            links.put(written.links().get(i), table.foreignKeys().get(i).targetTable());
        }
        String metadata = "{fkey_col_to_pkey_table: " + Sql.text(links.toString()) + ", pkey_col: "
                + Sql.text(written.key().map(RelBenchWriter::json).orElse("null")) + ", time_col: "
                + Sql.text(table.timeColumn().map(RelBenchWriter::json).orElse("null")) + ", relata: "
                + Sql.text(more(tables, written).toString()) + "}";
        database.store()
                .execute("COPY (SELECT " + String.join(", ", select) + " FROM " + Sql.id(table.name()) + " ORDER BY "
                        + Sql.id(table.name()) + "." + Sql.id(Database.ROW) + ") TO " + Sql.text(file.toString())
                        + " (FORMAT parquet, COMPRESSION zstd, KV_METADATA " + metadata + ")");
    }

    private static String json(String text) {
        return JSON.writeValueAsString(text);
    }

    /// What the format itself has no place for.
    private static ObjectNode more(Map<String, WrittenTable> tables, WrittenTable written) {
        Table table = written.table();
        ObjectNode root = JSON.createObjectNode();
        ArrayNode key = root.putArray("primary_key");
        table.primaryKey().forEach(key::add);
        table.timeColumn().ifPresent(t -> root.put("time_column", t));
        ArrayNode links = root.putArray("foreign_keys");
        for (int i = 0; i < written.links().size(); i++) {
            ObjectNode link = links.addObject();
            ArrayNode columns = link.putArray("columns");
            table.foreignKeys().get(i).columns().forEach(columns::add);
            String target = table.foreignKeys().get(i).targetTable();
            link.put("table", target);
            link.put("child_column", written.links().get(i));
            WrittenTable parent = tables.get(target);
            link.put("parent_column", parent == null ? "" : parent.key().orElse(""));
        }
        ObjectNode kinds = root.putObject("kinds");
        table.columns().forEach(c -> kinds.put(c.name(), c.kind().name()));
        ArrayNode hidden = root.putArray("hidden");
        written.hidden().forEach(hidden::add);
        return root;
    }

    private static String manifest(Database database, Map<String, WrittenTable> tables) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("name: ").append(YamlText.scalar(database.schema().name())).append('\n');
        yaml.append("manifest_version: 1\n");
        yaml.append("val_timestamp: ")
                .append(database.schema().validationTime().map(YamlText::time).orElse("null"))
                .append('\n');
        yaml.append("test_timestamp: ")
                .append(database.schema().testTime().map(YamlText::time).orElse("null"))
                .append('\n');
        yaml.append("tables:\n");
        for (WrittenTable written : tables.values()) {
            Table table = written.table();
            yaml.append("  ").append(YamlText.scalar(table.name())).append(":\n");
            yaml.append("    pkey: ")
                    .append(written.key().map(YamlText::scalar).orElse("null"))
                    .append('\n');
            yaml.append("    time_col: ")
                    .append(table.timeColumn().map(YamlText::scalar).orElse("null"))
                    .append('\n');
            yaml.append(written.links().isEmpty() ? "    fkeys: {}\n" : "    fkeys:\n");
            for (int i = 0; i < written.links().size(); i++) {
                yaml.append("      ")
                        .append(YamlText.scalar(written.links().get(i)))
                        .append(": ")
                        .append(YamlText.scalar(table.foreignKeys().get(i).targetTable()))
                        .append('\n');
            }
        }
        return yaml.toString();
    }
}
