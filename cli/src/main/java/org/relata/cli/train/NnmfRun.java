package org.relata.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
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
        return Factorisation.of(request.data(), settings).text();
    }

    @Override
    public Optional<Outcome> run() throws IOException {
        return DeepStack.call(request, this::here);
    }

    private Optional<Outcome> here() throws IOException {
        Factorisation factorisation = Factorisation.of(request.data(), settings);
        TrainingState state = request.state("");
        Optional<Factorisation.Result> result;
        try (RunnerChoice choice = RunnerChoice.open(request, factorisation.model())) {
            factorisation.bind(choice.runner());
            result = factorisation.train(choice.runner(), request.session(request.seed(), state));
        }
        if (result.isPresent() && request.out().isPresent()) {
            ResultFile.write(request.out().get(), file -> {
                for (var table : result.get().factors().entrySet()) {
                    List<List<Object>> rows = new ArrayList<>();
                    table.getValue().forEach((name, vector) -> rows.add(List.of(name, vector)));
                    file.table(
                            table.getKey(),
                            List.of("name VARCHAR PRIMARY KEY", "v DOUBLE[" + settings.dimension() + "]"),
                            rows);
                }
            });
            state.clear();
        }
        return result.map(each -> new Outcome(factorisation.describe(), each));
    }
}
