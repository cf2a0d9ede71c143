package org.relata.database.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Writes task files: the keys of a RelBench 3 manifest in its order, then Relata's own.
final class TaskWriter {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
            .enable(
                    YAMLWriteFeature.MINIMIZE_QUOTES,
                    YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS,
                    YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .build();

    private TaskWriter() {}

    static void write(TaskFile file, Path target) throws IOException {
        Map<String, Object> keys = new LinkedHashMap<>();
        Task task = file.task();
        keys.put("name", task.name());
        switch (task) {
            case ForecastTask forecast -> {
                keys.put("kind", "forecast");
                header(keys, file);
                keys.put("entity_col", forecast.entityColumn());
                keys.put("target_col", forecast.targetColumn());
                keys.put("time_col", forecast.timeColumn());
                keys.put("timedelta", Durations.format(forecast.window()));
                if (forecast.evaluationSeeds() != 1) {
                    keys.put("num_eval_timestamps", forecast.evaluationSeeds());
                }
            }
            case AutoCompleteTask complete -> {
                keys.put("kind", "autocomplete");
                header(keys, file);
                keys.put("target_col", complete.targetColumn());
            }
        }
        List<List<String>> hidden = task.hidden().stream()
                .filter(column -> !(task instanceof AutoCompleteTask
                        && column.table().equals(task.entityTable())
                        && column.column().equals(task.targetColumn())))
                .map(column -> List.of(column.table(), column.column()))
                .toList();
        if (!hidden.isEmpty()) {
            keys.put("remove_columns", hidden);
        }
        if (task instanceof ForecastTask forecast) {
            // A literal block cannot hold trailing blanks, and they mean nothing in SQL.
            keys.put(
                    "sql",
                    forecast.labelSql().lines().map(String::stripTrailing).collect(Collectors.joining("\n")));
        }
        keys.put("val_timestamp", time(task.validationTime()));
        keys.put("test_timestamp", time(task.testTime()));
        file.regime().ifPresent(regime -> keys.put("regime", regime.label()));
        file.metric().ifPresent(metric -> keys.put("metric", metric));
        file.database().ifPresent(database -> keys.put("database", database.toString()));
        file.predictAt().ifPresent(at -> keys.put("at_timestamp", time(at)));
        if (!file.entities().isEmpty()) {
            keys.put("entities", file.entities());
        }
        keys.put("manifest_version", 1);
        Path aside = Files.createTempFile(
                Objects.requireNonNull(target.toAbsolutePath().getParent()), ".task", ".part");
        try {
            Files.writeString(aside, YAML.writeValueAsString(keys));
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static void header(Map<String, Object> keys, TaskFile file) {
        keys.put("task_type", file.task().type().label());
        if (!file.description().isEmpty()) {
            keys.put("description", file.description());
        }
        keys.put("entity_table", file.task().entityTable());
    }

    private static String time(LocalDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                ? time.toLocalDate().toString()
                : time.toString();
    }
}
