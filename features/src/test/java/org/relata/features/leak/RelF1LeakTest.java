package org.relata.features.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.Schema;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.Task;
import org.relata.database.task.TaskBuilder;
import org.relata.database.task.TaskFiles;
import org.relata.features.FeatureSettings;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.FeaturePlanner;

/// The Formula 1 database is honest, but its tasks ask about drivers who are known to race only afterwards.
class RelF1LeakTest {
    private static final Path ROOT = root();

    @TempDir
    Path folder;

    @Test
    void warnsAboutThePopulationAndNothingElse() {
        Path data = shared().resolve("data").resolve("f1");
        assumeTrue(Files.isDirectory(data), "the F1 data are not there: set relata.shared");
        Path example = ROOT.resolve("examples").resolve("rel-f1");
        OpenRequest request = new OpenRequest(
                data.toString(),
                Optional.of(example.resolve("database.yaml")),
                folder.resolve("f1.duckdb"),
                1L << 30,
                2,
                Progress.silent());
        try (Database database = Databases.open(request)) {
            for (String name : List.of("driver-dnf", "driver-top3", "driver-position")) {
                Task task = TaskFiles.read(example.resolve(name + ".yaml"), database.schema());
                Schema view = database.schema().without(task.hidden());
                LeakReport report = LeakLinter.check(
                        database,
                        view,
                        task,
                        TaskBuilder.build(database, task, Progress.silent()),
                        LeakOptions.standard());
                assertEquals(
                        List.of("task.population"),
                        report.findings().stream().map(DataIssue::code).toList(),
                        () -> report.findings().toString());

                FeaturePlan plan = new FeaturePlanner(database, view, FeatureSettings.standard(), task.validationTime())
                        .plan(task.entityTable(), 1_000);
                CutOffProof proof = CutOffProof.of(database, view, plan);
                assertEquals(List.of(), proof.findings());
                assertTrue(
                        report.with(proof)
                                .verdict()
                                .startsWith("no leak found, 1 warning; 39 columns checked, " + proof.proven() + " of "
                                        + plan.width() + " features proven"),
                        () -> report.with(proof).verdict());
            }
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here.getParent() != null && !Files.isDirectory(here.resolve("examples"))) {
            here = here.getParent();
        }
        return here;
    }

    private static Path shared() {
        String given = System.getProperty("relata.shared", System.getenv().getOrDefault("RELATA_SHARED", ""));
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        Path here = ROOT;
        while (here.getParent() != null && !Files.isDirectory(here.resolve("shared"))) {
            here = here.getParent();
        }
        return here.resolve("shared");
    }
}
