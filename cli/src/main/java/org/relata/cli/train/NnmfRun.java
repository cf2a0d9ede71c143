package org.relata.cli.train;

import java.io.IOException;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.cli.run.Aside;
import org.relata.learn.model.FactorSettings;
import org.relata.learn.model.Factorisation;

/// Factorises a matrix.
public record NnmfRun(ModelRequest request, FactorSettings settings) implements ModelRun<NnmfRun.Outcome> {
    /// What became of it.
    ///
    /// @param matrix what there is, in words
    public record Outcome(String matrix, Factorisation.Result result) {}

    @Override
    public String text() {
        try (Factorisation factorisation = open()) {
            return factorisation.text();
        }
    }

    private Factorisation open() {
        return Factorisation.of(request.data(), settings, request.reading());
    }

    @Override
    public Optional<Outcome> run() throws IOException {
        return DeepStack.call(request, this::here);
    }

    private Optional<Outcome> here() throws IOException {
        try (Factorisation factorisation = open();
                RunnerChoice choice = RunnerChoice.open(request, factorisation.model())) {
            factorisation.bind(choice.runner());
            TrainingState state = request.state("");
            Optional<Factorisation.Result> result =
                    factorisation.train(choice.runner(), request.session(request.seed(), state));
            if (result.isPresent() && request.out().isPresent()) {
                Aside.write(request.out().get(), aside -> factorisation.write(aside, choice.runner()));
                state.clear();
            }
            return result.map(each -> new Outcome(factorisation.describe(), each));
        }
    }
}
