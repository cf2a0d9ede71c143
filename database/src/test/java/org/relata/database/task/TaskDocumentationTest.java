package org.relata.database.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.metric.Metric;

/// What the documentation shows and lists is what the code does.
class TaskDocumentationTest {
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static String page(String name) throws IOException {
        return Files.readString(SharedData.repository().resolve("docs").resolve(name));
    }

    private static List<String> snippets(String page) throws IOException {
        List<String> snippets = new ArrayList<>();
        Matcher matcher = YAML.matcher(page(page));
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        return snippets;
    }

    private TaskTables build(Database database, String yaml) throws IOException {
        Path file = folder.resolve("task.yaml");
        Files.writeString(file, yaml);
        return TaskBuilder.build(database, TaskFiles.read(file, database.schema()), Progress.silent());
    }

    @Test
    void theTaskFilesOfTheReferenceWork() throws IOException {
        List<String> snippets = snippets("reference/task-yaml.md");
        assertEquals(2, snippets.size());
        try (Database shop = new StoreFixture(folder)
                .table(
                        "customers",
                        "SELECT i AS customer_id FROM range(5) r(i)",
                        List.of("customer_id"),
                        Optional.empty(),
                        Map.of())
                .table(
                        "orders",
                        "SELECT i AS order_id, i % 5 AS customer_id, TIMESTAMP '2023-09-01' + INTERVAL (i) DAY AS placed_at,"
                                + " i % 10 AS amount, i % 2 = 0 AS is_online, i % 3 AS delivery_fee FROM range(400) r(i)",
                        List.of("order_id"),
                        Optional.of("placed_at"),
                        Map.of("customer_id", "customers"))
                .build(LocalDateTime.parse("2024-03-01T00:00:00"), LocalDateTime.parse("2024-06-01T00:00:00"))) {
            TaskTables spend = build(shop, snippets.get(0));
            assertEquals(
                    List.of(30, 5, 5),
                    List.of(
                            spend.train().size(),
                            spend.validation().size(),
                            spend.test().size()));
            assertEquals(List.of("0", "1"), build(shop, snippets.get(1)).classes());
        }
    }

    @Test
    void theTaskOfTheHowToWorks() throws IOException {
        List<String> snippets = snippets("how-to/rel-f1.md");
        assertEquals(1, snippets.size());
        try (Database races = new StoreFixture(folder)
                .table(
                        "drivers",
                        "SELECT i AS driverId FROM range(4) r(i)",
                        List.of("driverId"),
                        Optional.empty(),
                        Map.of())
                .table(
                        "results",
                        "SELECT i AS resultId, i % 4 AS driverId, (i + i // 32) % 4 + 1 AS positionOrder,"
                                + " TIMESTAMP '2004-01-01' + INTERVAL (7 * (i // 4)) DAY AS date FROM range(800) r(i)",
                        List.of("resultId"),
                        Optional.of("date"),
                        Map.of("driverId", "drivers"))
                .build(LocalDateTime.parse("2005-01-01T00:00:00"), LocalDateTime.parse("2006-01-01T00:00:00"))) {
            TaskTables wins = build(races, snippets.getFirst());
            assertEquals(List.of("0", "1"), wins.classes());
            assertEquals(48, wins.train().size());
        }
    }

    @Test
    void theReferenceListsEveryMetric() throws IOException {
        String page = page("reference/metrics.md");
        for (TaskType type : TaskType.values()) {
            List<String> names = Metric.of(type).stream()
                    .map(metric -> "`" + metric.label() + "`")
                    .toList();
            assertTrue(page.contains("| `" + type.label() + "` | " + String.join(", ", names)), type.label());
        }
    }

    @Test
    void theReferenceListsEveryKey() throws IOException {
        String page = page("reference/task-yaml.md");
        for (String key : TaskFiles.keys()) {
            boolean recommends = key.startsWith("src_") || key.startsWith("dst_") || key.equals("eval_k");
            assertTrue(recommends || page.contains("`" + key + "`"), key);
        }
    }
}
