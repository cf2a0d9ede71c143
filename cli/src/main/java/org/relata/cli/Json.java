package org.relata.cli;

import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as commands print it: one object, indented, numbers that are not numbers as null.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /// The object as text.
    static String text(Map<String, ?> object) {
        return MAPPER.writeValueAsString(object);
    }

    /// The value, or nothing when it is not finite, which JSON cannot say.
    static java.util.Optional<Double> number(double value) {
        return Double.isFinite(value) ? java.util.Optional.of(value) : java.util.Optional.empty();
    }
}
