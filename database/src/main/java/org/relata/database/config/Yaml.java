package org.relata.database.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.relata.database.RelataException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reading YAML with errors a user can act on: every one names the file and the key.
public final class Yaml {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Yaml() {}

    /// Reads a file whose top level is a map.
    ///
    /// @throws RelataException `yaml.missing`, `yaml.encoding`, `yaml.syntax` or `yaml.type`
    public static JsonNode readMap(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw RelataException.usage("yaml.missing", file.toString(), "there is no such file", "check the path")
                    .causedBy(e);
        } catch (MalformedInputException e) {
            throw RelataException.usage("yaml.encoding", file.toString(), "it is not UTF-8 text", "save it as UTF-8")
                    .causedBy(e);
        } catch (IOException e) {
            throw RelataException.usage("yaml.missing", file.toString(), "it cannot be read", "check the path")
                    .causedBy(e);
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? file.toString()
                    : file + " line " + e.getLocation().getLineNr();
            throw RelataException.usage("yaml.syntax", where, firstLine(e), "check the indentation and the quotes")
                    .causedBy(e);
        }
        if (root == null || !root.isObject()) {
            throw RelataException.usage(
                    "yaml.type", file.toString(), "it holds no keys", "write `key: value` lines, as in the reference");
        }
        return root;
    }

    private static String firstLine(JacksonException e) {
        return String.valueOf(e.getOriginalMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("it is not YAML");
    }

    /// Refuses keys that are not known.
    ///
    /// @param map the map to check
    /// @param place where it is, for the message
    /// @param known the keys that may occur
    public static void onlyKnown(JsonNode map, String place, Collection<String> known) {
        for (String key : map.propertyNames()) {
            if (!known.contains(key)) {
                throw RelataException.usage(
                        "yaml.key", place, "the key " + key + " is unknown", Nearest.remedy(key, known));
            }
        }
    }

    /// The text of a scalar; empty when the key is absent or null.
    public static Optional<String> text(JsonNode map, String key, String place) {
        JsonNode node = map.get(key);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        return Optional.of(scalar(node, place + ", " + key));
    }

    /// The text of a scalar node.
    public static String scalar(JsonNode node, String place) {
        if (node.isObject() || node.isArray() || node.isNull()) {
            throw RelataException.usage("yaml.type", place, "a single value is expected here", "write one text");
        }
        return node.asString();
    }

    /// A list of texts; a single text counts as a list of one.
    public static List<String> texts(JsonNode node, String place) {
        if (!node.isArray()) {
            return List.of(scalar(node, place));
        }
        List<String> result = new ArrayList<>();
        for (JsonNode item : node.values()) {
            result.add(scalar(item, place));
        }
        return result;
    }

    /// True or false; empty when the key is absent.
    public static Optional<Boolean> flag(JsonNode map, String key, String place) {
        return text(map, key, place).map(text -> switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default ->
                throw RelataException.usage(
                        "yaml.type", place + ", " + key, text + " is neither true nor false", "write true or false");
        });
    }

    /// A time of a key; empty when the key is absent or null.
    public static Optional<LocalDateTime> time(JsonNode map, String key, String place) {
        return text(map, key, place).map(text -> time(text, place + ", " + key));
    }

    /// An ISO date or date-time in UTC, with `T` or a blank between date and time, with or without a zone.
    ///
    /// @throws RelataException `time.syntax` when it is neither
    public static LocalDateTime time(String text, String place) {
        String iso = text.strip().replace(' ', 'T');
        try {
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atTime(LocalTime.MIDNIGHT);
            }
            String clock = iso.substring(iso.indexOf('T'));
            if (clock.endsWith("Z") || clock.contains("+") || clock.contains("-")) {
                return OffsetDateTime.parse(iso)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
            }
            return LocalDateTime.parse(iso);
        } catch (DateTimeParseException e) {
            throw RelataException.usage(
                            "time.syntax",
                            place,
                            text + " is not a date",
                            "write it as 2024-03-01 or 2024-03-01T12:00:00")
                    .causedBy(e);
        }
    }
}
