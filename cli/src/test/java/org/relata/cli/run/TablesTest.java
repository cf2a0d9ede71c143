package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Split;
import org.relata.database.task.TaskRows;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;

/// Predictions, features and source rows as tables, over a database with names that want quoting.
class TablesTest {
    private static final long DAY = 86_400_000_000L;

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() throws IOException {
        Path source = Files.createDirectories(folder.resolve("src"));
        Files.writeString(source.resolve("ärzte.csv"), "\"label\",na\"me\nx,Ann\ny,Bob\nz,Cyd\n");
        Files.writeString(
                source.resolve("order.csv"),
                "id,arzt,at\n1,x,2020-01-01\n2,x,2020-01-02\n3,y,2020-01-03\n4,x,2020-01-04\n5,x,2020-02-01\n");
        Path yaml = folder.resolve("database.yaml");
        Files.writeString(yaml, """
                tables:
                  ärzte: {pkey: label}
                  order: {pkey: id, time_col: at, fkeys: {arzt: ärzte}}
                """);
        database = Databases.open(new OpenRequest(
                source.toString(), Optional.of(yaml), folder.resolve("store"), 256L << 20, 1, Progress.silent()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void predictionsCarryTheEntitysOwnKeyAndKeepTheirOrder() throws IOException {
        TaskRows rows = new TaskRows(new long[] {1, 0}, new long[] {0, DAY}, new double[] {1, 0});
        Path file = folder.resolve("p.parquet");
        try (PredictionTable table = PredictionTable.of(
                database,
                task(TaskType.BINARY_CLASSIFICATION),
                List.of("0", "1"),
                List.of(new PredictionTable.Block(Optional.of(Split.TEST), rows, new double[][] {{0.75}, {0.25}})))) {
            table.write(file);
            assertEquals(0.75, table.head(1, true).getFirst().get("prediction"));
        }
        assertEquals(
                List.of("y|1970-01-01 00:00:00|test|1|0.75", "x|1970-01-02 00:00:00|test|0|0.25"),
                lines(file, "key_label, CAST(seed_time AS VARCHAR), split, label, prediction"));
    }

    @Test
    void severalClassesGetTheLikeliestAndAProbabilityEach() throws IOException {
        TaskRows rows = new TaskRows(new long[] {2}, new long[] {0}, new double[] {});
        Path file = folder.resolve("p.csv");
        try (PredictionTable table = PredictionTable.of(
                database,
                task(TaskType.MULTICLASS_CLASSIFICATION),
                List.of("a'b", "c"),
                List.of(new PredictionTable.Block(Optional.empty(), rows, new double[][] {{0.25, 0.75}})))) {
            table.write(file);
        }
        assertEquals(
                List.of(
                        "key_label,seed_time,prediction,probability_a'b,probability_c",
                        "z,1970-01-01 00:00:00,c,0.25,0.75"),
                Files.readAllLines(file));
    }

    @Test
    void anUnknownFileEndingIsRefusedBeforeWork() {
        RelataException error = assertThrows(RelataException.class, () -> TableFile.check(folder.resolve("p.xlsx")));
        assertTrue(error.getMessage().endsWith("its ending names no format; end it with .parquet or .csv"));
    }

    @Test
    void featuresStandUnderTheirNames() throws IOException {
        FeatureMatrix matrix = new FeatureMatrix(
                List.of(
                        new Feature(
                                "count(\"order\")",
                                Feature.Type.NUMERIC,
                                "s",
                                "q",
                                List.of("ärzte"),
                                Feature.TimeBound.STATIC),
                        new Feature(
                                "label",
                                Feature.Type.CATEGORICAL,
                                "s",
                                "q",
                                List.of("ärzte"),
                                Feature.TimeBound.STATIC)),
                new float[][] {{4, Float.NaN}, {1, Float.NaN}},
                List.of(List.of(), List.of("no", "yes")),
                2);
        Path file = folder.resolve("f.parquet");
        FeatureTable.write(
                database,
                database.schema().require("ärzte"),
                List.of(new FeatureTable.Block(
                        Split.TRAIN, new TaskRows(new long[] {0, 1}, new long[] {0, 0}, new double[] {1, 0}), matrix)),
                file);
        assertEquals(
                List.of("x|train|4.0|yes", "y|train|null|null"),
                lines(file, "key_label, split, \"count(\"\"order\"\")\", label_1"));
    }

    @Test
    void sourceRowsAreTheLatestBeforeTheCutOff() {
        SourceRows rows = new SourceRows(database, LocalDateTime.of(2020, 1, 31, 0, 0));
        SourceRows.Found found = rows.of(List.of("ärzte", "order"), 0, 2).orElseThrow();
        assertEquals(3, found.count());
        assertEquals(
                List.of("4", "2"), found.latest().stream().map(r -> r.get("id")).toList());
        assertEquals("at", found.latest().getFirst().keySet().iterator().next(), "the time comes first");
        SourceRows.Found parent = rows.of(List.of("order", "ärzte"), 2, 5).orElseThrow();
        assertEquals(
                List.of("y"), parent.latest().stream().map(r -> r.get("label")).toList());
        assertEquals(Optional.empty(), rows.of(List.of("ärzte", "churn labels"), 0, 5));
    }

    @Test
    void nothingIsLeftBesideAFileThatCouldNotBeWritten() throws IOException {
        Path target = folder.resolve("out.txt");
        assertThrows(
                IOException.class,
                () -> Aside.write(target, aside -> {
                    Files.writeString(aside, "half");
                    throw new IOException("No space left on device");
                }));
        assertFalse(Files.exists(target));
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(f -> f.toString().endsWith(".part")));
        }
        assertEquals(
                "file.folder",
                assertThrows(RelataException.class, () -> Aside.write(folder.resolve("no/where.txt"), "x"))
                        .code());
    }

    private List<String> lines(Path file, String columns) {
        return database.store()
                .query("SELECT " + columns + " FROM read_parquet(" + Sql.text(file.toString()) + ")", row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        line.append(i > 1 ? "|" : "").append(row.getString(i));
                    }
                    return line.toString();
                });
    }

    private static ForecastTask task(TaskType type) {
        LocalDateTime time = LocalDateTime.of(2020, 1, 10, 0, 0);
        return new ForecastTask(
                "t",
                type,
                "ärzte",
                "arzt",
                "timestamp",
                "y",
                Duration.ofDays(5),
                1,
                time,
                time.plusDays(5),
                List.of(),
                "SELECT 1");
    }
}
