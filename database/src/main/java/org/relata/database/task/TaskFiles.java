package org.relata.database.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relata.database.ColumnRef;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.config.Nearest;

/// Reads and finds task files. Three spellings are one language: Relata's `task.yaml`, the task manifest of RelBench 3,
/// and
/// the task file of RelArena; keys of all three may be mixed.
public final class TaskFiles {
    private static final List<String> RECOMMENDATION_KEYS =
            List.of("src_entity_table", "src_entity_col", "dst_entity_table", "dst_entity_col", "eval_k");
    private static final Set<String> KEYS = Set.copyOf(Stream.concat(
                    RECOMMENDATION_KEYS.stream(),
                    Stream.of(
                            "name",
                            "kind",
                            "task_type",
                            "description",
                            "entity_table",
                            "entity_col",
                            "target_col",
                            "time_col",
                            "timedelta",
                            "num_eval_timestamps",
                            "remove_columns",
                            "sql",
                            "query",
                            "evaluator",
                            "extra_files",
                            "metrics",
                            "manifest_version",
                            "val_timestamp",
                            "test_timestamp",
                            "regime",
                            "metric",
                            "database",
                            "at_timestamp",
                            "entities"))
            .toList());
    private static final String MANIFEST = "manifest.yaml";

    private TaskFiles() {}

    /// Reads the task of a task file; [#open(Path, Schema)] also gives what the file says besides.
    public static Task read(Path file, Schema schema) {
        return open(file, schema).task();
    }

    /// Reads a task file.
    ///
    /// @param file the file, or a folder that holds its `manifest.yaml`
    /// @param schema the database's schema: its split times and keys stand in for what the file leaves out
    /// @throws RelataException `task.*` naming the file and the key: unknown, missing or invalid
    public static TaskFile open(Path file, Schema schema) {
        Path manifestFile = Files.isDirectory(file) ? file.resolve(MANIFEST) : file;
        Manifest manifest = Manifest.read(manifestFile, KEYS);
        TaskType type = type(manifest);
        Task task = switch (kind(manifest)) {
            case FORECAST -> forecast(manifest, schema, type, sql(manifest));
            case EXTERNAL -> forecast(manifest, schema, type, shipped(manifest));
            case AUTOCOMPLETE -> autoComplete(manifest, schema, type);
        };
        TaskCheck.against(schema, task);
        return new TaskFile(
                task,
                manifest.text("description").orElse(""),
                manifest.text("regime").map(text -> regime(manifest, text)),
                manifest.text("metric"),
                manifest.text("database").map(text -> folder(manifest).resolve(text)),
                manifest.time("at_timestamp"),
                manifest.textsOrAll("entities"));
    }

    /// Finds a task by what a user wrote.
    ///
    /// @param argument a task file, a folder with a `manifest.yaml`, or the name of a task in `tasks/` of a RelBench
    /// folder
    /// @param source the folder of the database; empty when it is none
    /// @return the file to [#read(Path, Schema)]
    /// @throws RelataException `task.file`, with the tasks the folder has, when there is none
    public static Path find(String argument, Optional<Path> source) {
        Path direct = Path.of(argument);
        if (Files.isRegularFile(direct)) {
            return direct;
        }
        if (Files.isRegularFile(direct.resolve(MANIFEST))) {
            return direct.resolve(MANIFEST);
        }
        Optional<Path> named = source.map(
                        folder -> folder.resolve("tasks").resolve(argument).resolve(MANIFEST))
                .filter(Files::isRegularFile);
        return named.orElseThrow(() -> {
            List<String> names = source.map(TaskFiles::names).orElse(List.of());
            return RelataException.usage(
                    "task.file",
                    argument,
                    "there is no such task file" + (names.isEmpty() ? "" : ", nor such a task in the folder"),
                    names.isEmpty() ? "name a task.yaml" : Nearest.remedy(argument, names));
        });
    }

