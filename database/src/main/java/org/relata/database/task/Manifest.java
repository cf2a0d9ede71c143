package org.relata.database.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// The keys and values of a task file, read with errors that name the file and the key.
///
/// @param file the file
/// @param root its mapping
record Manifest(Path file, JsonNode root) {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Reads a file and refuses keys that are not known.
    static Manifest read(Path file, Set<String> known) {
        JsonNode root;
        try {
            root = YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            boolean missing = !Files.exists(file);
            throw RelataException.usage(
                            "task.file",
                            file.toString(),
                            missing ? "there is no such file" : "cannot be read: " + e.getMessage(),
                            missing ? "name a task file, or a task of a RelBench folder" : "")
                    .causedBy(e);
        } catch (JacksonException e) {
            var at = e.getLocation();
            String position = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            String problem =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("is not YAML");
            throw RelataException.usage("task.file", file + position, problem.strip(), "mend the YAML")
                    .causedBy(e);
        }
        if (root == null || !root.isObject()) {
            throw RelataException.usage(
                    "task.file",
                    file.toString(),
                    "is not a YAML mapping of keys to values",
                    "see docs/reference/task-yaml.md");
        }
        for (var entry : root.properties()) {
            if (!known.contains(entry.getKey())) {
                throw RelataException.usage(
                        "task.key",
                        file + ", key " + entry.getKey(),
                        "a task file has no such key",
                        Nearest.remedy(entry.getKey(), known));
            }
        }
        return new Manifest(file, root);
    }

    /// Where errors about a key say they happened.
    String place(String key) {
        return file + ", key " + key;
    }

    /// Whether the key is there and not null.
    boolean has(String key) {
        JsonNode node = root.get(key);
        return node != null && !node.isNull();
    }

    /// A text value; numbers and booleans count as their text.
    Optional<String> text(String key) {
        JsonNode node = root.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        if (node.isObject() || node.isArray()) {
            throw invalid(key, "should be one value");
        }
        return node.asString().isBlank() ? Optional.empty() : Optional.of(node.asString());
    }

    /// A text value that must be there.
    String require(String key) {
        return text(key)
                .orElseThrow(() ->
                        RelataException.usage("task.key", file.toString(), "the key " + key + " is missing", "add it"));
    }

    /// A whole number, or the value for when it is absent.
    int whole(String key, int otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        try {
            return Integer.parseInt(require(key).strip());
        } catch (NumberFormatException e) {
            throw (RelataException) invalid(key, "should be a whole number").causedBy(e);
        }
    }

    /// A date or a date and time; a zone is turned into UTC.
    Optional<LocalDateTime> time(String key) {
        return text(key).map(value -> {
            String iso = value.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T");
            try {
                if (!iso.contains("T")) {
                    return LocalDate.parse(iso).atStartOfDay();
                }
                return iso.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
                        ? OffsetDateTime.parse(iso)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime()
                        : LocalDateTime.parse(iso);
            } catch (DateTimeParseException e) {
                throw (RelataException)
                        invalid(key, "\"" + value + "\" is not a date such as 2005-01-01 or 2005-01-01 12:30:00")
                                .causedBy(e);
            }
        });
    }

    /// A list of text values; absent and the word `all` mean empty.
    List<String> textsOrAll(String key) {
        JsonNode node = root.get(key);
        if (node == null || node.isNull() || (node.isString() && node.asString().equals("all"))) {
            return List.of();
        }
        if (!node.isArray()) {
            throw invalid(key, "should be a list, or all");
        }
        List<String> values = new ArrayList<>();
        node.values().forEach(value -> values.add(value.asString()));
        return values;
    }

    /// A list of pairs of text values; absent means empty.
    List<List<String>> pairs(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<List<String>> pairs = new ArrayList<>();
        for (JsonNode pair : root.get(key).values()) {
            if (!pair.isArray() || pair.size() != 2) {
                throw invalid(key, "should be a list of [table, column] pairs");
            }
            pairs.add(List.of(pair.get(0).asString(), pair.get(1).asString()));
        }
        return pairs;
    }

    /// An error about the value of a key.
    RelataException invalid(String key, String problem) {
        return RelataException.usage("task.value", place(key), problem, "see docs/reference/task-yaml.md");
    }
}
