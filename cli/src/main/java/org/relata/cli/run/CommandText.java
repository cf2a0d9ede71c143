package org.relata.cli.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A command line that a shell reads back as it was meant.
public final class CommandText {
    private CommandText() {}

    /// The words as one line, quoted where needed.
    public static String line(List<String> words) {
        return String.join(" ", words.stream().map(CommandText::quoted).toList());
    }

    /// The command that does a run again: its inputs and every setting that is not at its default.
    public static String fit(RunConfig config) {
        List<String> words = new ArrayList<>(List.of("relata", "fit", Sources.withoutSecrets(config.source())));
        config.schema().map(Path::toString).ifPresent(schema -> words.addAll(List.of("--schema", schema)));
        words.addAll(List.of("--task", config.task()));
        Map<String, String> defaults = RunConfig.defaults();
        Map<String, String> values = config.toMap();
        for (String key : defaults.keySet()) {
            String value = values.getOrDefault(key, "");
            boolean always = key.equals("regime") || key.equals("seed");
            if (!always && value.equals(defaults.get(key))) {
                continue;
            }
            switch (key) {
                case "refit" -> words.add("--no-refit");
                case "tolerate-leaks" -> words.add("--tolerate-leaks");
                default -> words.addAll(List.of("--" + key, value));
            }
        }
        return line(words);
    }

    private static String quoted(String word) {
        return word.matches("[\\p{L}\\p{N}_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
