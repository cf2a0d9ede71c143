package org.relata.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.cli.demo.Shop;
import org.relata.cli.demo.ShopDatabase;
import org.relata.cli.run.CommandText;
import org.relata.cli.run.RunConfig;
import org.relata.cli.synth.SyntheticDemo;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.task.Split;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.Interval;
import org.relata.synth.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `relata demo`: the main job with nothing but Relata itself.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Writes the database of a made-up shop, learns which customers will leave it, and shows how good that"
                        + " is beside simple guesses.")
final class DemoCommand implements Callable<Integer> {
    private static final long DRAWING_MEMORY = 1L << 30;

    /// Enough for features and search on a database of this size.
    private static final String BUDGET = "30s";

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            defaultValue = "relata-demo",
            description = "The folder for the shop and the run (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "What all chance derives from, in the shop and in the fit (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "auto",
            description =
                    "How many models the search may try at most; few give a quick look (default: as suits the number"
                            + " of rows).")
    @SuppressWarnings("NullAway.Init")
    private String candidates;

    @Option(
            names = "--leak",
            description =
                    "Plant a leak in the shop, a column that is filled in after customers have left, to see the leak"
                            + " linter stop the fit.")
    private boolean leak;

    @Option(
            names = "--synthetic",
            paramLabel = "SEED",
            description = "Instead of the shop, draw a database from a structural causal model by this seed, with a"
                    + " question of which it is known how well it can be answered.")
    private @Nullable Long synthetic;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "With --synthetic, parameters of the database, as YAML or JSON: with planted_strength: 0 the"
                    + " answer is pure chance.")
    private @Nullable Path config;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "How long features and search may take together, such as 2m (default: 10m for the shop, which"
                    + " needs less; 30s for a drawn database).")
    private @Nullable Duration budget;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        if (synthetic == null && config == null) {
            shop();
        } else if (synthetic == null) {
            throw RelataException.usage(
                    "demo.config", "--config", "only drawn databases have parameters", "give --synthetic SEED too");
        } else if (leak) {
            throw RelataException.usage(
                    "demo.leak", "--leak", "a leak can be planted in the shop only", "leave out --synthetic");
        } else {
            drawn(synthetic);
        }
        return 0;
    }

    private void shop() throws Exception {
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        Shop shop = leak ? ShopDatabase.writeLeaking(out, seed, progress) : ShopDatabase.write(out, seed, progress);
        TerminalProgress.end(progress);
        if (talkative()) {
            terminal.line("A made-up shop is in " + out + ": " + Text.count(shop.totalRows(), "row") + " in "
                    + Text.count(shop.rows().size(), "table") + ".");
            terminal.line("The question (" + shop.task().getFileName()
                    + "): which customers who are active now will order nothing in the next 60 days?");
            terminal.line("A forecaster that knows how the shop was made would reach a roc_auc of "
                    + Text.score(shop.ceiling()) + " on test; nothing can do better but by luck.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("source", shop.database().toString());
        values.put("schema", shop.schema().toString());
        values.put("task", shop.task().toString());
        fit(values, "run", Map.of());
    }

    private void drawn(long databaseSeed) throws Exception {
        Terminal terminal = main.terminal();
        Config parameters = SyntheticDemo.config();
        SyntheticDemo demo = SyntheticDemo.write(
                out,
                databaseSeed,
                config == null ? parameters : parameters.read(config),
                DRAWING_MEMORY,
                Runtime.getRuntime().availableProcessors());
        if (talkative()) {
            for (String line : demo.introduction()) {
                terminal.line(line);
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("source", demo.folder().toString());
        values.put("task", demo.task());
        values.put("budget", BUDGET);
        FitResult result = fit(
                values,
                demo.folder().getFileName() + "-run",
                Map.of("achievable", Map.of("roc_auc", demo.achievable())));
        if (talkative()) {
            double reached = result.metrics().getOrDefault(Split.TEST, Map.of()).getOrDefault("roc_auc", Double.NaN);
            Interval interval = result.intervals().get(Split.TEST);
            if (interval != null) {
                terminal.line("");
                terminal.line(terminal.bold(demo.verdict(reached, interval)));
            }
        }
    }

    private boolean talkative() {
        return !json.on() && !output.quiet();
    }

    private FitResult fit(Map<String, String> values, String run, Map<String, ?> known) throws Exception {
        values.put("seed", Long.toString(seed));
        values.put("candidates", candidates);
        if (budget != null) {
            values.put("budget", budget.toSeconds() + "s");
        }
        RunConfig settings = RunConfig.of(values);
        if (talkative()) {
            main.terminal().line("");
            main.terminal().line("$ " + CommandText.fit(settings));
        }
        return FitCommand.run(main.terminal(), settings, Optional.of(out.resolve(run)), true, json.on(), output, known);
    }
}
