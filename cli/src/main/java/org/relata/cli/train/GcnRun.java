package org.relata.cli.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.relata.learn.model.GcnResult;
import org.relata.learn.model.GcnSettings;
import org.relata.learn.model.GcnTraining;

/// Classifies the nodes of a graph, once for each of some seeds.
public final class GcnRun {
    private GcnRun() {}

    /// What became of it.
    ///
    /// @param graph what there is, in words
    /// @param results one a seed
    /// @param kept the one of which parameters and predictions are written: the best by validation
    public record Outcome(String graph, List<GcnResult> results, GcnResult kept) {}

    /// The text of the model.
    public static String text(ModelRequest request, GcnSettings settings) {
        return GcnTraining.of(request.data(), settings, request.seed()).text();
    }

    /// Trains, and writes the best.
    public static Outcome run(ModelRequest request, GcnSettings settings, int seeds) throws IOException {
        return DeepStack.call(request, () -> here(request, settings, seeds));
    }

    private static Outcome here(ModelRequest request, GcnSettings settings, int seeds) throws IOException {
        GcnTraining training = GcnTraining.of(request.data(), settings, request.seed());
        List<GcnResult> results = new ArrayList<>();
        try (RunnerChoice choice = RunnerChoice.open(request, training.model())) {
            training.bind(choice.runner());
            for (long seed = request.seed(); seed < request.seed() + seeds; seed++) {
                results.add(training.train(choice.runner(), seed, new TrainProgress(request.progress())));
            }
        }
        GcnResult kept = results.stream()
                .max(Comparator.comparingDouble(GcnResult::validation)
                        .thenComparing(Comparator.comparingLong(GcnResult::seed).reversed()))
                .orElseThrow();
        if (request.out().isPresent()) {
            ResultFile.write(request.out().get(), file -> {
                file.parameters(training.model(), kept.parameters());
                List<List<Object>> rows = new ArrayList<>();
                for (GcnResult.Prediction each : kept.predictions()) {
                    rows.add(List.of(
                            each.node(),
                            each.predicted(),
                            each.label(),
                            each.split().label()));
                }
                file.table(
                        "predictions",
                        List.of("node VARCHAR", "predicted VARCHAR", "label VARCHAR", "split VARCHAR"),
                        rows);
            });
        }
        return new Outcome(training.describe(), results, kept);
    }
}
