package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.json.JsonMapper;

/// Training in PostgreSQL by a process that is killed, and the same command afterwards.
@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGKILL")
class KilledTrainTest {
    /// Five steps an epoch.
    private static final int EPOCHS = 6;

    @TempDir
    Path folder;

    @Test
    void theSameCommandEndsWithTheNumbersOfGoingThrough() throws Exception {
        Path model = Files.writeString(
                folder.resolve("logistic.sql"),
                LogisticModel.TEXT.replace("SELECT SUM(softplus", "SELECT AVG(softplus"));
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String through = schema(server, "through");
            Ran undisturbed = Cli.run(command(model, through));
            assertEquals(0, undisturbed.code(), undisturbed.err());

            String killed = schema(server, "killed");
            Process process = new ProcessBuilder(child(command(model, killed)))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(folder.resolve("said").toFile()))
                    .start();
            try {
                awaitState(process, killed);
            } finally {
                process.destroyForcibly();
            }
            assertEquals(137, process.waitFor(), Files.readString(folder.resolve("said")));
            try (Connection connection = DriverManager.getConnection(killed)) {
                long saved = saved(connection);
                assertTrue(saved >= 12 && saved < 5 * EPOCHS, "killed in the middle, after step " + saved);
            }
            assertEquals(List.of(), LogisticModel.query(killed, tables("theta")), "nothing is in sight before the end");

            Ran again = Cli.run(command(model, killed));
            assertEquals(0, again.code(), again.err());
            assertEquals(undisturbed.json().get("loss_history"), again.json().get("loss_history"));
            assertEquals(undisturbed.json().get("loss"), again.json().get("loss"));
            List<Object> theta = LogisticModel.query(through, "SELECT v FROM theta ORDER BY col");
            assertEquals(theta, LogisticModel.query(killed, "SELECT v FROM theta ORDER BY col"));
            assertNotEquals(List.of(0.0, 0.0, 0.0, 0.0), theta);
            assertEquals(List.of(), LogisticModel.query(killed, tables("relata%")), "the state is gone");
        }
    }

    private static String tables(String like) {
        return "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '" + like
                + "' AND table_schema = current_schema()";
    }

    /// The address of a schema with the data.
    private static String schema(EmbeddedPostgres server, String name) throws SQLException {
        String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + name);
            LogisticModel.fill(connection);
            // Statistics that the server takes by itself in the middle may change plans, and so the order of sums.
            statement.execute("ANALYZE x, y");
        }
        return url;
    }

    private static String[] command(Path model, String url) {
        return new String[] {
            "train",
            model.toString(),
            "--db",
            url,
            "--lr",
            "0.05",
            "--batch",
            "y:12",
            "--epochs",
            String.valueOf(EPOCHS),
            "--checkpoint-every",
            "1",
            "--json"
        };
    }

    private static List<String> child(String[] arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.relata.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Waits until the process has saved what it reached in the middle of the third epoch, or little later.
    private void awaitState(Process process, String url) throws SQLException, InterruptedException, IOException {
        try (Connection connection = DriverManager.getConnection(url)) {
            while (saved(connection) < 12) {
                assertTrue(process.isAlive(), Files.readString(folder.resolve("said")));
                Thread.sleep(5);
            }
        }
    }

    /// The step that was saved last.
    private static long saved(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT content FROM relata_state_logistic WHERE what = 'progress'")) {
            return rows.next()
                    ? new JsonMapper().readTree(rows.getString(1)).get("step").longValue()
                    : 0;
        } catch (SQLException e) {
            return 0; // It is not there yet, or just being replaced.
        }
    }
}
