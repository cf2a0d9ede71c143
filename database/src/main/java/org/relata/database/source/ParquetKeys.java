package org.relata.database.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.ColumnKind;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.config.Choice;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What RelBench, and Relata itself, write into a Parquet file beside its rows: keys, links, time column, kinds.
///
/// @param declared the keys
/// @param hidden columns that only match links
record ParquetKeys(Declared declared, List<String> hidden) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Reads the metadata of a file; empty when it has none of ours.
    static Optional<ParquetKeys> read(Duck duck, Path file) {
        Map<String, String> entries = new HashMap<>();
        try {
            duck.query(
                    "SELECT decode(key), decode(value) FROM parquet_kv_metadata(" + Sql.text(file.toString())
                            + ") WHERE key IN ('pkey_col'::BLOB, 'time_col'::BLOB, 'fkey_col_to_pkey_table'::BLOB, "
                            + "'relata'::BLOB)",
                    row -> entries.put(String.valueOf(row.getString(1)), String.valueOf(row.getString(2))));
        } catch (RelataException e) {
            throw RelataException.usage(
                            "source.parquet",
                            file.toString(),
                            "it cannot be read as Parquet (" + e.problem() + ")",
                            "check that the file is complete")
                    .causedBy(e);
        }
        if (entries.containsKey("relata")) {
            return Optional.of(ours(file, json(file, entries.get("relata"))));
        }
        if (!entries.containsKey("pkey_col") && !entries.containsKey("fkey_col_to_pkey_table")) {
            return Optional.empty();
        }
        List<Declared.Link> links = new ArrayList<>();
        JsonNode map = json(file, entries.getOrDefault("fkey_col_to_pkey_table", "{}"));
        map.properties()
                .forEach(e -> links.add(
                        Declared.Link.of(List.of(e.getKey()), e.getValue().asString())));
        return Optional.of(new ParquetKeys(
                new Declared(
                        text(json(file, entries.getOrDefault("pkey_col", "null")))
                                .<Choice<List<String>>>map(k -> Choice.given(List.of(k)))
                                .orElseGet(Choice::none),
                        text(json(file, entries.getOrDefault("time_col", "null")))
                                .<Choice<String>>map(Choice::given)
                                .orElseGet(Choice::none),
                        links,
                        false,
                        Map.of()),
                List.of()));
    }

    private static ParquetKeys ours(Path file, JsonNode root) {
        List<Declared.Link> links = new ArrayList<>();
        for (JsonNode link : require(file, root, "foreign_keys").values()) {
            links.add(new Declared.Link(
                    texts(require(file, link, "columns")),
                    require(file, link, "table").asString(),
                    List.of(require(file, link, "child_column").asString()),
                    List.of(require(file, link, "parent_column").asString())));
        }
        Map<String, ColumnKind> kinds = new LinkedHashMap<>();
        require(file, root, "kinds")
                .properties()
                .forEach(e ->
                        kinds.put(e.getKey(), ColumnKind.valueOf(e.getValue().asString())));
        List<String> key = texts(require(file, root, "primary_key"));
        return new ParquetKeys(
                new Declared(
                        key.isEmpty() ? Choice.none() : Choice.given(key),
                        text(root.path("time_column"))
                                .<Choice<String>>map(Choice::given)
                                .orElseGet(Choice::none),
                        links,
                        false,
                        kinds),
                texts(require(file, root, "hidden")));
    }

    private static JsonNode require(Path file, JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw broken(file, "its metadata lacks " + key);
        }
        return value;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static List<String> texts(JsonNode node) {
        return node.values().stream().map(JsonNode::asString).toList();
    }

    private static JsonNode json(Path file, @org.jspecify.annotations.Nullable String text) {
        try {
            return JSON.readTree(text == null ? "null" : text);
        } catch (JacksonException e) {
            throw broken(file, "its key metadata is not JSON").causedBy(e);
        }
    }

    private static RelataException broken(Path file, String problem) {
        return RelataException.usage("relbench.metadata", file.toString(), problem, "write the file again");
    }
}
