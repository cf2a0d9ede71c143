package org.relata.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.relata.database.RelataException;
import org.relata.database.task.Regime;
import org.relata.learn.fit.FitSettings;
import org.relata.learn.fit.Method;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Everything that decides a run, as `config.yaml` holds it.
///
/// Settings are layered as maps of texts before they become a config: the command line over a file over the defaults.
///
/// @param source a path or a JDBC URL; a password in it is never written
/// @param schema the `database.yaml`; empty when everything is inferred or declared
/// @param task a task file, or the name of a task inside the source
/// @param settings how to fit
/// @param tolerateLeaks whether leak findings of severity ERROR are reported rather than fatal
public record RunConfig(
        String source, Optional<Path> schema, String task, FitSettings settings, boolean tolerateLeaks) {
    /// The keys of `config.yaml`, in their order.
    public static final List<String> KEYS = List.of(
            "source",
            "schema",
            "task",
            "method",
            "regime",
            "depth",
            "budget",
            "candidates",
            "memory",
            "threads",
            "seed",
            "refit",
            "tolerate-leaks");

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper JSON = new JsonMapper();

    /// What YAML reads as itself without quotes.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/][A-Za-z0-9_./-]*");

    /// The defaults of every key that has one.
    public static Map<String, String> defaults() {
        FitSettings standard = FitSettings.standard();
        Map<String, String> values = settingsMap(standard);
        values.put("tolerate-leaks", "false");
        return values;
    }

    /// Reads a `config.yaml`. Relative paths in it are relative to its folder.
    ///
    /// @return the keys it has, as text
    /// @throws RelataException when it is missing, is not YAML, or has a key that is not known
    public static Map<String, String> read(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            Map<?, ?> content = YAML.readValue(Files.readString(file), Map.class);
            for (Map.Entry<?, ?> entry : content.entrySet()) {
                String key = String.valueOf(entry.getKey());
                if (!KEYS.contains(key)) {
                    throw RelataException.usage(
                            "config.key",
                            file + ", " + key,
                            "there is no such key",
                            "use one of: " + String.join(", ", KEYS));
                }
                values.put(key, String.valueOf(entry.getValue()));
            }
        } catch (NoSuchFileException e) {
            throw RelataException.usage(
                            "config.missing",
                            file.toString(),
                            "there is no such file",
                            "name the config.yaml of a run folder")
                    .causedBy(e);
        } catch (IOException | JacksonException | ClassCastException e) {
            throw RelataException.usage(
                            "config.yaml",
                            file.toString(),
                            "it is not a YAML map: "
                                    + String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""),
                            "write one 'key: value' a line")
                    .causedBy(e);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        values.computeIfPresent("source", (_, source) -> isUrl(source) ? source : resolve(folder, source));
        values.computeIfPresent("schema", (_, schema) -> resolve(folder, schema));
        values.computeIfPresent("task", (_, task) -> Files.exists(folder.resolve(task)) ? resolve(folder, task) : task);
        return values;
    }

    /// The config that layered values make; missing settings take their defaults.
    ///
    /// @throws RelataException when the source or the task is missing, or a value cannot be read
    public static RunConfig of(Map<String, String> given) {
        Map<String, String> values = defaults();
        values.putAll(given);
        FitSettings settings = new FitSettings(
                choice(values, "method", Method.values(), Method::label),
                choice(values, "regime", Regime.values(), Regime::label),
                read(values, "depth", Integer::parseInt),
                read(values, "budget", Amounts::duration),
                read(values, "candidates", RunConfig::candidates),
                read(values, "memory", Amounts::size),
                read(values, "threads", Integer::parseInt),
                read(values, "seed", Long::parseLong),
                read(values, "refit", RunConfig::yesOrNo));
        return new RunConfig(
                required(values, "source", "name a folder, a database file or a JDBC URL"),
                Optional.ofNullable(values.get("schema")).map(Path::of),
                required(values, "task", "name a task file with --task"),
                settings,
                read(values, "tolerate-leaks", RunConfig::yesOrNo));
    }

    /// The config as the keys of `config.yaml`, in their order, with absolute paths.
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("source", isUrl(source) ? Sources.withoutSecrets(source) : absolute(source));
        schema.ifPresent(file -> map.put("schema", absolute(file.toString())));
        // A task may also be the name of one inside the source.
        boolean file = Path.of(task).isAbsolute() || Files.exists(Path.of(task));
        map.put("task", file ? absolute(task) : task);
        map.putAll(settingsMap(settings));
        map.put("tolerate-leaks", Boolean.toString(tolerateLeaks));
        return map;
    }

    /// The config as the text of a `config.yaml` that [#read(Path)] reads back.
    public String yaml() {
        return yaml(toMap());
    }

    /// As [#yaml()], with the files below a folder written relative to it, so that the folder can be moved.
    ///
    /// @param folder the folder the file will lie in
    public String yaml(Path folder) {
        Map<String, String> map = toMap();
        Path base = folder.toAbsolutePath().normalize();
        for (String key : List.of("schema", "task")) {
            map.computeIfPresent(
                    key,
                    (_, value) -> Path.of(value).startsWith(base)
                            ? base.relativize(Path.of(value)).toString()
                            : value);
        }
        return yaml(map);
    }

    private static String yaml(Map<String, String> map) {
        StringBuilder text = new StringBuilder();
        map.forEach((key, value) -> text.append(key)
                .append(": ")
                .append(PLAIN.matcher(value).matches() ? value : JSON.writeValueAsString(value))
                .append('\n'));
        return text.toString();
    }

    /// The same run on other files.
    public RunConfig with(Path newSchema, Path newTask) {
        return new RunConfig(
                source, Optional.of(newSchema), newTask.toAbsolutePath().toString(), settings, tolerateLeaks);
    }

    /// Whether a source is a URL rather than a path.
    public static boolean isUrl(String source) {
        return source.regionMatches(true, 0, "jdbc:", 0, 5) || source.contains("://");
    }

    private static Map<String, String> settingsMap(FitSettings settings) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("method", settings.method().label());
        map.put("regime", settings.regime().label());
        map.put("depth", Integer.toString(settings.depth()));
        map.put("budget", Amounts.durationText(settings.budget()));
        map.put(
                "candidates",
                settings.candidates().isPresent()
                        ? Integer.toString(settings.candidates().getAsInt())
                        : "auto");
        map.put("memory", Amounts.sizeText(settings.memoryBytes()));
        map.put("threads", Integer.toString(settings.threads()));
        map.put("seed", Long.toString(settings.seed()));
        map.put("refit", Boolean.toString(settings.refit()));
        return map;
    }

    private static String resolve(Path folder, String file) {
        return folder.resolve(file).normalize().toString();
    }

    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().normalize().toString();
    }

    private static String required(Map<String, String> values, String key, String remedy) {
        String value = values.getOrDefault(key, "");
        if (value.isBlank()) {
            throw RelataException.usage("config." + key, key, "it is missing", remedy);
        }
        return value;
    }

    private static <T> T read(Map<String, String> values, String key, Function<String, T> reader) {
        String text = values.getOrDefault(key, "");
        try {
            return reader.apply(text);
        } catch (NumberFormatException e) {
            throw RelataException.usage("config." + key, key, "'" + text + "' is not a whole number", "")
                    .causedBy(e);
        } catch (IllegalArgumentException e) {
            throw RelataException.usage("config." + key, key, String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    private static <T> T choice(Map<String, String> values, String key, T[] choices, Function<T, String> label) {
        String text = values.getOrDefault(key, "").toLowerCase(Locale.ROOT);
        for (T choice : choices) {
            if (label.apply(choice).equals(text)) {
                return choice;
            }
        }
        List<String> labels = java.util.Arrays.stream(choices).map(label).toList();
        throw RelataException.usage(
                "config." + key, key, "'" + text + "' is not known", "use one of: " + String.join(", ", labels));
    }

    private static OptionalInt candidates(String text) {
        return text.equalsIgnoreCase("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
    }

    private static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}
