package org.relata.database.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.database.ColumnKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The published JSON schema names exactly what the reader knows.
final class JsonSchemaTest {
    private static JsonNode schema() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/reference/database.schema.json"))) {
            root = root.getParent();
        }
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(root.resolve("docs/reference/database.schema.json")));
    }

    private static Set<String> keys(JsonNode object) {
        return Set.copyOf(object.get("properties").propertyNames());
    }

    private static List<String> names(JsonNode definition) {
        return definition.get("enum").values().stream().map(JsonNode::asString).toList();
    }

    @Test
    void itKnowsTheSameKeysKindsAndCodes() throws IOException {
        JsonNode schema = schema();
        JsonNode definitions = schema.get("$defs");
        assertEquals(DatabaseFile.TOP_KEYS, keys(schema));
        assertEquals(DatabaseFile.TABLE_KEYS, keys(definitions.get("table")));
        assertEquals(DatabaseFile.COLUMN_KEYS, keys(definitions.get("column")));
        assertEquals(
                Arrays.stream(ColumnKind.values()).map(ColumnKind::label).toList(), names(definitions.get("kind")));
        assertEquals(IssueCodes.ALL, names(definitions.get("code")));
    }
}
