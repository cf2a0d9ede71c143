package org.relata.learn.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskFiles;

/// Baselines on rel-f1 against the figures that RelBench publishes.
class RelF1BaselinesTest {
    @TempDir
    static Path folder;

    private static Path example;
    private static Database database;

    @BeforeAll
    static void open() {
        Path repository = Path.of("").toAbsolutePath();
        while (!Files.exists(repository.resolve("mvnw"))) {
            repository = repository.getParent();
        }
        Path shared = Optional.ofNullable(System.getProperty("relata.shared"))
                .or(() -> Optional.ofNullable(System.getenv("RELATA_SHARED")))
                .map(Path::of)
                .orElse(repository.resolveSibling("shared"));
        Path data = shared.resolve("data").resolve("f1");
        assumeTrue(Files.isDirectory(data), "skipped: no " + data + "; set -Drelata.shared or RELATA_SHARED");
        example = repository.resolve("examples/rel-f1");
        database = Databases.open(new OpenRequest(
                data.toString(),
                Optional.of(example.resolve("database.yaml")),
                folder.resolve("store.duckdb"),
                1L << 30,
                2,
                Progress.silent()));
    }

    @AfterAll
    static void close() {
        if (database != null) {
            database.close();
        }
    }

    private static List<BaselineScore> scores(String name) {
        Task task = TaskFiles.read(example.resolve(name + ".yaml"), database.schema());
        return Baselines.score(TaskBuilder.build(database, task, Progress.silent()), task.type(), 0);
    }

    private static void check(
            List<BaselineScore> scores, String name, String metric, double val, double test, double within) {
        BaselineScore score =
                scores.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
        assertEquals(val, score.metrics().get(Split.VALIDATION).get(metric), within, name + " on val");
        assertEquals(test, score.metrics().get(Split.TEST).get(metric), within, name + " on test");
    }

    @Test
    void driverPositionHasThePublishedErrors() {
        List<BaselineScore> scores = scores("driver-position");
        check(scores, "global_median", "mae", 4.13557114228457, 4.399100877192982, 1e-9);
        check(scores, "entity_mean", "mae", 7.18100203007205, 8.501357509542604, 1e-9);
        check(scores, "global_zero", "mae", 11.0832, 11.9262, 5e-5);
        check(scores, "global_mean", "mae", 4.3344, 4.5129, 5e-5);
        check(scores, "entity_median", "mae", 7.11426, 8.51851, 5e-6);
    }

    @Test
    void entityMeansRankAsPublished() {
        assertEquals(0.4467, auroc("driver-dnf"), 5e-5);
        assertEquals(0.7037, auroc("driver-top3"), 5e-5);
    }

    private static double auroc(String task) {
        return scores(task).stream()
                .filter(score -> score.name().equals("entity_mean"))
                .findFirst()
                .orElseThrow()
                .metrics()
                .get(Split.TEST)
                .get("roc_auc");
    }
}
