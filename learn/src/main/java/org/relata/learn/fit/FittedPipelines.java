package org.relata.learn.fit;

import java.io.IOException;
import java.nio.file.Path;
import org.relata.database.RelataException;
import org.relata.database.task.Task;
import tools.jackson.core.JacksonException;

/// Reads pipelines back.
public final class FittedPipelines {
    private FittedPipelines() {}

    /// The pipeline of a folder that [FittedPipeline#write] wrote.
    ///
    /// @param folder the folder
    /// @param task the task it was fitted for
    /// @throws RelataException `fit.model` when the folder holds no pipeline, or one for another kind of task
    /// @throws IOException when it cannot be read
    public static FittedPipeline read(Path folder, Task task) throws IOException {
        try {
            String kind = DfsPipeline.kind(folder);
            return switch (kind) {
                case DfsPipeline.KIND -> DfsPipeline.read(folder, task);
                case BaselinePipeline.KIND -> BaselinePipeline.read(folder);
                default ->
                    throw RelataException.usage(
                            "fit.model", folder.toString(), "it holds a pipeline of unknown kind " + kind, "fit again");
            };
        } catch (java.nio.file.NoSuchFileException e) {
            throw RelataException.usage(
                            "fit.model",
                            folder.toString(),
                            "there is no fitted pipeline: " + e.getMessage() + " is missing",
                            "name the folder of a finished run")
                    .causedBy(e);
        } catch (JacksonException e) {
            throw RelataException.failure("fit.model", folder.toString(), "the pipeline is damaged", "fit again")
                    .causedBy(e);
        }
    }
}
