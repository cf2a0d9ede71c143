package org.relata.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.relata.cli.demo.Shop;
import org.relata.cli.demo.ShopDatabase;
import org.relata.cli.run.CommandText;
import org.relata.cli.run.RunConfig;
import org.relata.cli.terminal.Terminal;
import org.relata.cli.terminal.TerminalProgress;
import org.relata.cli.terminal.Text;
import org.relata.database.Progress;
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

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = main.terminal();
        Progress progress = output.progress(terminal);
        Shop shop = leak ? ShopDatabase.writeLeaking(out, seed, progress) : ShopDatabase.write(out, seed, progress);
        TerminalProgress.end(progress);
        boolean talkative = !json.on() && !output.quiet();
        if (talkative) {
            terminal.line("A made-up shop is in " + out + ": " + Text.count(shop.totalRows(), "row") + " in "
                    + Text.count(shop.rows().size(), "table") + ".");
            terminal.line("The question (" + shop.task().getFileName()
                    + "): which customers who are active now will order nothing in the next 60 days?");
            terminal.line("A forecaster that knows how the shop was made would reach a roc_auc of "
                    + Text.score(shop.ceiling()) + " on test; nothing can do better but by luck.");
            terminal.line("");
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("source", shop.database().toString());
        values.put("schema", shop.schema().toString());
        values.put("task", shop.task().toString());
        values.put("seed", Long.toString(seed));
        values.put("candidates", candidates);
        RunConfig config = RunConfig.of(values);
        if (talkative) {
            terminal.line("$ " + CommandText.fit(config));
        }
        Path run = out.resolve("run");
        return FitCommand.run(terminal, config, Optional.of(run), true, json.on(), output);
    }
}
