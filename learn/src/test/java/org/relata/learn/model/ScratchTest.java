package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.database.RelataException;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Precision;

/// What goes from a database into the engine, and what is left behind when that is cut short.
class ScratchTest {
    /// More than DuckDB may hold.
    private static final String LARGE =
            "CREATE TEMPORARY TABLE large AS SELECT random() AS a, random() AS b FROM range(5000000)";

    @TempDir
    Path folder;

    private Scratch small() {
        return new Scratch(new Reading(1, 1, folder));
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void nothingIsLeftBehindWhereReadingFails() throws IOException {
        try (Scratch scratch = small()) {
            scratch.execute(LARGE);
            assertFalse(left().isEmpty(), "what does not fit is on the disk");
            assertThrows(
                    RelataException.class,
                    () -> scratch.each(
                            "SELECT CASE WHEN rowid < 3000000 THEN a ELSE error('broken') END FROM large",
                            (row, _) -> row.getDouble(1)));
        }
        assertEquals(List.of(), left());
    }

    @Test
    void aRelationThatCannotBeReadToItsEndIsNotBound() {
        try (Scratch scratch = small();
                EngineRunner engine = engine()) {
            Relation before =
                    Rows.of("id", new int[] {7}, Shape.SCALAR, new float[] {1}).relation();
            engine.bind("x", before);
            long held = engine.memory().held();
            String broken =
                    "SELECT CAST(i AS INTEGER), CAST(CASE WHEN i < 90000 THEN i ELSE error('broken') END AS FLOAT)"
                            + " FROM range(100000) r(i)";
            for (boolean placed : new boolean[] {true, false}) {
                Streamed rows =
                        new Streamed(Pieces.of(scratch, broken, 1), List.of("id"), Shape.SCALAR, 100000, placed);
                assertThrows(RelataException.class, () -> rows.bind(engine, "x", new RowSum()));
            }
            assertEquals(held, engine.memory().held());
            assertEquals(before, engine.read("x"));
        }
    }

    private static EngineRunner engine() {
        return new EngineRunner(
                EngineOptions.standard().precision(Precision.FLOAT32).memoryBytes(64L << 20));
    }

    @Test
    void theEngineGetsWhatArraysGet() {
        String query = "SELECT CAST(hash(i) % 5 AS INTEGER) AS a, CAST(i AS INTEGER) AS b, CAST(sqrt(i) AS FLOAT),"
                + " CAST(-i AS FLOAT) FROM range(5000) r(i)";
        try (Scratch scratch = small();
                EngineRunner engine = engine()) {
            Streamed rows = new Streamed(Pieces.of(scratch, query, 2), List.of("a", "b"), Shape.of(2), 5000, false);
            RowSum streamed = new RowSum();
            RowSum arrays = new RowSum();
            rows.bind(engine, "streamed", streamed);
            rows.rows().bind(engine, "arrays", arrays);
            assertEquals(engine.read("arrays"), engine.read("streamed"));
            assertEquals(arrays.text(), streamed.text());
        }
    }

    @Test
    void rowsMayComeInAnyOrderWhereKeysSayWhereTheyBelong() {
        try (Scratch scratch = small();
                EngineRunner engine = engine()) {
            String query =
                    "SELECT CAST(i AS INTEGER), CAST(i AS FLOAT) FROM range(3000) r(i) WHERE i <> 17 ORDER BY hash(i)";
            new Streamed(Pieces.of(scratch, query, 1), List.of("id"), Shape.of(1), 3000, true)
                    .bind(engine, "x", new RowSum());
            TreeMap<Object, Double> found = new TreeMap<>();
            engine.read("x").tuples().forEach((key, value) -> found.put(key.value(0), value.at(0)));
            assertEquals(3000, found.size());
            found.forEach((key, value) -> assertEquals(key.equals(17L) ? 0 : (Long) key, value, "a row is absent"));
        }
    }

    @Test
    @Timeout(120)
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGTERM")
    void nothingIsLeftBehindByAProcessThatIsToldToStop() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScratchTest.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("reading", said.readLine());
            assertFalse(left().isEmpty());
            process.destroy();
            assertTrue(process.waitFor(100, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), left());
    }

    /// The process that is told to stop, in the middle of a query that would go on for hours.
    public static void main(String[] args) {
        try (Scratch scratch = new Scratch(new Reading(1, 1, Path.of(args[0])))) {
            scratch.execute(LARGE);
            System.out.println("reading");
            scratch.execute("SELECT count(*) FROM large x, large y WHERE x.a < y.b");
        }
    }
}
