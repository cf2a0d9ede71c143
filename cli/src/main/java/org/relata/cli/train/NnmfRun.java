package org.relata.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relata.learn.model.FactorSettings;
import org.relata.learn.model.Factorisation;

/// Factorises a matrix.
public final class NnmfRun {
    private NnmfRun() {}

    /// What became of it.
    ///
    /// @param matrix what there is, in words
    public record Outcome(String matrix, Factorisation.Result result) {}

    /// The text of the model.
    public static String text(ModelRequest request, FactorSettings settings) {
        return Factorisation.of(request.data(), settings).text();
    }

    /// Trains, and writes the factors.
    public static Outcome run(ModelRequest request, FactorSettings settings) throws IOException {
        return DeepStack.call(request, () -> here(request, settings));
    }

    private static Outcome here(ModelRequest request, FactorSettings settings) throws IOException {
        Factorisation factorisation = Factorisation.of(request.data(), settings);
        Factorisation.Result result;
        try (RunnerChoice choice = RunnerChoice.open(request, factorisation.model())) {
            factorisation.bind(choice.runner());
            result = factorisation.train(choice.runner(), request.seed(), new TrainProgress(request.progress()));
        }
        if (request.out().isPresent()) {
            ResultFile.write(request.out().get(), file -> {
                for (Map.Entry<String, Map<String, double[]>> table :
                        result.factors().entrySet()) {
                    List<List<Object>> rows = new ArrayList<>();
                    table.getValue().forEach((name, vector) -> rows.add(List.of(name, vector)));
                    file.table(
                            table.getKey(),
                            List.of("name VARCHAR PRIMARY KEY", "v DOUBLE[" + settings.dimension() + "]"),
                            rows);
                }
            });
        }
        return new Outcome(factorisation.describe(), result);
    }
}
