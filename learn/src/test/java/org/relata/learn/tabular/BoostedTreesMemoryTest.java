package org.relata.learn.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relata.learn.tabular.Samples.NUMBER;
import static org.relata.learn.tabular.Samples.UNWEIGHTED;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.relata.database.Progress;
import org.relata.database.task.TaskType;

/// Fits in a process of their own: its heap is resident from the start and its code is compiled little, so what it
/// grows by is what the library holds.
class BoostedTreesMemoryTest {
    /// Fits before memory is looked at; by then all code has run often and the allocator has its arenas.
    private static final int WARM_UP = 30;

    /// Fits that are looked at. One holds some 200 kB natively.
    private static final int FITS = 70;

    /// What the process may grow by in them; a leak of each fit's data is 13 MB.
    private static final long ALLOWED_KILOBYTES = 6_000;

    static final class ManyFits {
        private static final Path STATUS = Path.of("/proc/self/status");

        private ManyFits() {}

        public static void main(String[] arguments) throws IOException {
            Samples train = Samples.regression(20_000, 1);
            ValidationSet validation = train.validation(Samples.ABSOLUTE_ERROR);
            BoosterSettings settings =
                    BoosterSettings.standard(TaskType.REGRESSION, 20_000).with("rounds", 2);
            long before = 0;
            for (int i = 0; i < WARM_UP + FITS; i++) {
                if (i == WARM_UP) {
                    before = residentKilobytes();
                }
                try (BoostedTrees model = BoostedTrees.fit(
                        train.x(),
                        train.y(),
                        UNWEIGHTED,
                        Optional.of(validation),
                        settings,
                        NUMBER,
                        i,
                        1,
                        Progress.silent())) {
                    assertEquals(20_000, model.predict(train.x()).length);
                }
            }
            System.out.println("grown by " + (residentKilobytes() - before) + " kB");
        }

        private static long residentKilobytes() throws IOException {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void manyFitsDoNotGrowTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyFits.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        List<String> grown =
                said.lines().filter(line -> line.startsWith("grown by ")).toList();
        assertEquals(1, grown.size(), said);
        long kilobytes = Long.parseLong(grown.getFirst().replaceAll("[^0-9-]", ""));
        assertTrue(kilobytes < ALLOWED_KILOBYTES, kilobytes + " kB");
    }
}
