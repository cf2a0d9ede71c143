package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;

/// `grad` and `train` on a model file, in DuckDB and PostgreSQL.
@Timeout(300)
class TrainCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path data;

    @BeforeEach
    void write() throws IOException, SQLException {
        model = LogisticModel.write(folder);
        data = LogisticModel.duckdb(folder.resolve("shop.duckdb"));
    }

    @Test
    void itLeavesTheParametersAsATable() throws SQLException {
        Ran ran = Cli.run(train(data, "--lr", "0.1", "--epochs", "30"));
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("Trained logistic for 30 epochs (30 steps) with adam on duckdb.\n"), ran.out());
        assertTrue(ran.out().contains("theta         4"), ran.out());
        assertEquals(4, LogisticModel.theta(data).size());
        assertEquals(Set.of("theta", "x", "y"), tables("jdbc:duckdb:" + data), "and nothing else");
    }

    @Test
    void theSummaryIsOneObject() {
        Ran ran = Cli.run(train(
                data,
                "--optimizer",
                "momentum",
                "--lr",
                "0.005",
                "--epochs",
                "5",
                "--batch",
                "y:25",
                "--seed",
                "7",
                "--json"));
        assertEquals(0, ran.code(), ran.err());
        JsonNode json = ran.json();
        assertEquals(
                List.of(
                        "model",
                        "runner",
                        "optimizer",
                        "epochs",
                        "steps",
                        "loss",
                        "loss_history",
                        "seconds",
                        "parameters",
                        "seed"),
                new ArrayList<>(json.propertyNames()));
        assertEquals("logistic", json.get("model").stringValue());
        assertEquals("duckdb", json.get("runner").stringValue());
        assertEquals("momentum", json.get("optimizer").stringValue());
        assertEquals(5, json.get("epochs").intValue());
        assertEquals(15, json.get("steps").intValue(), "three ranges of at least 25 of 60 rows");
        assertEquals(5, json.get("loss_history").size());
        assertEquals(4, json.get("parameters").get("theta").intValue());
        assertEquals(7, json.get("seed").intValue());
    }

    @Test
    void trainingAgainGoesOnFromTheTable() throws SQLException {
        Ran first = Cli.run(train(data, "--lr", "0.1", "--epochs", "20", "--json"));
        Ran second = Cli.run(train(data, "--lr", "0.1", "--epochs", "20", "--json"));
        assertEquals(
                first.json().get("loss").doubleValue(),
                second.json().get("loss_history").get(0).doubleValue(),
                1e-9);
        assertEquals(4, LogisticModel.theta(data).size());
    }

    @Test
    void everyRunnerLearnsTheSame() throws SQLException, IOException {
        Path other = LogisticModel.duckdb(folder.resolve("other.duckdb"));
        String[] how = {"--lr", "0.1", "--epochs", "20", "--batch", "y:20"};
        assertEquals(0, Cli.run(train(data, how)).code());
        List<String> reference = new ArrayList<>(List.of(how));
        reference.addAll(List.of("--runner", "reference"));
        assertEquals(0, Cli.run(train(other, reference.toArray(String[]::new))).code());
        assertArrayEquals(numbers(LogisticModel.theta(other)), numbers(LogisticModel.theta(data)), 1e-9);
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection()) {
            LogisticModel.fill(connection);
            String url = "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
            List<String> command = new ArrayList<>(List.of("train", model.toString(), "--db", url, "--json"));
            command.addAll(List.of(how));
            Ran ran = Cli.run(command.toArray(String[]::new));
            assertEquals(0, ran.code(), ran.err());
            assertEquals("postgres", ran.json().get("runner").stringValue());
            String jdbc = server.getJdbcUrl("postgres", "postgres");
            assertArrayEquals(
                    numbers(LogisticModel.theta(data)),
                    numbers(LogisticModel.query(jdbc, "SELECT v FROM theta ORDER BY col")),
                    1e-9);
            assertEquals(Set.of("theta", "x", "y"), tables(jdbc));
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has neither SIGKILL nor SIGINT")
    void killedInTheMiddleItGoesOnToTheSameNumbers() throws Exception {
        Path killed = LogisticModel.duckdb(folder.resolve("killed.duckdb"));
        String[] how = {"--lr", "0.1", "--epochs", "15", "--batch", "y:20", "--checkpoint-every", "1"};
        assertEquals(0, Cli.run(train(data, how)).code());
        Process process = start(train(killed, how));
        // The database is locked while it is written to, so its log has to say that something was saved.
        Path log = folder.resolve("killed.duckdb.wal");
        long enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && System.nanoTime() < enough && !(Files.exists(log) && Files.size(log) > 20_000)) {
            Thread.sleep(20);
        }
        process.destroyForcibly();
        assertEquals(137, process.waitFor());
        assertTrue(tables("jdbc:duckdb:" + killed).contains("relata_state_logistic"));
        Ran resumed = Cli.run(train(killed, how, "--resume"));
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(LogisticModel.theta(data), LogisticModel.theta(killed));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has neither SIGKILL nor SIGINT")
    void interruptedItSavesAndGoesOn() throws Exception {
        Path folderOut = folder.resolve("state");
        String[] how = {"--lr", "0.1", "--epochs", "3000", "--out", folderOut.toString(), "--checkpoint-every", "1"};
        Process process = start(train(data, how));
        Path state = folderOut.resolve("logistic.training");
        long enough = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && System.nanoTime() < enough && Files.notExists(state)) {
            Thread.sleep(20);
        }
        assertEquals(
                0,
                new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                        .start()
                        .waitFor());
        assertEquals(130, process.waitFor());
        assertTrue(Files.exists(state));
        assertFalse(tables("jdbc:duckdb:" + data).contains("theta"));
        Ran other = Cli.run(train(data, "--lr", "0.2", "--epochs", "5", "--out", folderOut.toString()));
        assertEquals(
                "error: the saved state: it is of an unfinished run with --lr 0.1, not 0.2; give its options to go on from"
                        + " it, or start afresh",
                other.error());
        assertEquals(
                0,
                Cli.run(train(data, "--lr", "0.2", "--epochs", "5", "--out", folderOut.toString(), "--fresh"))
                        .code());
        assertFalse(Files.exists(state), "what is finished needs no state");
    }

    @Test
    void theSeedDecidesTheStart() throws SQLException {
        Path other = LogisticModel.duckdb(folder.resolve("other.duckdb"));
        Cli.run(train(data, "--epochs", "1", "--seed", "1"));
        Cli.run(train(other, "--epochs", "1", "--seed", "2"));
        assertNotEquals(LogisticModel.theta(data), LogisticModel.theta(other));
    }

    @Test
    void patienceStopsEarly() {
        Ran ran =
                Cli.run(train(data, "--optimizer", "sgd", "--lr", "2", "--epochs", "500", "--patience", "2", "--json"));
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.json().get("epochs").intValue() < 500);
    }

    @Test
    void aLossThatLeavesTheNumbersIsAFailureWithTheStep() throws SQLException {
        execute("UPDATE x SET v = 'Infinity' WHERE row = 3 AND col = 1");
        Ran ran = Cli.run(train(data, "--epochs", "5"));
        assertEquals(1, ran.code());
        assertTrue(ran.error().startsWith("error: step 1 (epoch 1): the loss is "), ran.err());
        assertTrue(ran.error().contains("lower the learning rate (it is 0.001)"), ran.err());
    }

    @Test
    void whatTheDatabaseLacksIsNamed() throws SQLException {
        execute("DROP TABLE y");
        Ran missing = Cli.run(train(data));
        assertEquals(2, missing.code());
        assertEquals(
                "error: table y: the database has no table of this name; create it, or correct the model file",
                missing.error());
    }

    @Test
    void batchesOfTablesThatTheLossDoesNotRead() {
        Ran unknown = Cli.run(train(data, "--batch", "orders:10"));
        assertEquals(2, unknown.code());
        assertEquals(
                "error: batch orders:10: the loss reads no table orders; it reads x, theta, y",
                sorted(unknown.error()));
        Ran learned = Cli.run(train(data, "--batch", "theta:10"));
        assertEquals(
                "error: batch theta:10: the table is learned, and a step changes all of it; name a table of data",
                learned.error());
    }

    @Test
    void aParameterOfTextKeysTakesThemFromTheData() throws IOException, SQLException {
        execute("CREATE TABLE w (word VARCHAR, y DOUBLE)", "INSERT INTO w VALUES ('it''s', 1), ('größe', 2)");
        Path words = Files.writeString(folder.resolve("words.sql"), """
                CREATE TABLE w (word TEXT PRIMARY KEY, y DOUBLE);
                CREATE PARAMETER TABLE bias (word TEXT PRIMARY KEY, v DOUBLE);
                SELECT SUM((bias.v - w.y) * (bias.v - w.y)) AS loss FROM w JOIN bias ON w.word = bias.word;
                """);
        Ran ran = Cli.run(
                "train",
                words.toString(),
                "--db",
                data.toString(),
                "--optimizer",
                "sgd",
                "--lr",
                "0.5",
                "--epochs",
                "2");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(
                List.of(2.0, 1.0), LogisticModel.query("jdbc:duckdb:" + data, "SELECT v FROM bias ORDER BY v DESC"));
        Ran batch = Cli.run("train", words.toString(), "--db", data.toString(), "--batch", "w:1");
        assertEquals(2, batch.code());
        assertEquals(
                "error: batch w:1: the table has no integer key attribute to cut into ranges; give it one, or train without"
                        + " batches",
                batch.error());
    }

    @Test
    void gradientsRunAsTheyAre() throws SQLException {
        Cli.run(train(data, "--epochs", "1"));
        Ran ran = Cli.run("grad", model.toString(), "--wrt", "theta", "--dialect", "duckdb");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(4, LogisticModel.query("jdbc:duckdb:" + data, ran.out()).size());
        assertEquals(
                ran.out(),
                Cli.run("grad", model.toString(), "--db", data.toString()).out());
        assertTrue(Cli.run("grad", model.toString(), "--explain").out().contains("parameter theta"));
    }

    @Test
    void gradientsByWhatTheLossDoesNotRead() {
        Ran ran = Cli.run("grad", model.toString(), "--wrt", "theta,w1");
        assertEquals(2, ran.code());
        assertEquals("error: --wrt w1: the loss reads no relation w1; it reads theta, x, y", ran.error());
    }

    private String[] train(Path database, String[] how, String... more) {
        List<String> all = new ArrayList<>(List.of(how));
        all.addAll(List.of(more));
        return train(database, all.toArray(String[]::new));
    }

    private String[] train(Path database, String... more) {
        List<String> command = new ArrayList<>(List.of("train", model.toString(), "--db", database.toString()));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    private Process start(String... command) throws IOException {
        List<String> line = new ArrayList<>(Signals.interruptible());
        line.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.relata.cli.Main"));
        line.addAll(List.of(command));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("said.txt").toFile()))
                .start();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection("jdbc:duckdb:" + data);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Set<String> tables(String url) throws SQLException {
        Set<String> tables = new TreeSet<>();
        LogisticModel.query(
                        url,
                        "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema NOT IN ('information_schema', 'pg_catalog')")
                .forEach(name -> tables.add(name.toString()));
        return tables;
    }

    private static double[] numbers(List<Object> values) {
        return values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }

    /// The order in which a loss reads its tables is the parser's business.
    private static String sorted(String error) {
        return error.replaceFirst("it reads (x|y|theta), (x|y|theta), (x|y|theta)$", "it reads x, theta, y");
    }
}
