package org.relata.database.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.relata.database.ColumnKind;
import org.relata.database.ForeignKey;
import org.relata.database.RelataException;
import tools.jackson.databind.JsonNode;

/// Reads `database.yaml`, the manifest of a RelBench v3 folder, and the database file of RelArena.
///
/// A file whose tables stand under `tables:` is one of the first two. In `database.yaml` an entry that is left out is
/// concluded from the data and `null` means "none". A file that maps table names straight to entries is RelArena's:
/// there, what is left out does not exist.
public final class DatabaseFile {
    static final Set<String> TOP_KEYS = ordered(
            "name",
            "description",
            "manifest_version",
            "val_timestamp",
            "test_timestamp",
            "infer",
            "nulls",
            "tolerate",
            "fatal",
            "tables");
    static final Set<String> TABLE_KEYS = ordered("path", "sql", "pkey", "time_col", "fkeys", "columns", "drop");
    private static final Set<String> MANIFEST_TABLE_KEYS = ordered("pkey", "time_col", "fkeys");
    static final Set<String> COLUMN_KEYS = ordered("kind", "format", "delimiter");
    private static final Set<String> LINK_KEYS = ordered("columns", "table");

    private DatabaseFile() {}

    /// Reads and checks a file.
    ///
    /// @throws RelataException naming the file, the table and the key at fault
    public static DatabaseConfig read(Path file) {
        JsonNode root = Yaml.readMap(file);
        String place = file.getFileName().toString();
        if (!root.has("tables") && isTableMap(root)) {
            return relArena(root, place);
        }
        Yaml.onlyKnown(root, place, TOP_KEYS);
        return new DatabaseConfig(
                Yaml.text(root, "name", place),
                Yaml.time(root, "val_timestamp", place),
                Yaml.time(root, "test_timestamp", place),
                new Policy(
                        places(root.get("tolerate"), place + ", tolerate"),
                        places(root.get("fatal"), place + ", fatal")),
                present(root, "nulls")
                        .map(n -> Yaml.texts(n, place + ", nulls"))
                        .orElse(DatabaseConfig.DEFAULT_NULLS),
                // A manifest is the only source of keys, links and time columns of its folder.
                Yaml.flag(root, "infer", place).orElse(!root.has("manifest_version")),
                tables(root.get("tables"), place));
    }

    /// Reads the manifest of a RelBench v3 folder; keys it does not know are passed over.
    ///
    /// @param file the manifest
    /// @param unknown told of every key that is passed over
    public static DatabaseConfig readManifest(Path file, Consumer<String> unknown) {
        JsonNode root = Yaml.readMap(file);
        String place = file.getFileName().toString();
        Set<String> known =
                Set.of("name", "description", "manifest_version", "val_timestamp", "test_timestamp", "tables");
        root.propertyNames().stream()
                .filter(k -> !known.contains(k))
                .forEach(k -> unknown.accept(place + ": the key " + k + " is unknown and passed over"));
        Map<String, TableConfig> tables = new LinkedHashMap<>();
        JsonNode node = root.get("tables");
        if (node == null || !node.isObject()) {
            throw RelataException.usage(
                    "yaml.tables", place, "it lists no tables", "write `tables:` as in the manifest format");
        }
        for (var entry : node.properties()) {
            String at = place + ", table " + entry.getKey();
            JsonNode spec = entry.getValue();
            spec.propertyNames().stream()
                    .filter(k -> !MANIFEST_TABLE_KEYS.contains(k))
                    .forEach(k -> unknown.accept(at + ": the key " + k + " is unknown and passed over"));
            tables.put(
                    entry.getKey(),
                    new TableConfig(
                            Optional.empty(),
                            Optional.empty(),
                            Yaml.text(spec, "pkey", at)
                                    .<Choice<List<String>>>map(k -> Choice.given(List.of(k)))
                                    .orElseGet(Choice::none),
                            Yaml.text(spec, "time_col", at)
                                    .<Choice<String>>map(Choice::given)
                                    .orElseGet(Choice::none),
                            Choice.given(present(spec, "fkeys")
                                    .map(n -> links(n, at + ", fkeys"))
                                    .orElse(List.of())),
                            List.of(),
                            Map.of(),
                            List.of()));
        }
        requireTargets(tables, place);
        return new DatabaseConfig(
                Yaml.text(root, "name", place),
                Yaml.time(root, "val_timestamp", place),
                Yaml.time(root, "test_timestamp", place),
                Policy.defaults(),
                DatabaseConfig.DEFAULT_NULLS,
                false,
                tables);
    }

