package org.relata.cli.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.database.metric.Metric;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskFiles;
import org.relata.database.task.TaskType;

/// What a task file adds to the settings of a run before its database is open.
public final class RunInputs {
    private RunInputs() {}

    /// The settings with what the task file says where nothing was given: its regime and its database file.
    ///
    /// @param given what the command line and files say
    /// @throws RelataException when there is no such task
    public static Map<String, String> withTaskFile(Map<String, String> given) {
        Map<String, String> values = new LinkedHashMap<>(given);
        if (given.containsKey("task")) {
            TaskPeek peek = TaskPeek.at(taskFile(given.get("task"), given.getOrDefault("source", "")));
            peek.regime().ifPresent(regime -> values.putIfAbsent("regime", regime));
            peek.database().ifPresent(database -> values.putIfAbsent("schema", database.toString()));
        }
        return values;
    }

    /// The metric that decides: the one the task file names, or the first of the task's type.
    ///
    /// @throws RelataException when a task of that type has no such metric, naming those it has
    public static Metric primary(TaskFile file) {
        TaskType type = file.task().type();
        return file.metric().map(name -> Metric.named(name, type)).orElseGet(() -> Metric.primary(type));
    }

    /// The file of a task.
    ///
    /// @param task what the user wrote: a file, a folder with a manifest, or the name of a task in the source
    /// @param source the database
    /// @throws RelataException when there is no such task
    public static Path taskFile(String task, String source) {
        return TaskFiles.find(task, RunConfig.isUrl(source) ? Optional.empty() : Optional.of(Path.of(source)));
    }
}
