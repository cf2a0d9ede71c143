package org.relata.synth.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.Schema;
import org.relata.database.Table;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.Task;
import org.relata.database.task.TaskFile;
import org.relata.database.task.TaskFiles;
import org.relata.database.task.TaskType;
import org.relata.synth.task.PlantedTask;

/// Writes the tasks of a database beside it: every feature of a dated table to be completed, and what was planted.
final class TaskFolder {
    private TaskFolder() {}

    /// Writes tasks.
    ///
    /// @param folder the folder of the database
    /// @param manifests whether each task is a folder with a `manifest.yaml`, as RelBench has it, or one file
    /// @return how many
    static int write(Schema schema, List<PlantedTask> planted, Path folder, boolean manifests) throws IOException {
        LocalDateTime validation = schema.validationTime().orElseThrow();
        LocalDateTime test = schema.testTime().orElseThrow();
        int count = 0;
        for (Table table : schema.tables()) {
            for (Column column : table.featureColumns()) {
                Optional<TaskType> type = type(column);
                if (table.timeColumn().isPresent()
                        && !table.timeColumn().get().equals(column.name())
                        && type.isPresent()) {
                    Task task = new AutoCompleteTask(
                            table.name() + "-" + column.name(),
                            type.get(),
                            table.name(),
                            table.primaryKey().isEmpty()
                                    ? "primary_key"
                                    : table.primaryKey().getFirst(),
                            table.timeColumn().get(),
                            column.name(),
                            validation,
                            test,
                            List.of());
                    one(TaskFile.of(task), folder, manifests);
                    count++;
                }
            }
        }
        for (PlantedTask task : planted) {
            String description = String.format(
                    Locale.ROOT,
                    "Depends on %s.%s and on nothing else; the true probabilities reach a roc_auc of %.4f in"
                            + " expectation.",
                    task.entityTable(),
                    task.column(),
                    task.achievable());
            one(
                    new TaskFile(
                            task.task(validation, test),
                            description,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of()),
                    folder,
                    manifests);
            count++;
        }
        return count;
    }

    private static Optional<TaskType> type(Column column) {
        return switch (column.kind()) {
            case NUMERIC -> Optional.of(TaskType.REGRESSION);
            case BOOLEAN -> Optional.of(TaskType.BINARY_CLASSIFICATION);
            case CATEGORICAL -> Optional.of(TaskType.MULTICLASS_CLASSIFICATION);
            case TEXT, TIMESTAMP, MULTI_CATEGORICAL, VECTOR -> Optional.empty();
        };
    }

    private static void one(TaskFile task, Path folder, boolean manifests) throws IOException {
        String name = task.task().name();
        Path file = manifests
                ? folder.resolve("tasks").resolve(name).resolve("manifest.yaml")
                : folder.resolve("tasks").resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        TaskFiles.write(task, file);
    }
}
