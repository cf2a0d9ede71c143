package org.relata.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.cli.train.NnmfRun;
import org.relata.learn.model.FactorSettings;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `relata train nnmf`: factorises a matrix without negative numbers.
@Command(
        name = "nnmf",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Factorises a matrix into vectors without negative numbers.",
        footer = {
            "",
            "FILE is a CSV or Parquet file whose first three columns are the two sides of a pair and its value. It is"
                    + " gone through 200 times unless --epochs says otherwise. With --out, the factors become tables of"
                    + " names and vectors.",
            "",
            "Example: relata train nnmf --data ratings.csv --two-sided --dim 32"
        })
final class NnmfCommand implements Callable<Integer> {
    private static final int EPOCHS = 200;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The file with the values.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path data;

    @Option(names = "--dim", paramLabel = "N", description = "Numbers of a factor (default: 32).")
    private int dimension = 32;

    @Option(
            names = "--two-sided",
            description =
                    "Both sides of a pair are different things, such as users and films, with factors of their own.")
    private boolean twoSided;

    @Option(
            names = "--dense",
            description = "Count pairs without a value as zero, and compute with the matrix in blocks.")
    private boolean dense;

    @Mixin
    private final OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin
    private final ModelOptions options = new ModelOptions();

    @Override
    public Integer call() throws Exception {
        FactorSettings settings = new FactorSettings(
                dimension, twoSided, dense, optimizer.or(new Optimizer.Adam(0.01)), options.epochs(EPOCHS));
        return options.call(data, request -> new NnmfRun(request, settings), NnmfCommand::print, this::json);
    }

    private static void print(Terminal terminal, NnmfRun.Outcome outcome) {
        TrainingResult training = outcome.result().training();
        terminal.line(outcome.matrix() + ".");
        terminal.line(String.format(
                Locale.ROOT,
                "Trained for %s in %.1f s. Root mean squared error: %s.",
                Text.count(training.epochs(), "epoch"),
                training.seconds(),
                Text.score(outcome.result().error())));
    }

    private Map<String, Object> json(NnmfRun.Outcome outcome) {
        TrainingResult training = outcome.result().training();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", "nnmf");
        map.put("epochs", training.epochs());
        map.put("seconds", RunJson.seconds(training.seconds()));
        map.put("loss", RunJson.number(training.loss()));
        map.put("rmse", RunJson.number(outcome.result().error()));
        map.put("seed", options.seed());
        return map;
    }
}
