package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.run.Runner;
import org.relata.database.RelataException;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Precision;
import org.relata.learn.train.Optimizer;
import org.relata.learn.train.TrainingListener;

class FactorisationTest {
    @TempDir
    Path folder;

    private int files;

    /// A matrix of rank 2 without negative numbers, of which every fifth value is left out.
    private Path pairs(boolean all) throws IOException {
        StringBuilder text = new StringBuilder("user,film,v\n");
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 9; j++) {
                if (all || (i + 2 * j) % 5 != 0) {
                    double value = (i % 3) * 0.4 * (j % 4) * 0.3 + (i % 4) * 0.3 * (j % 2) * 0.5;
                    text.append("u%d,f%d,%s\n".formatted(i, j, value));
                }
            }
        }
        return Files.writeString(folder.resolve("pairs.csv"), text);
    }

    /// What was learned, and the factors as a file has them.
    private record Learned(double error, Map<String, Map<String, double[]>> factors) {}

    private Learned train(Path file, FactorSettings settings) {
        return train(
                file,
                settings,
                new EngineRunner(
                        EngineOptions.standard().precision(Precision.FLOAT64).memoryBytes(64L << 20)));
    }

    private Learned train(Path file, FactorSettings settings, Runner open) {
        try (Runner runner = open;
                Factorisation factorisation = Factorisation.of(file, settings, Reading.standard())) {
            factorisation.bind(runner);
            double error = factorisation
                    .train(runner, new Session(0, TrainingListener.silent()))
                    .orElseThrow()
                    .error();
            Path written = folder.resolve("factors" + files++ + ".duckdb");
            factorisation.write(written, runner);
            Map<String, Map<String, double[]>> factors = new LinkedHashMap<>();
            for (String table : settings.twoSided() ? List.of("factor", "column_factor") : List.of("factor")) {
                factors.put(table, read(written, table));
            }
            return new Learned(error, factors);
        }
    }

    private static Map<String, double[]> read(Path file, String table) {
        Map<String, double[]> vectors = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                ResultSet rows = connection.createStatement().executeQuery("SELECT name, v FROM " + table)) {
            while (rows.next()) {
                Object[] numbers = (Object[]) rows.getArray(2).getArray();
                vectors.put(
                        rows.getString(1),
                        Arrays.stream(numbers)
                                .mapToDouble(number -> (Double) number)
                                .toArray());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return vectors;
    }

    @Test
    void valuesThatWereLeftOutAreGuessed() throws IOException {
        Learned result = train(pairs(false), new FactorSettings(2, true, false, new Optimizer.Adam(0.05), 300));
        assertTrue(result.error() < 0.02, () -> "error " + result.error());
        result.factors()
                .forEach((table, vectors) -> vectors.values()
                        .forEach(vector -> assertTrue(Arrays.stream(vector).allMatch(number -> number >= 0))));
        double[] user = result.factors().get("factor").get("u5");
        double[] film = result.factors().get("column_factor").get("f5");
        double truth = 2 * 0.4 * 0.3 + 0.3 * 0.5;
        assertEquals(truth, user[0] * film[0] + user[1] * film[1], 0.1, "(5, 5) was not given");
    }

    @Test
    void blocksGiveTheNumbersOfPairsWhereAllPairsAreGiven() throws IOException {
        Path all = pairs(true);
        double sparse = train(all, new FactorSettings(2, true, false, new Optimizer.Adam(0.05), 300))
                .error();
        double dense = train(all, new FactorSettings(2, true, true, new Optimizer.Adam(0.05), 300))
                .error();
        assertTrue(sparse < 0.02 && dense < 0.02, () -> sparse + " and " + dense);
    }

    @Test
    void oneKindOfThingHasOneKindOfFactor() throws IOException {
        Path file = Files.writeString(folder.resolve("own.csv"), "a,b,v\n1,2,0.5\n2,10,0.25\n10,1,0.5\n");
        Learned result = train(file, new FactorSettings(3, false, false, new Optimizer.Adam(0.05), 200));
        assertEquals("[factor]", result.factors().keySet().toString());
        assertEquals("[1, 2, 10]", result.factors().get("factor").keySet().toString());
        assertTrue(result.error() < 0.02);
    }

    @Test
    void whatIsWrongWithAFileIsSaid() throws IOException {
        Path file = folder.resolve("wrong.csv");
        refused(file + ": there is no such file; check the path", file);
        Files.writeString(file, "i,j,v\n1,2,3\n1,2,4\n");
        refused(file + ": the pair (1, 2) stands there twice; give each pair one row and a number", file);
        Files.writeString(file, "i,j,v\n1,2,\n1,3,4\n");
        refused(file + ": a field is empty; give each pair one row and a number", file);
        Files.writeString(file, "i,j,v\n1,2,x\n");
        refused(file + ": its third column, v, holds no numbers; give two sides and a value", file);
    }

    private static void refused(String message, Path file) {
        FactorSettings settings = new FactorSettings(2, true, false, new Optimizer.Adam(0.05), 1);
        assertEquals(
                message,
                assertThrows(RelataException.class, () -> Factorisation.of(file, settings, Reading.standard()))
                        .getMessage());
    }
}