    /// The names of the tasks of a RelBench 3 folder, sorted; empty when it has none.
    public static List<String> names(Path folder) {
        Path tasks = folder.resolve("tasks");
        if (!Files.isDirectory(tasks)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(tasks)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(MANIFEST)))
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw RelataException.failure("task.file", tasks.toString(), "cannot be listed: " + e.getMessage(), "")
                    .causedBy(e);
        }
    }

    /// Writes a task as a file that [#open(Path, Schema)] reads back equal: aside first, then renamed.
    ///
    /// @throws IOException when the file cannot be written
    public static void write(TaskFile task, Path file) throws IOException {
        TaskWriter.write(task, file);
    }

    private enum Kind {
        FORECAST,
        AUTOCOMPLETE,
        EXTERNAL
    }

    private static Kind kind(Manifest manifest) {
        boolean hasSql = manifest.has("sql") || manifest.has("query");
        String text = manifest.text("kind").orElse(hasSql ? "forecast" : "autocomplete");
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> manifest.invalid("kind", "should be forecast, autocomplete or external, not " + text));
    }

    private static TaskType type(Manifest manifest) {
        boolean recommends = RECOMMENDATION_KEYS.stream().anyMatch(manifest::has);
        String text = recommends ? "recommendation" : manifest.require("task_type");
        if (Set.of("recommendation", "link_prediction", "multilabel_classification")
                .contains(text)) {
            throw RelataException.usage(
                    "task.unsupported",
                    manifest.file().toString(),
                    "tasks of type " + text + " are not yet supported",
                    "use regression, binary_classification or multiclass_classification");
        }
        return Arrays.stream(TaskType.values())
                .filter(type -> type.label().equals(text))
                .findFirst()
                .orElseThrow(() -> manifest.invalid(
                        "task_type",
                        "should be "
                                + Arrays.stream(TaskType.values())
                                        .map(TaskType::label)
                                        .collect(Collectors.joining(", "))
                                + ", not " + text));
    }

    private static Regime regime(Manifest manifest, String text) {
        return Arrays.stream(Regime.values())
                .filter(regime -> regime.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> manifest.invalid("regime", "should be frozen or rolling, not " + text));
    }

    private static String sql(Manifest manifest) {
        if (manifest.has("sql") && manifest.has("query")) {
            throw manifest.invalid("query", "repeats sql; give one of them");
        }
        return manifest.text("sql")
                .or(() -> manifest.text("query"))
                .orElseThrow(() -> RelataException.usage(
                        "task.key", manifest.file().toString(), "the key sql is missing", "add the label SQL"));
    }

    /// SQL that reads the label files beside the manifest.
    private static String shipped(Manifest manifest) {
        Path folder = folder(manifest);
        for (Split split : Split.values()) {
            Path labels = folder.resolve(split.label() + ".parquet");
            if (!Files.isRegularFile(labels)) {
                throw RelataException.usage(
                        "task.file",
                        labels.toString(),
                        "the label file of an external task is missing",
                        "copy it there");
            }
        }
        String columns = Stream.of("time_col", "entity_col", "target_col")
                .map(key -> Sql.id(manifest.require(key)))
                .collect(Collectors.joining(", "));
        return "SELECT " + columns + " FROM read_parquet("
                + Sql.text(folder.toAbsolutePath().resolve("{split}.parquet").toString()) + ")";
    }

    private static Task forecast(Manifest manifest, Schema schema, TaskType type, String sql) {
        Table entity = schema.require(manifest.require("entity_table"));
        String window = manifest.text("timedelta").orElse(kind(manifest) == Kind.EXTERNAL ? "1 day" : "");
        if (window.isEmpty()) {
            manifest.require("timedelta");
        }
        return new ForecastTask(
                name(manifest),
                type,
                entity.name(),
                manifest.text("entity_col")
                        .orElseGet(() -> entity.primaryKey().size() == 1
                                ? entity.primaryKey().getFirst()
                                : manifest.require("entity_col")),
                manifest.text("time_col").orElse("timestamp"),
                manifest.require("target_col"),
                Durations.parse(window, manifest.place("timedelta")),
                manifest.whole("num_eval_timestamps", 1),
                splitTime(manifest, "val_timestamp", schema.validationTime()),
                splitTime(manifest, "test_timestamp", schema.testTime()),
                hidden(manifest),
                sql);
    }

    private static Task autoComplete(Manifest manifest, Schema schema, TaskType type) {
        Table entity = schema.require(manifest.require("entity_table"));
        return new AutoCompleteTask(
                name(manifest),
                type,
                entity.name(),
                entity.primaryKey().size() == 1 ? entity.primaryKey().getFirst() : "primary_key",
                entity.timeColumn().orElse(""),
                manifest.require("target_col"),
                splitTime(manifest, "val_timestamp", schema.validationTime()),
                splitTime(manifest, "test_timestamp", schema.testTime()),
                hidden(manifest));
    }

    private static LocalDateTime splitTime(Manifest manifest, String key, Optional<LocalDateTime> schemaTime) {
        return manifest.time(key)
                .or(() -> schemaTime)
                .orElseThrow(() -> RelataException.usage(
                        "task.key",
                        manifest.file().toString(),
                        "neither the task nor the database has a " + key,
                        "add " + key + ": '2024-01-01' to the task file or to database.yaml"));
    }

    private static List<ColumnRef> hidden(Manifest manifest) {
        List<ColumnRef> hidden = new ArrayList<>();
        manifest.pairs("remove_columns").forEach(pair -> hidden.add(new ColumnRef(pair.get(0), pair.get(1))));
        return hidden;
    }

    /// The declared name, else the file's own name, else that of its folder for a `manifest.yaml`.
    private static String name(Manifest manifest) {
        return manifest.text("name").orElseGet(() -> {
            String own = manifest.file().getFileName().toString();
            return own.equals(MANIFEST) ? folder(manifest).getFileName().toString() : own.replaceFirst("\\.ya?ml$", "");
        });
    }

    private static Path folder(Manifest manifest) {
        return Objects.requireNonNull(manifest.file().toAbsolutePath().getParent());
    }

    /// All keys a task file may have.
    static Set<String> keys() {
        return KEYS;
    }
}
