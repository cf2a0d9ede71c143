package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table of many columns, fitted by a process whose heap cannot hold all features of all rows.
@Timeout(300)
class WideTableTest {
    private static final int COLUMNS = 1_000;
    private static final int CUSTOMERS = 160;

    @TempDir
    Path folder;

    @Test
    void aWideTableIsFittedWithinItsMemory() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        write(data);
        Path task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // a fit of seconds spends more on good machine code than that gives back
                "-Xmx192m", // three eighths of --memory, as the launcher would say
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.relata.cli.Main",
                "fit"));
        line.addAll(List.of(data.toString(), "--task", task.toString(), "--memory", "512m"));
        line.addAll(List.of(
                "--depth",
                "1",
                "--budget",
                "10s",
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--threads",
                "1",
                "--json"));
        line.addAll(List.of("--out", folder.resolve("run").toString()));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(line)
                .redirectOutput(Redirect.to(out.toFile()))
                .redirectError(Redirect.to(err.toFile()))
                .start();
        assertEquals(0, process.waitFor(), () -> read(err));
        JsonNode json = new JsonMapper().readTree(read(out));
        assertTrue(json.get("features").intValue() <= 300, read(out));
        assertTrue(json.at("/metrics/test/roc_auc").doubleValue() > 0.8, read(out));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Customers of many columns, the first of which says how often they order, and their orders.
    private static void write(Path data) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<String> customers = new ArrayList<>(List.of("id,joined,"
                + IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).collect(Collectors.joining(","))));
        List<String> orders = new ArrayList<>(List.of("id,customer_id,amount,ordered_at"));
        LocalDate start = LocalDate.of(2020, 1, 1);
        for (int c = 0; c < CUSTOMERS; c++) {
            boolean often = random.nextInt(3) == 0;
            String values = IntStream.range(1, COLUMNS)
                    .mapToObj(_ -> Integer.toString(random.nextInt(1000)))
                    .collect(Collectors.joining(","));
            customers.add(c + "," + start + "," + (random.nextInt(90) + (often ? 10 : 0)) + "," + values);
            for (int day = random.nextInt(10); day < 730; day += often ? 15 : 60 + random.nextInt(90)) {
                orders.add(orders.size() + "," + c + "," + random.nextInt(100) + "," + start.plusDays(day));
            }
        }
        Files.write(data.resolve("customers.csv"), customers);
        Files.write(data.resolve("orders.csv"), orders);
    }
}
