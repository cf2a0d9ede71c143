package org.relata.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.learn.model.GcnResult;
import org.relata.learn.model.GcnSettings;
import org.relata.learn.model.GcnTraining;

/// Classifies the nodes of a graph, once for each of some seeds.
public record GcnRun(ModelRequest request, GcnSettings settings, int seeds) implements ModelRun<GcnRun.Outcome> {
    /// What became of it.
    ///
    /// @param graph what there is, in words
    /// @param results one a seed
    /// @param kept the one of which parameters and predictions are written: the best by validation
    public record Outcome(String graph, List<GcnResult> results, GcnResult kept) {}

    @Override
    public String text() {
        try (GcnTraining training = open()) {
            return training.text();
        }
    }

    private GcnTraining open() {
        return GcnTraining.of(request.data(), settings, request.seed(), request.reading());
    }

    @Override
    public Optional<Outcome> run() throws IOException {
        return DeepStack.call(request, this::here);
    }

    private Optional<Outcome> here() throws IOException {
        try (GcnTraining training = open()) {
            return of(training);
        }
    }

    private Optional<Outcome> of(GcnTraining training) throws IOException {
        List<GcnResult> results = new ArrayList<>();
        // A state each, kept to the end: of a seed that is done, it is the end that it came to.
        List<TrainingState> states = new ArrayList<>();
        try (RunnerChoice choice = RunnerChoice.open(request, training.model())) {
            training.bind(choice.runner());
            for (long seed = request.seed(); seed < request.seed() + seeds; seed++) {
                TrainingState state = request.state(seeds == 1 ? "" : ".seed" + seed);
                states.add(state);
                Optional<GcnResult> result = training.train(choice.runner(), request.session(seed, state));
                if (result.isEmpty()) {
                    return Optional.empty();
                }
                results.add(result.get());
            }
        }
        GcnResult kept = results.stream()
                .max(Comparator.comparingDouble(GcnResult::validation)
                        .thenComparing(Comparator.comparingLong(GcnResult::seed).reversed()))
                .orElseThrow();
        if (request.out().isPresent()) {
            write(training, kept);
            states.forEach(TrainingState::clear);
        }
        return Optional.of(new Outcome(training.describe(), results, kept));
    }

    private void write(GcnTraining training, GcnResult kept) throws IOException {
        ResultFile.write(
                request.out().orElseThrow(),
                aside -> training.write(aside, kept),
                file -> file.parameters(training.model(), kept.parameters()));
    }
}
