package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// What a task file says that must be known before its database is open. Whatever is wrong with the file is left for
/// [org.relata.database.task.TaskFiles] to tell.
///
/// @param name what the run folder is called after
/// @param regime the regime it asks for, if it does
/// @param database the `database.yaml` it names, if it does
record TaskPeek(String name, Optional<String> regime, Optional<Path> database) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /// Looks into a task file.
    static TaskPeek at(Path file) {
        String own = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        String fallback = own.equals("manifest") ? String.valueOf(folder.getFileName()) : own;
        try {
            Map<?, ?> content = YAML.readValue(Files.readString(file), Map.class);
            return new TaskPeek(
                    text(content, "name").orElse(fallback),
                    text(content, "regime"),
                    text(content, "database").map(folder::resolve).filter(Files::isRegularFile));
        } catch (IOException | JacksonException | ClassCastException _) {
            return new TaskPeek(fallback, Optional.empty(), Optional.empty());
        }
    }

    /// The name with nothing in it that a file system could object to.
    String fileName() {
        String plain = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceFirst("^[.-]+", "");
        return plain.isEmpty() ? "task" : plain;
    }

    private static Optional<String> text(Map<?, ?> content, String key) {
        return Optional.ofNullable(content.get(key)).map(String::valueOf);
    }
}
