package org.relata.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.run.RunJson;
import org.relata.cli.terminal.Columns;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.cli.train.KgeRun;
import org.relata.cli.train.ModelRequest;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.learn.model.Embedding;
import org.relata.learn.model.KgeResult;
import org.relata.learn.model.KgeSettings;
import org.relata.learn.model.Ranking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

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
                    + " With --out, an interrupted run goes on when the same command is given again.",
            "",
            "Example: relata train kge --data fb15k-237 --model rotate --dim 100 --out rotate.duckdb"
        })
final class KgeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private TrainCommand train;

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

    @Option(names = "--epochs", paramLabel = "N", description = "How often to go through the facts.")
    private @Nullable Integer epochs;

    @Mixin
    private final OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin
    private final ModelOptions options = new ModelOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        train.alone();
        Terminal terminal = train.main().terminal();
        Progress progress = output.progress(terminal);
        ModelRequest request = options.request(data, progress);
        KgeSettings settings = settings();
        if (options.printModel()) {
            terminal.line(KgeRun.text(request, settings).stripTrailing());
            return 0;
        }
        String hint = request.out().isPresent() ? "the same command goes on from the last checkpoint" : "";
        KgeRun.Outcome outcome;
        try (Interruption.Registration registration = Interruption.during(new Interruption.Cleanup(() -> {}, hint))) {
            outcome = KgeRun.run(request, settings);
        } finally {
            TerminalProgress.end(progress);
        }
        Optional<KgeResult> result = outcome.result();
        if (result.isEmpty()) {
            return Failures.INTERRUPTED;
        }
        if (json.on()) {
            terminal.line(RunJson.text(json(result.get())));
        } else {
            print(terminal, outcome.graph(), settings, result.get());
        }
        return 0;
    }

    private KgeSettings settings() {
        Embedding embedding = Embedding.named(model);
        KgeSettings from = switch (preset) {
            case "quality" -> KgeSettings.quality(embedding);
            case "paper" -> KgeSettings.paper(embedding);
            // Text from the command line.
            default ->
                throw RelataException.usage(
                        "kge.preset", "--preset " + preset, "there is no such preset", "there are quality, paper");
        };
        return new KgeSettings(
                embedding,
                dimension == null ? from.dimension() : dimension,
                norm == null ? from.norm() : norm,
                margin == null ? from.margin() : margin,
                batch == null ? from.batch() : batch,
                negatives == null ? from.negatives() : negatives,
                chunk == null ? from.chunk() : chunk,
                temperature == null ? from.temperature() : temperature,
                penalty == null ? from.penalty() : penalty,
                optimizer.or(from.optimizer()),
                epochs == null ? from.epochs() : epochs);
    }

    private void print(Terminal terminal, String graph, KgeSettings settings, KgeResult result) {
        terminal.line(graph + ".");
        terminal.line("Trained " + settings.embedding().label() + " for "
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

    private Map<String, Object> json(KgeResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model);
        map.put("epochs", result.training().epochs());
        map.put("steps", result.training().steps());
        map.put("loss", RunJson.number(result.training().loss()));
        map.put("seconds", RunJson.number(Math.round(result.training().seconds() * 1000) / 1000.0));
        map.put("ranking_seconds", RunJson.number(Math.round(result.evaluated() * 1000) / 1000.0));
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
