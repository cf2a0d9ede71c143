package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.run.TrainingState;
import org.relata.sql.run.JdbcState;

/// Training in a process of its own that is killed in the middle, and the same training afterwards.
@Timeout(180)
class KilledTrainingTest {
    private static final TrainingOptions OPTIONS = new TrainingOptions(new Optimizer.Adam(0.05), 15)
            .batches(Batches.parse("y:20"))
            .checkpointEvery(1);

    /// How many steps a process does before it is killed; two are, one after the other.
    private static final int LIFE = 10;

    @TempDir
    Path folder;

    @Test
    void killedWhileItsStateIsAFileItEndsWithTheNumbersOfGoingThrough() throws Exception {
        killed("file");
    }

    @Test
    void killedWhileItsStateIsInADatabaseItEndsWithTheNumbersOfGoingThrough() throws Exception {
        killed("database");
    }

    private void killed(String kind) throws Exception {
        TrainingResult through =
                train(new FileState(folder.resolve("through")), TrainingListener.silent());
        Path at = folder.resolve("killed");
        for (int kill = 0; kill < 2; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledTrainingTest.class.getName(),
                            kind,
                            at.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int steps = 0; steps < LIFE; steps++) {
                    assertEquals("step", said.readLine());
                }
                process.destroyForcibly().waitFor();
            }
        }
        with(kind, at, state -> {
            long saved = SavedProgress.parse(state.load().orElseThrow().progress())
                    .step();
            assertTrue(saved >= 2 * LIFE - 2 && saved < 45, "killed in the middle, after step " + saved);
            TrainingResult resumed = train(state, TrainingListener.silent());
            assertEquals(through.parameters(), resumed.parameters());
            assertEquals(through.history(), resumed.history());
            assertEquals(through.loss(), resumed.loss());
        });
    }

    /// The process that is killed: says each step, and takes its time.
    public static void main(String[] args) throws SQLException {
        with(args[0], Path.of(args[1]), state -> train(state, new TrainingListener() {
            @Override
            public void begin(long done, long steps) {}

            @Override
            public void step(Standing standing) {
                System.out.println("step");
                pause();
            }

            @Override
            public void epoch(long epoch, double loss) {}

            @Override
            public void note(String message) {}
        }));
    }

    private static void with(String kind, Path at, Consumer<TrainingState> work) throws SQLException {
        if (kind.equals("file")) {
            work.accept(new FileState(at));
        } else {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + at)) {
                work.accept(new JdbcState(connection, "logistic"));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static TrainingResult train(TrainingState state, TrainingListener listener) {
        return new Trainer(Logistic.runner(), Logistic.model(), OPTIONS, state, listener)
                .train(() -> Logistic.start(0.1, 0.2, 0.3, 0.4));
    }
}
