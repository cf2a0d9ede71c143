package org.relata.cli.synth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.relata.cli.terminal.Text;
import org.relata.database.RelataException;
import org.relata.learn.fit.Interval;
import org.relata.synth.SyntheticDataset;
import org.relata.synth.config.Choices;
import org.relata.synth.config.Config;
import org.relata.synth.config.DatabaseParameters;
import org.relata.synth.config.TopParameters;
import org.relata.synth.write.FolderWriter;
import org.relata.synth.write.OutputFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A drawn database with a question whose best possible answer is known, for `relata demo --synthetic`.
///
/// @param folder where it is, as a RelBench folder
/// @param task the question
/// @param cause the column that decides the answers, as `table.column`
/// @param achievable the area under the curve that the true probabilities reach in expectation
/// @param tables how many tables it has
/// @param rows how many rows they have together
public record SyntheticDemo(Path folder, String task, String cause, double achievable, int tables, long rows) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Parameters of a database that is fitted in a minute, and has enough events to learn from.
    public static Config config() {
        return Config.builder()
                .set(DatabaseParameters.NUM_TABLES_CHOICES, Choices.range(3, 4))
                .set(DatabaseParameters.NUM_COLS_CHOICES, Choices.range(3, 5))
                .set(DatabaseParameters.NUM_ROWS_ENTITY_TABLE_CHOICES, Choices.range(500, 700))
                .set(DatabaseParameters.NUM_ROWS_ACTIVITY_TABLE_CHOICES, Choices.range(10_000, 15_000))
                .set(TopParameters.PLANTED_TASKS, 1)
                .build();
    }

    /// Draws the database, unless it is there.
    ///
    /// @param out the folder for its folder
    /// @param config its parameters, with at least one planted task
    /// @throws RelataException `demo.planted` when no task is to be planted
    public static SyntheticDemo write(Path out, long seed, Config config, long memoryBytes, int threads)
            throws IOException {
        if (config.get(TopParameters.PLANTED_TASKS) < 1) {
            throw RelataException.usage(
                    "demo.planted", "planted_tasks", "there is no question to learn from", "let it be 1");
        }
        String name = "synthetic-" + seed;
        Path folder = out.resolve(name);
        Files.createDirectories(out);
        FolderWriter.Outcome _ =
                SyntheticDataset.of(seed, config).write(name, folder, OutputFormat.RELBENCH, memoryBytes, threads);
        JsonNode manifest = JSON.readTree(Files.readString(folder.resolve("synth.json")));
        JsonNode planted = manifest.at("/planted/0");
        return new SyntheticDemo(
                folder,
                planted.path("task").asString(),
                planted.path("depends_on").asString(),
                planted.path("roc_auc").asDouble(),
                manifest.path("rows").size(),
                manifest.path("rows").valueStream().mapToLong(JsonNode::asLong).sum());
    }

    /// What the question is, and what is known of its answer.
    public String[] introduction() {
        String entities = cause.substring(0, cause.indexOf('.'));
        return new String[] {
            "A database drawn from a structural causal model is in " + folder + ": " + Text.count(rows, "row") + " in "
                    + Text.count(tables, "table") + ".",
            "The question (" + task + "): which rows of " + entities + " will be referred to next?",
            "The answer depends on " + cause
                    + " and on nothing else, so it is known how well it can be told: by a roc_auc" + " of "
                    + Text.score(achievable) + " in expectation; nothing does better but by luck.",
        };
    }

    /// How near a score came, in a sentence.
    ///
    /// @param reached the score on test
    /// @param interval where it would be on other test rows of the same kind
    public String verdict(double reached, Interval interval) {
        String span = String.format(
                Locale.ROOT,
                "%.0f %% interval %s to %s",
                interval.level() * 100,
                Text.score(interval.low()),
                Text.score(interval.high()));
        boolean near = achievable <= interval.high();
        return "Known to be achievable: " + Text.score(achievable) + ". Reached on test: " + Text.score(reached) + " ("
                + span + "), "
                + (near ? "as much as these rows can tell." : "which leaves " + Text.score(achievable - reached) + ".");
    }
}
