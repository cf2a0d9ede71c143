package org.relata.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.learn.model.KgeResult;
import org.relata.learn.model.KgeSettings;
import org.relata.learn.model.KgeTraining;
import org.relata.learn.train.FileState;

/// Embeds a knowledge graph.
public final class KgeRun {
    private KgeRun() {}

    /// What became of it.
    ///
    /// @param graph what there is, in words
    /// @param result empty if it was interrupted
    public record Outcome(String graph, Optional<KgeResult> result) {}

    /// The text of the model.
    public static String text(ModelRequest request, KgeSettings settings) {
        return KgeTraining.of(request.data(), settings).text();
    }

    /// Trains, ranks, and writes what was learned. With a file to write, an interrupted run is gone on from.
    public static Outcome run(ModelRequest request, KgeSettings settings) throws IOException {
        return DeepStack.call(request, () -> here(request, settings));
    }

    private static Outcome here(ModelRequest request, KgeSettings settings) throws IOException {
        KgeTraining training = KgeTraining.of(request.data(), settings);
        Optional<KgeResult> result;
        TrainingState state = request.out()
                .<TrainingState>map(out -> new FileState(beside(out)))
                .orElseGet(KgeTraining::stateless);
        try (RunnerChoice choice = RunnerChoice.open(request, training.model())) {
            result = training.train(choice.runner(), request.seed(), state, new TrainProgress(request.progress()));
        }
        if (result.isPresent() && request.out().isPresent()) {
            ResultFile.write(request.out().get(), file -> {
                file.parameters(training.model(), result.get().training().parameters());
                file.names("entity_name", training.entities());
                file.names("link_name", training.links());
            });
            state.clear();
        }
        return new Outcome(training.describe(), result);
    }

    private static Path beside(Path out) {
        return out.resolveSibling(out.getFileName() + ".training");
    }
}
