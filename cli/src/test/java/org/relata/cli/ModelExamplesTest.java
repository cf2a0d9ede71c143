package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;

/// The examples of model files train, and their gradients are those on record.
@Timeout(600)
class ModelExamplesTest {
    private static final Pattern LOSS =
            Pattern.compile("Loss: (\\S+) in the first epoch, .* Loss on all data at the end: (\\S+)\\.");

    /// The second shows what the step after the first has done.
    private static final int EPOCHS = 2;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void thePageShowsTheModel(ModelExample example) throws IOException {
        String model = Files.readString(example.model());
        assertTrue(example.page().contains("```sql\n" + model + "```"), model);
    }

    @ParameterizedTest
    @EnumSource
    void thePageIsFoundFromTheOverviewAndTheReadme(ModelExample example) throws IOException {
        String overview = Files.readString(ModelExample.ROOT.resolve("docs/how-to/model-files.md"));
        String readme = Files.readString(ModelExample.ROOT.resolve("README.md"));
        assertTrue(overview.contains("](../examples/" + example + ".md)"), overview);
        assertTrue(readme.contains("](docs/examples/" + example + ".md)"), readme);
    }

    @ParameterizedTest
    @EnumSource
    void theGradientIsTheOneOnRecord(ModelExample example) throws IOException {
        onRecord(example, "duckdb", "gradient.sql");
    }

    @ParameterizedTest
    @CsvSource({"postgres, gradient.postgres.sql", "spark, gradient.spark.sql"})
    void logisticRegressionIsOnRecordForOtherDatabasesToo(String dialect, String file) throws IOException {
        onRecord(ModelExample.LOGISTIC_REGRESSION, dialect, file);
    }

    @Test
    void theGradientOfLogisticRegressionFitsOnAPageAndIsOnThePage() throws IOException {
        String gradient =
                Files.readString(ModelExample.LOGISTIC_REGRESSION.folder().resolve("gradient.sql"));
        assertTrue(gradient.lines().count() <= 20, gradient);
        assertTrue(ModelExample.LOGISTIC_REGRESSION.page().contains("```sql\n" + gradient + "```"), gradient);
    }

    @ParameterizedTest
    @EnumSource
    void theCommandOnThePageTrains(ModelExample example) throws IOException, SQLException {
        Path database = example.database(folder.resolve("trained.duckdb"));
        Ran ran = Cli.run(example.training(database).toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        Matcher loss = LOSS.matcher(ran.out());
        assertTrue(loss.find(), ran.out());
        assertTrue(example.page().contains(loss.group()), "the page says otherwise: " + loss.group());
        assertTrue(number(loss.group(1)) > example.factor() * number(loss.group(2)), loss.group());
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseAndTheEngineGoTheWayOfTheReference(ModelExample example) throws IOException, SQLException {
        double[] expected = losses(example, "reference");
        assertEquals(EPOCHS, expected.length);
        for (String runner : List.of("duckdb", "engine")) {
            double[] actual = losses(example, runner);
            for (int epoch = 0; epoch < expected.length; epoch++) {
                assertEquals(expected[epoch], actual[epoch], 1e-9 * Math.max(1, expected[epoch]), runner);
            }
        }
    }

    private double[] losses(ModelExample example, String runner) throws IOException, SQLException {
        List<String> command = new ArrayList<>(example.training(example.database(folder.resolve(runner + ".duckdb"))));
        command.set(command.indexOf("--epochs") + 1, Integer.toString(EPOCHS));
        command.addAll(List.of("--runner", runner, "--json"));
        Ran ran = Cli.run(command.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        return Stream.iterate(0, index -> index < EPOCHS, index -> index + 1)
                .map(ran.json().get("loss_history")::get)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    /// Compares what `grad` prints with a file; what it prints lies under `target` if they differ.
    private static void onRecord(ModelExample example, String dialect, String file) throws IOException {
        Ran ran = Cli.run("grad", example.model().toString(), "--dialect", dialect);
        assertEquals(0, ran.code(), ran.err());
        Path expected = example.folder().resolve(file);
        if (!Files.exists(expected) || !Files.readString(expected).equals(ran.out())) {
            Path actual =
                    Path.of("target/gradients").resolve(example.toString()).resolve(file);
            Files.createDirectories(actual.getParent());
            Files.writeString(actual, ran.out());
            assertEquals(
                    Files.exists(expected) ? Files.readString(expected) : "",
                    ran.out(),
                    expected + " differs from " + actual.toAbsolutePath() + "; copy it there if it reads as well");
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
