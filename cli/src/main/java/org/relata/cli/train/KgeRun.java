package org.relata.cli.train;

import java.io.IOException;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.learn.model.KgeResult;
import org.relata.learn.model.KgeSettings;
import org.relata.learn.model.KgeTraining;

/// Embeds a knowledge graph.
public record KgeRun(ModelRequest request, KgeSettings settings) implements ModelRun<KgeRun.Outcome> {
    /// What became of it.
    ///
    /// @param graph what there is, in words
    public record Outcome(String graph, KgeResult result) {}

    @Override
    public String text() {
        try (KgeTraining training = open()) {
            return training.text();
        }
    }

    private KgeTraining open() {
        return KgeTraining.of(request.data(), settings, request.reading());
    }

    @Override
    public Optional<Outcome> run() throws IOException {
        return DeepStack.call(request, this::here);
    }

    private Optional<Outcome> here() throws IOException {
        try (KgeTraining training = open();
                RunnerChoice choice = RunnerChoice.open(request, training.model())) {
            TrainingState state = request.state("");
            Optional<KgeResult> result = training.train(choice.runner(), request.session(request.seed(), state));
            if (result.isPresent() && request.out().isPresent()) {
                ResultFile.write(
                        request.out().get(),
                        aside -> training.write(aside, choice.runner()),
                        file -> file.parameters(training.links(), training.parameters(choice.runner())));
                state.clear();
            }
            return result.map(each -> new Outcome(training.describe(), each));
        }
    }
}
