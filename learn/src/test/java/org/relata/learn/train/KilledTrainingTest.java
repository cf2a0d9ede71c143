package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Training in a process of its own that is killed in the middle, and the same training afterwards.
@Timeout(120)
class KilledTrainingTest {
    private static final TrainingOptions OPTIONS = new TrainingOptions(new Optimizer.Adam(0.05), 40)
            .batches(Batches.parse("y:20"))
            .checkpointEvery(1);

    @TempDir
    Path folder;

    @Test
    void killedInTheMiddleItEndsWithTheNumbersOfGoingThrough() throws IOException, InterruptedException {
        TrainingResult through = train(folder.resolve("through"), TrainingListener.silent());
        Path state = folder.resolve("killed");
        for (int kill = 0; kill < 2; kill++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledTrainingTest.class.getName(),
                            state.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int steps = 0; steps < 20; steps++) {
                    assertEquals("step", said.readLine());
                }
                process.destroyForcibly().waitFor();
            }
        }
        long saved = SavedProgress.parse(
                        new FileState(state).load().orElseThrow().progress())
                .step();
        assertTrue(saved >= 38 && saved < 120, "killed in the middle, after step " + saved);
        TrainingResult resumed = train(state, TrainingListener.silent());
        assertEquals(through.parameters(), resumed.parameters());
        assertEquals(through.history(), resumed.history());
        assertEquals(through.loss(), resumed.loss());
    }

    /// The process that is killed: says each step, and takes its time.
    public static void main(String[] args) {
        train(Path.of(args[0]), new TrainingListener() {
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
        });
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static TrainingResult train(Path state, TrainingListener listener) {
        return new Trainer(Logistic.runner(), Logistic.model(), OPTIONS, new FileState(state), listener)
                .train(() -> Logistic.start(List.of(0.1, 0.2, 0.3, 0.4).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()));
    }
}
