package org.relata.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.cli.train.GcnRun;
import org.relata.database.RelataException;
import org.relata.learn.model.GcnResult;
import org.relata.learn.model.GcnSettings;
import org.relata.learn.model.NeighbourBatches;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `relata train gcn`: says which class the nodes of a graph belong to.
@Command(
        name = "gcn",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Classifies the nodes of a graph by a graph convolution of two layers.",
        footer = {
            "",
            "DIR holds three tables as CSV or Parquet: nodes (the node, label and, if there is one, split: train, val or"
                    + " test), edges (two nodes each) and features (the node, then either a number of a feature and"
                    + " perhaps its value, or a column a feature). Without a split, 20 nodes of each class are to learn"
                    + " from, 500 to choose by, 1,000 to test.",
            "",
            "Example: relata train gcn --data cora --seeds 10"
        })
final class GcnCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The folder with the graph.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path data;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Where other options start: citation (Kipf and Welling 2017: 16 hidden units, dropout 0.5 of"
                    + " features and units, weight decay 5e-4, rate 0.01, 200 epochs) or large (256 hidden units, dropout"
                    + " 0.5 of units, rate 0.1, 100 epochs) (default: citation).")
    private String preset = "citation";

    @Option(names = "--hidden", paramLabel = "N", description = "Hidden units.")
    private @Nullable Integer hidden;

    @Option(names = "--dropout", paramLabel = "SHARE", description = "Hidden units that a step does not see.")
    private @Nullable Double dropout;

    @Option(names = "--input-dropout", paramLabel = "SHARE", description = "Features that a step does not see.")
    private @Nullable Double inputDropout;

    @Option(names = "--weight-decay", paramLabel = "DECAY", description = "Of the weights of the first layer.")
    private @Nullable Double decay;

    @Option(names = "--lr", paramLabel = "RATE", description = "The learning rate of Adam.")
    private @Nullable Double rate;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Let a step classify N nodes and see a sample of what is around them (default: all of the"
                    + " graph).")
    private @Nullable Integer batch;

    @Option(
            names = "--fan-out",
            paramLabel = "N,N",
            description = "With --batch, how many neighbours to draw of each node to classify, and of each of those"
                    + " (default: 25,10).")
    private @Nullable String fanOut;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Train so often, with seeds from --seed on, and tell the mean (default: 1).")
    private int seeds = 1;

    @Mixin
    private final ModelOptions options = new ModelOptions();

    @Override
    public Integer call() throws Exception {
        if (seeds < 1) {
            throw RelataException.usage("option.number", "--seeds " + seeds, "it is too few", "give at least 1");
        }
        GcnSettings from = Given.preset(preset, "gcn.preset", presets());
        GcnSettings settings = new GcnSettings(
                Given.or(hidden, from.hidden()),
                from.biases(),
                Given.or(inputDropout, from.inputDropout()),
                Given.or(dropout, from.dropout()),
                Given.or(decay, from.decay()),
                Given.or(rate, from.rate()),
                options.epochs(from.epochs()),
                batches());
        return options.call(data, request -> new GcnRun(request, settings, seeds), GcnCommand::print, GcnCommand::json);
    }

    private Optional<NeighbourBatches> batches() {
        if (batch == null && fanOut != null) {
            throw RelataException.usage(
                    "gcn.fan-out", "--fan-out " + fanOut, "a step sees all of the graph", "say --batch too");
        }
        return Optional.ofNullable(batch).map(nodes -> NeighbourBatches.of(nodes, fanOut == null ? "25,10" : fanOut));
    }

    private static Map<String, GcnSettings> presets() {
        Map<String, GcnSettings> presets = new LinkedHashMap<>();
        presets.put("citation", GcnSettings.citation());
        presets.put("large", GcnSettings.large());
        return presets;
    }

    private static void print(Terminal terminal, GcnRun.Outcome outcome) {
        terminal.line(outcome.graph() + ".");
        Columns columns = new Columns(">seed", ">epochs", ">seconds", ">train", ">validation", ">test");
        outcome.results()
                .forEach(each -> columns.add(
                        Long.toString(each.seed()),
                        Text.count(each.epochs()),
                        String.format(Locale.ROOT, "%.1f", each.seconds()),
                        Text.score(each.train()),
                        Text.score(each.validation()),
                        Text.score(each.test())));
        columns.render().forEach(terminal::line);
        if (outcome.results().size() > 1) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "Accuracy on test: %.4f ± %.4f (mean and deviation of %d seeds).",
                    mean(outcome.results(), GcnResult::test),
                    deviation(outcome.results(), GcnResult::test),
                    outcome.results().size()));
        }
    }

    private static Map<String, Object> json(GcnRun.Outcome outcome) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", "gcn");
        List<Map<String, Object>> each = new ArrayList<>();
        for (GcnResult result : outcome.results()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("seed", result.seed());
            one.put("epochs", result.epochs());
            one.put("seconds", RunJson.seconds(result.seconds()));
            one.put("loss", RunJson.number(result.loss()));
            one.put("train", RunJson.number(result.train()));
            one.put("validation", RunJson.number(result.validation()));
            one.put("test", RunJson.number(result.test()));
            each.add(one);
        }
        map.put("seeds", each);
        map.put("validation_mean", RunJson.number(mean(outcome.results(), GcnResult::validation)));
        map.put("test_mean", RunJson.number(mean(outcome.results(), GcnResult::test)));
        map.put("test_deviation", RunJson.number(deviation(outcome.results(), GcnResult::test)));
        map.put("kept_seed", outcome.kept().seed());
        return map;
    }

    private static double mean(List<GcnResult> results, ToDoubleFunction<GcnResult> figure) {
        return results.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }

    /// Of a sample; not a number for one.
    private static double deviation(List<GcnResult> results, ToDoubleFunction<GcnResult> figure) {
        double mean = mean(results, figure);
        double squares = results.stream()
                .mapToDouble(figure)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (results.size() - 1));
    }
}
