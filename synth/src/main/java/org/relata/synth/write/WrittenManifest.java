package org.relata.synth.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.relata.synth.task.PlantedTask;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a written database came from, in `synth.json` beside its files: enough to make it again, and to know whether it
/// is there already.
///
/// @param seed the seed
/// @param version of the generator
/// @param format as what it was written
/// @param config the configuration as JSON
/// @param schema a hash of the schema that was asked for
/// @param held the columns that are held, as `table.column=value`
/// @param rows the rows of each table
/// @param planted the tasks with a known achievable score
/// @param files the bytes of each file
record WrittenManifest(
        long seed,
        int version,
        String format,
        String config,
        String schema,
        List<String> held,
        Map<String, Long> rows,
        List<PlantedTask> planted,
        Map<String, Long> files) {
    static final String FILE = "synth.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The same, of a database that has been drawn.
    WrittenManifest with(Map<String, Long> drawn, List<PlantedTask> tasks, Map<String, Long> sizes) {
        return new WrittenManifest(seed, version, format, config, schema, held, drawn, tasks, sizes);
    }

    /// The sizes of the files in a folder, by their path in it.
    static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals(FILE)) {
                    sizes.put(name, Files.size(file));
                }
            }
        }
        return sizes;
    }

    /// 64 hexadecimal digits of a text.
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("generator", "relata synth");
        root.put("version", version);
        root.put("seed", seed);
        root.put("format", format);
        root.put("config_hash", hash(config));
        root.put("schema_hash", schema);
        root.put("config", JSON.readTree(config));
        if (!held.isEmpty()) {
            root.put("do", held);
        }
        root.put("rows", rows);
        root.put(
                "planted",
                planted.stream()
                        .map(t -> Map.of(
                                "task",
                                t.name(),
                                "depends_on",
                                t.entityTable() + "." + t.column(),
                                "roc_auc",
                                t.achievable()))
                        .map(TreeMap::new)
                        .toList());
        root.put("files", files);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// Whether a folder holds just what this would be, and all of it.
    boolean isIn(Path folder) {
        Optional<JsonNode> found = read(folder);
        if (found.isEmpty()) {
            return false;
        }
        JsonNode root = found.get();
        try {
            return isSaidBy(root)
                    && JSON.writeValueAsString(sizes(folder))
                            .equals(root.path("files").toString());
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether a manifest says that it is just what this would be.
    boolean isSaidBy(String text) {
        try {
            return isSaidBy(JSON.readTree(text));
        } catch (JacksonException e) {
            return false;
        }
    }

    private boolean isSaidBy(JsonNode root) {
        return root.path("seed").asLong() == seed
                && root.path("version").asInt() == version
                && root.path("format").asString("").equals(format)
                && root.path("config_hash").asString("").equals(hash(config))
                && root.path("schema_hash").asString("").equals(schema)
                && heldIn(root).equals(held);
    }

    private static List<String> heldIn(JsonNode root) {
        return root.path("do").valueStream().map(i -> i.asString("")).toList();
    }

    private static Optional<JsonNode> read(Path folder) {
        try {
            return Optional.of(JSON.readTree(Files.readString(folder.resolve(FILE))));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
