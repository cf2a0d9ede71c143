package org.relata.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.Text;
import org.relata.cli.train.KgeRun;
import org.relata.learn.model.Embedding;
import org.relata.learn.model.KgeResult;
import org.relata.learn.model.KgeSettings;
import org.relata.learn.model.Ranking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `relata train kge`: embeds a knowledge graph and finds missing links.
@Command(
        name = "kge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Embeds a knowledge graph, and ranks entities for facts that were held out.",
        footer = {
            "",
            "DIR holds train, valid and test: head, relation and tail of each fact, in text separated by tabs (.txt or"
                    + " .txt.gz), CSV or Parquet. Ranks are filtered: entities that make another known fact do not count."
                    + " --patience looks at the mean reciprocal rank of at most 1,000 facts of valid.",
            "",
            "Example: relata train kge --data fb15k-237 --model rotate --dim 100 --out rotate.duckdb"
        })
final class KgeCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The folder with the facts.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private Path data;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "What makes a fact likely: transe, distmult, complex, rotate or transr (default: transe).")
    private String model = "transe";

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "Where other options start: quality, or paper (50 numbers an entity, batches of 1,000 with 200"
                            + " false entities for each fact alone, gradient descent with rate 0.5) (default: quality).")
    private String preset = "quality";

    @Option(
            names = "--dim",
            paramLabel = "N",
            description = "Numbers of an entity; complex ones in complex and rotate.")
    private @Nullable Integer dimension;

    @Option(names = "--norm", paramLabel = "1|2", description = "How transe measures distance.")
    private @Nullable Integer norm;

    @Option(names = "--margin", paramLabel = "GAMMA", description = "How near the entities of a fact are to come.")
    private @Nullable Double margin;

    @Option(names = "--batch", paramLabel = "N", description = "Facts a step.")
    private @Nullable Integer batch;

    @Option(names = "--negatives", paramLabel = "N", description = "False entities for each fact.")
    private @Nullable Integer negatives;

    @Option(names = "--chunk", paramLabel = "N", description = "How many facts share their false entities.")
    private @Nullable Integer chunk;

    @Option(
            names = "--adversarial",
            paramLabel = "ALPHA",
            description = "Weigh false entities by how likely they seem, more so the larger this is; 0: equally.")
    private @Nullable Double temperature;

    @Option(names = "--penalty", paramLabel = "LAMBDA", description = "The weight of squared vectors in the loss.")
    private @Nullable Double penalty;

    @Mixin
    private final OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin
    private final ModelOptions options = new ModelOptions();

    @Override
    public Integer call() throws Exception {
        Embedding embedding = Embedding.named(model);
        KgeSettings from = Given.preset(preset, "kge.preset", presets(embedding));
        KgeSettings settings = new KgeSettings(
                embedding,
                Given.or(dimension, from.dimension()),
                Given.or(norm, from.norm()),
                Given.or(margin, from.margin()),
                Given.or(batch, from.batch()),
                Given.or(negatives, from.negatives()),
                Given.or(chunk, from.chunk()),
                Given.or(temperature, from.temperature()),
                Given.or(penalty, from.penalty()),
                optimizer.or(from.optimizer()),
                options.epochs(from.epochs()));
        return options.call(data, request -> new KgeRun(request, settings), this::print, this::json);
    }

    private static Map<String, KgeSettings> presets(Embedding embedding) {
        Map<String, KgeSettings> presets = new LinkedHashMap<>();
        presets.put("quality", KgeSettings.quality(embedding));
        presets.put("paper", KgeSettings.paper(embedding));
        return presets;
    }

    private void print(Terminal terminal, KgeRun.Outcome outcome) {
        KgeResult result = outcome.result();
        terminal.line(outcome.graph() + ".");
        terminal.line("Trained " + model + " for "
                + Text.count(result.training().epochs(), "epoch") + " ("
                + Text.count(result.training().steps(), "step") + ") in "
                + String.format(
                        Locale.ROOT,
                        "%.1f s; ranked in %.1f s.",
                        result.training().seconds(),
                        result.evaluated()));
        Columns columns = new Columns("facts", ">MRR", ">mean rank", ">hits@1", ">hits@3", ">hits@10");
        add(columns, "validation", result.validation());
        add(columns, "test", result.test());
        columns.render().forEach(terminal::line);
    }

    private static void add(Columns columns, String name, Ranking ranking) {
        columns.add(
                name,
                Text.score(ranking.mrr()),
                Text.score(ranking.meanRank()),
                Text.score(ranking.hits1()),
                Text.score(ranking.hits3()),
                Text.score(ranking.hits10()));
    }

    private Map<String, Object> json(KgeRun.Outcome outcome) {
        KgeResult result = outcome.result();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("epochs", result.training().epochs());
        map.put("steps", result.training().steps());
        map.put("loss", RunJson.number(result.training().loss()));
        map.put("seconds", RunJson.seconds(result.training().seconds()));
        map.put("ranking_seconds", RunJson.seconds(result.evaluated()));
        map.put("validation", json(result.validation()));
        map.put("test", json(result.test()));
        map.put("seed", options.seed());
        return map;
    }

    private static Map<String, Object> json(Ranking ranking) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("queries", ranking.queries());
        map.put("mrr", RunJson.number(ranking.mrr()));
        map.put("mean_rank", RunJson.number(ranking.meanRank()));
        map.put("hits_at_1", RunJson.number(ranking.hits1()));
        map.put("hits_at_3", RunJson.number(ranking.hits3()));
        map.put("hits_at_10", RunJson.number(ranking.hits10()));
        return map;
    }
}
