package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One fit, and everything that is done with its run folder.
class FitCommandTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path task;
    private static Path run;
    private static Ran fitted;

    @BeforeAll
    static void fit() throws IOException {
        data = SmallShop.write(folder);
        task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        run = folder.resolve("run");
        fitted = Cli.run(
                "fit",
                data.toString(),
                "--task",
                task.toString(),
                "--depth",
                "1",
                "--budget",
                "2m",
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--seed",
                "3",
                "--out",
                run.toString(),
                "--json");
    }

    @Test
    void jsonIsOneObjectWithTheAgreedKeys() {
        assertEquals(0, fitted.code(), fitted.err());
        assertEquals("", fitted.err());
        JsonNode json = fitted.json();
        assertEquals(
                List.of(
                        "task",
                        "method",
                        "regime",
                        "primary",
                        "metrics",
                        "baselines",
                        "rows",
                        "features",
                        "seconds",
                        "peak_memory_mb",
                        "seed",
                        "out"),
                List.copyOf(json.propertyNames()));
        assertEquals("active", json.get("task").stringValue());
        assertEquals("rolling", json.get("regime").stringValue());
        assertEquals(List.of("val", "test"), List.copyOf(json.get("metrics").propertyNames()));
        assertEquals(
                List.of("train", "val", "test"), List.copyOf(json.get("rows").propertyNames()));
        assertEquals(3 * SmallShop.CUSTOMERS, json.at("/rows/test").intValue());
        assertEquals(3, json.get("seed").intValue());
        assertEquals(run.toString(), json.get("out").stringValue());
        String primary = json.get("primary").stringValue();
        double score = json.at("/metrics/test/" + primary).doubleValue();
        assertTrue(score > 0.6, "pace is there to be learned: " + score);
        assertTrue(json.get("baselines").size() >= 3, json.get("baselines").toString());
        assertTrue(json.get("features").intValue() > 5);
    }

    @Test
    void theRunFolderHoldsEverythingAndNothingElse() throws IOException {
        assertEquals(
                List.of(
                        "config.yaml",
                        "database.yaml",
                        "features.sql",
                        "metrics.json",
                        "model",
                        "predictions.parquet",
                        "provenance.json",
                        "report.html",
                        "task.yaml"),
                names(run));
        JsonNode metrics = JsonMapper.shared().readTree(Files.readString(run.resolve("metrics.json")));
        assertEquals(fitted.json().get("metrics"), metrics.get("metrics"));
        assertTrue(metrics.get("importances").size() > 0);
        assertTrue(metrics.get("leaks_checked").booleanValue());
        JsonNode calibration = metrics.get("calibration");
        assertEquals("none", calibration.get("applied").stringValue());
        for (String part : List.of("val", "test", "test_if_calibrated")) {
            assertTrue(calibration.at("/" + part + "/brier").doubleValue() > 0, part);
            assertTrue(
                    calibration.at("/" + part + "/expected_calibration_error").doubleValue() < 0.5, part);
        }
        assertTrue(metrics.at("/importances/0/sentence").stringValue().contains(" "));
        JsonNode provenance = JsonMapper.shared().readTree(Files.readString(run.resolve("provenance.json")));
        for (String key : List.of("Relata", "Java", "DuckDB", "LightGBM")) {
            assertTrue(provenance.get("versions").has(key), key);
        }
        assertEquals(64, provenance.get("fingerprint").stringValue().length());
        assertTrue(Files.readString(run.resolve("features.sql")).contains("SELECT"));
        assertTrue(Files.readString(run.resolve("report.html")).contains("active"));
    }

    @Test
    void predictionsCarryKeysTimesAndLabels() throws SQLException {
        List<String> columns = new ArrayList<>();
        long tests;
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            String file = "'" + run.resolve("predictions.parquet") + "'";
            try (var rows = statement.executeQuery("SELECT * FROM " + file)) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnName(i));
                }
            }
            try (var rows = statement.executeQuery("SELECT count(*) FROM " + file
                    + " WHERE split = 'test' AND prediction BETWEEN 0 AND 1 AND label IN (0, 1) AND id < 60")) {
                rows.next();
                tests = rows.getLong(1);
            }
        }
        assertEquals(List.of("id", "seed_time", "split", "label", "prediction"), columns);
        assertEquals(3 * SmallShop.CUSTOMERS, tests);
    }

    @Test
    void evaluateGivesTheSameTestScores() {
        Ran ran = Cli.run("evaluate", "--run", run.toString(), "--json");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(fitted.json().at("/metrics/test"), ran.json().at("/metrics/test"));
    }

    @Test
    void predictAnswersForAnyTimeAndAnyEntities() throws IOException {
        Ran some = Cli.run("predict", "--run", run.toString(), "--at", "2021-12-01", "--entities", "3,59", "--json");
        assertEquals(0, some.code(), some.err());
        assertEquals(2, some.json().get("rows").intValue());
        assertEquals(3, some.json().at("/predictions/0/id").intValue());
        double idle = some.json().at("/predictions/0/prediction").doubleValue();
        double busy = some.json().at("/predictions/1/prediction").doubleValue();
        assertTrue(busy > idle, busy + " > " + idle);
        Path keys = Files.write(folder.resolve("keys.txt"), List.of("59", "", "3"));
        Ran listed = Cli.run(
                "predict",
                data.toString(),
                "--run",
                run.toString(),
                "--at",
                "2021-12-01",
                "--entities",
                "@" + keys,
                "--json");
        assertEquals(some.json().get("predictions"), listed.json().get("predictions"));
        Path file = folder.resolve("all.csv");
        Ran all = Cli.run("predict", "--run", run.toString(), "--out", file.toString());
        assertEquals(0, all.code(), all.err());
        assertEquals(SmallShop.CUSTOMERS + 1, Files.readAllLines(file).size());
        assertTrue(all.out().contains("60 predictions"), all.out());
        Ran shown = Cli.run("predict", "--run", run.toString());
        assertTrue(shown.out().contains("… and 40 more: --out FILE.parquet writes them all"), shown.out());
    }

    @Test
    void explainNamesFeaturesAndTheRowsBehindThem() {
        Ran ran = Cli.run("explain", "--run", run.toString(), "--entity", "59", "--at", "2021-12-01", "--top", "4");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("active for customers 59 at 2021-12-01\nPrediction: "), ran.out());
        assertTrue(ran.out().contains("all other features together"), ran.out());
        Ran json =
                Cli.run("explain", "--run", run.toString(), "-e", "59", "--at", "2021-12-01", "--top", "400", "--json");
        double sum = json.json().get("expected").doubleValue()
                + json.json().get("other_features").doubleValue();
        for (JsonNode contribution : json.json().get("contributions")) {
            sum += contribution.get("contribution").doubleValue();
        }
        assertTrue(Double.isFinite(sum));
        assertTrue(json.json().get("contributions").size() > 0);
        for (JsonNode rows : json.json().get("rows")) {
            assertTrue(rows.get("latest").size() <= 5);
            rows.get("latest")
                    .forEach(row -> assertTrue(!row.has("ordered_at")
                            || row.get("ordered_at").stringValue().compareTo("2021-12-01") < 0));
        }
    }

    @Test
    void aConfigDoesTheRunAgainAndFlagsOverrideIt() throws IOException {
        Path moved = folder.resolve("moved run");
        copy(run, moved);
        Path out = folder.resolve("again");
        Ran again =
                Cli.run("fit", "--config", moved.resolve("config.yaml").toString(), "--out", out.toString(), "--json");
        assertEquals(0, again.code(), again.err());
        assertEquals(fitted.json().get("metrics"), again.json().get("metrics"));
        Ran baseline = Cli.run(
                "fit",
                "--config",
                moved.resolve("config.yaml").toString(),
                "--method",
                "baseline",
                "--seed",
                "4",
                "--out",
                folder.resolve("baseline").toString(),
                "--json");
        assertEquals(0, baseline.code(), baseline.err());
        assertEquals("baseline", baseline.json().get("method").stringValue());
        assertEquals(4, baseline.json().get("seed").intValue());
        assertNotEquals(fitted.json().get("metrics"), baseline.json().get("metrics"));
    }

    @Test
    void aFinishedRunIsNotOverwritten() throws IOException {
        String before = Files.readString(run.resolve("metrics.json"));
        Ran ran = Cli.run("fit", data.toString(), "--task", task.toString(), "--out", run.toString());
        assertEquals(2, ran.code());
        assertEquals(
                "error: " + run
                        + ": it holds a finished run; name another folder with --out, or replace it with --force",
                ran.error());
        assertEquals(before, Files.readString(run.resolve("metrics.json")));
    }

    @Test
    void peopleAreToldScoresBesideBaselinesFilesAndTheNextCommand() {
        Path out = folder.resolve("told");
        Ran ran = Cli.run(
                "fit", data.toString(), "--task", task.toString(), "--method", "baseline", "--out", out.toString());
        assertEquals(0, ran.code(), ran.err());
        assertEquals("", ran.err(), "nobody watches, so nothing is drawn");
        List<String> lines = ran.out().lines().toList();
        assertTrue(lines.getFirst().startsWith("data: 2 tables, "), ran.out());
        assertTrue(lines.stream().anyMatch(l -> l.matches("  roc_auc +val +test")), ran.out());
        assertTrue(
                lines.stream().anyMatch(l -> l.matches("  relata +[0-9.]+ +[0-9.]+ +test 95 % interval .*")),
                ran.out());
        assertTrue(lines.stream().anyMatch(l -> l.matches(".* baseline")), ran.out());
        assertEquals("  open " + out.resolve("report.html"), lines.get(lines.size() - 2));
        assertEquals("  relata predict --run " + out, lines.getLast());
        Ran quiet = Cli.run(
                "fit",
                data.toString(),
                "-t",
                task.toString(),
                "--method",
                "baseline",
                "-o",
                out.toString(),
                "--force",
                "-q");
        assertTrue(quiet.out().lines().count() < lines.size() - 4, quiet.out());
        assertFalse(quiet.out().contains("Next:"), quiet.out());
    }

    @Test
    void featuresArePlannedComputedAndPrintedAsSql() throws SQLException {
        Ran plan = Cli.run("features", data.toString(), "-t", task.toString(), "--depth", "1", "--json");
        assertEquals(0, plan.code(), plan.err());
        assertTrue(plan.json().at("/estimate/rows").intValue() > 1000);
        assertTrue(plan.json().get("features").size() > 5);
        Path file = folder.resolve("features.parquet");
        Ran sql = Cli.run(
                "features", data.toString(), "-t", task.toString(), "--depth", "1", "--sql", "--out", file.toString());
        assertTrue(sql.out().contains("-- q00"), sql.out());
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var rows = connection.createStatement().executeQuery("SELECT * FROM '" + file + "'")) {
            assertEquals(
                    4 + plan.json().get("features").size(), rows.getMetaData().getColumnCount());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
