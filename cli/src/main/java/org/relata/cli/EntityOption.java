package org.relata.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relata.database.RelataException;

/// Entity keys on the command line.
final class EntityOption {
    private EntityOption() {}

    /// Reads `k1,k2` or, after an `@`, a file with one key a line.
    ///
    /// @throws IOException when the file cannot be read
    static Optional<List<String>> read(Optional<String> text) throws IOException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String given = text.get();
        List<String> keys = given.startsWith("@")
                ? Files.readAllLines(Path.of(given.substring(1)), StandardCharsets.UTF_8)
                : Arrays.asList(given.split(",", -1));
        List<String> found =
                keys.stream().map(String::strip).filter(key -> !key.isEmpty()).toList();
        if (found.isEmpty()) {
            throw RelataException.usage(
                    "predict.entities", "--entities " + given, "it names no key", "give k1,k2 or @file");
        }
        return Optional.of(found);
    }
}
