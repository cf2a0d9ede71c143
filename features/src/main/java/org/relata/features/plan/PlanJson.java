package org.relata.features.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.relata.database.RelataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Feature plans as JSON: records by their components, hops, windows and readings with their kind. Data, never code:
/// all SQL is
/// written from it anew.
public final class PlanJson {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PlanJson() {}

    /// What the file holds.
    ///
    /// @param version of the format
    /// @param plan the plan
    record Document(int version, FeaturePlan plan) {}

    /// The plan as JSON text.
    public static String text(FeaturePlan plan) {
        return MAPPER.writeValueAsString(new Document(VERSION, plan));
    }

    /// Writes a plan.
    ///
    /// @throws IOException when the file cannot be written
    public static void write(FeaturePlan plan, Path file) throws IOException {
        Files.writeString(file, text(plan));
    }

    /// Reads a plan that [#write] wrote.
    ///
    /// @throws RelataException `plan.file` when the file is no plan of this version
    /// @throws IOException when it cannot be read
    public static FeaturePlan read(Path file) throws IOException {
        try {
            Document document = MAPPER.readValue(Files.readString(file), Document.class);
            if (document.version() != VERSION) {
                throw damaged(file, "it has version " + document.version() + ", not " + VERSION);
            }
            return document.plan();
        } catch (JacksonException e) {
            throw damaged(file, String.valueOf(e.getOriginalMessage())).causedBy(e);
        }
    }

    private static RelataException damaged(Path file, String problem) {
        return RelataException.failure("plan.file", file.toString(), problem, "fit again to write it anew");
    }
}
