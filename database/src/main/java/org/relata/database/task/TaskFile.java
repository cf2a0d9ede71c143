package org.relata.database.task;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// A task file as it was read: the task, and what the file says besides.
///
/// @param task the task
/// @param description what the task is about, in words; may be empty
/// @param regime the regime the file asks for, if it does
/// @param metric the name of the metric that should decide, if the file names one
/// @param database the database file that the task names, resolved against the task file's folder
/// @param predictAt the time to predict at, if the file names one
/// @param entities the keys of the entities to predict for; empty means all
public record TaskFile(
        Task task,
        String description,
        Optional<Regime> regime,
        Optional<String> metric,
        Optional<Path> database,
        Optional<LocalDateTime> predictAt,
        List<String> entities) {
    /// Copies the entities.
    public TaskFile {
        entities = List.copyOf(entities);
    }

    /// A task with nothing said besides.
    public static TaskFile of(Task task) {
        return new TaskFile(
                task, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }
}
