package org.relata.learn.tabular;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.database.RelataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model in one file: a line of JSON that says what it is, then a body, whose digest the first line holds.
///
/// @param header what the model is; `format` names its kind
/// @param body what follows; may be empty
record ModelFile(JsonNode header, String body) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static void write(Path file, String format, Map<String, ?> header, String body) throws IOException {
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("format", format);
        full.put("version", 1);
        full.put("sha256", digest(body));
        full.putAll(header);
        writeAside(file, JSON.writeValueAsString(full) + "\n" + body);
    }

    /// Writes beside the file and renames, so that a reader sees the old content or the new, never half of it.
    static void writeAside(Path file, String text) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(aside, text);
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /// Reads a model file.
    ///
    /// @throws RelataException when it is missing, not a model file, of a newer version, or damaged
    /// @throws IOException when it cannot be read
    static ModelFile read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw RelataException.usage(
                            "model.missing", file.toString(), "there is no such file", "fit the model first")
                    .causedBy(e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw damaged(file, "it is not a model file").causedBy(e);
        }
        int end = text.indexOf('\n');
        JsonNode header;
        try {
            header = JSON.readTree(end < 0 ? text : text.substring(0, end));
        } catch (JacksonException e) {
            throw damaged(file, "it is not a model file").causedBy(e);
        }
        if (!header.path("format").isString()) {
            throw damaged(file, "it is not a model file");
        }
        if (header.path("version").asInt(0) != 1) {
            throw RelataException.usage(
                    "model.version",
                    file.toString(),
                    "its version is " + header.path("version").asString("missing") + ", this program reads version 1",
                    "use the release that wrote it, or fit again");
        }
        String body = end < 0 ? "" : text.substring(end + 1);
        if (!header.path("sha256").asString("").equals(digest(body))) {
            throw damaged(file, "its content does not match its digest, so it is cut short or was changed");
        }
        return new ModelFile(header, body);
    }

    static RelataException damaged(Path file, String problem) {
        return RelataException.usage("model.damaged", file.toString(), problem, "fit the model again");
    }

    private static String digest(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