    /// Whether the top level maps tables to entries: every value is an entry, and no key is a slip of one of ours.
    private static boolean isTableMap(JsonNode root) {
        boolean entries = !root.properties().isEmpty()
                && root.properties().stream()
                        .noneMatch(e -> TOP_KEYS.contains(e.getKey()) || !isTableEntry(e.getValue()));
        boolean spoken = root.properties().stream().anyMatch(e -> !e.getValue().isEmpty());
        return entries
                && (spoken
                        || root.propertyNames().stream()
                                .allMatch(k -> Nearest.to(k, TOP_KEYS).isEmpty()));
    }

    private static boolean isTableEntry(JsonNode node) {
        return node.isNull()
                || node.isObject()
                        && (node.isEmpty() || node.propertyNames().stream().anyMatch(TABLE_KEYS::contains));
    }

    private static DatabaseConfig relArena(JsonNode root, String place) {
        return new DatabaseConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Policy.defaults(),
                DatabaseConfig.DEFAULT_NULLS,
                false,
                tables(root, place));
    }

    private static Map<String, TableConfig> tables(@org.jspecify.annotations.Nullable JsonNode node, String place) {
        Map<String, TableConfig> result = new LinkedHashMap<>();
        if (node == null || node.isNull()) {
            return result;
        }
        if (!node.isObject()) {
            throw RelataException.usage(
                    "yaml.type",
                    place + ", tables",
                    "a map is expected here",
                    "write `tables:` and then one key a table");
        }
        node.properties().forEach(e -> result.put(e.getKey(), table(e.getValue(), place + ", table " + e.getKey())));
        if (result.isEmpty()) {
            throw RelataException.usage(
                    "yaml.tables", place + ", tables", "there is no table in it", "list a table, or leave the key out");
        }
        requireTargets(result, place);
        return result;
    }

    private static void requireTargets(Map<String, TableConfig> result, String place) {
        for (var entry : result.entrySet()) {
            if (entry.getValue().foreignKeys() instanceof Choice.Given<List<ForeignKey>>(var links)) {
                for (ForeignKey link : links) {
                    if (!result.containsKey(link.targetTable())) {
                        throw RelataException.usage(
                                "link.target",
                                place + ", table " + entry.getKey() + ", fkeys " + link.label(),
                                "the table " + link.targetTable() + " is not in this file",
                                Nearest.remedy(link.targetTable(), result.keySet()));
                    }
                }
            }
        }
    }

    private static TableConfig table(JsonNode node, String place) {
        if (node.isNull()) {
            return TableConfig.empty();
        }
        if (!node.isObject()) {
            throw RelataException.usage("yaml.type", place, "a map is expected here", "write keys such as `pkey:`");
        }
        Yaml.onlyKnown(node, place, TABLE_KEYS);
        Optional<String> path = Yaml.text(node, "path", place);
        Optional<String> sql = Yaml.text(node, "sql", place);
        if (path.isPresent() && sql.isPresent()) {
            throw RelataException.usage(
                    "yaml.table",
                    place,
                    "it has both path and sql",
                    "keep one; SQL may read the raw table of any file");
        }
        JsonNode columns = node.get("columns");
        boolean keeps = columns != null && (columns.isArray() || columns.isString());
        return new TableConfig(
                path,
                sql,
                choice(node, "pkey", n -> Yaml.texts(n, place + ", pkey")),
                choice(node, "time_col", n -> Yaml.scalar(n, place + ", time_col")),
                choice(node, "fkeys", n -> links(n, place + ", fkeys")),
                keeps ? Yaml.texts(columns, place + ", columns") : List.of(),
                keeps || columns == null || columns.isNull() ? Map.of() : columns(columns, place + ", columns"),
                present(node, "drop").map(n -> Yaml.texts(n, place + ", drop")).orElse(List.of()));
    }

    private static <T> Choice<T> choice(JsonNode node, String key, java.util.function.Function<JsonNode, T> read) {
        JsonNode value = node.get(key);
        if (value == null) {
            return Choice.inferred();
        }
        return value.isNull() ? Choice.none() : Choice.given(read.apply(value));
    }

    private static Optional<JsonNode> present(JsonNode node, String key) {
        return Optional.ofNullable(node.get(key)).filter(n -> !n.isNull());
    }

    private static List<ForeignKey> links(JsonNode node, String place) {
        List<ForeignKey> result = new ArrayList<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(e -> result.add(
                            new ForeignKey(List.of(e.getKey()), Yaml.scalar(e.getValue(), place + ", " + e.getKey()))));
            return result;
        }
        if (!node.isArray()) {
            throw RelataException.usage("yaml.type", place, "a map is expected here", "write `column: table`");
        }
        for (JsonNode item : node.values()) {
            if (!item.isObject() || !item.has("columns") || !item.has("table")) {
                throw RelataException.usage(
                        "yaml.type",
                        place,
                        "each link needs columns and table",
                        "write `- columns: [a, b]` and `table: t`");
            }
            Yaml.onlyKnown(item, place, LINK_KEYS);
            result.add(new ForeignKey(
                    Yaml.texts(item.get("columns"), place + ", columns"),
                    Yaml.scalar(item.get("table"), place + ", table")));
        }
        return result;
    }

    private static Map<String, ColumnConfig> columns(JsonNode node, String place) {
        Map<String, ColumnConfig> result = new LinkedHashMap<>();
        node.properties().forEach(e -> result.put(e.getKey(), column(e.getValue(), place + ", " + e.getKey())));
        return result;
    }

    private static ColumnConfig column(JsonNode node, String place) {
        if (!node.isObject()) {
            return ColumnConfig.of(kind(Yaml.scalar(node, place), place));
        }
        Yaml.onlyKnown(node, place, COLUMN_KEYS);
        return new ColumnConfig(
                Yaml.text(node, "kind", place).map(k -> kind(k, place)),
                Yaml.text(node, "format", place),
                Yaml.text(node, "delimiter", place));
    }

    private static ColumnKind kind(String label, String place) {
        List<String> known = new ArrayList<>();
        for (ColumnKind kind : ColumnKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
            known.add(kind.label());
        }
        throw RelataException.usage(
                "column.kind", place, "the kind " + label + " is unknown", Nearest.remedy(label, known));
    }

    /// A list of codes, `code: true`, `place: [codes]`, or any mixture of the last two.
    private static Map<String, Set<String>> places(@org.jspecify.annotations.Nullable JsonNode node, String place) {
        Map<String, Set<String>> result = new HashMap<>();
        if (node == null || node.isNull()) {
            return result;
        }
        if (!node.isObject()) {
            result.put(Policy.EVERYWHERE, codes(Yaml.texts(node, place), place));
            return result;
        }
        for (var entry : node.properties()) {
            if (entry.getValue().isBoolean()) {
                if (entry.getValue().booleanValue()) {
                    result.computeIfAbsent(Policy.EVERYWHERE, p -> new LinkedHashSet<>())
                            .addAll(codes(List.of(entry.getKey()), place));
                }
            } else {
                result.computeIfAbsent(entry.getKey(), p -> new LinkedHashSet<>())
                        .addAll(codes(Yaml.texts(entry.getValue(), place + ", " + entry.getKey()), place));
            }
        }
        return result;
    }

    private static Set<String> codes(List<String> codes, String place) {
        for (String code : codes) {
            if (!IssueCodes.ALL.contains(code)) {
                throw RelataException.usage(
                        "yaml.code", place, "no finding has the code " + code, Nearest.remedy(code, IssueCodes.ALL));
            }
        }
        return new LinkedHashSet<>(codes);
    }

    private static Set<String> ordered(String... keys) {
        return java.util.Collections.unmodifiableSet(new LinkedHashSet<>(List.of(keys)));
    }
}
