package org.relata.learn.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.metric.Metric;
import org.relata.database.source.Databases;
import org.relata.database.source.OpenRequest;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskFiles;

/// The main line on small databases of CSV files whose answer is known.
class FitTest {
    private static final int CUSTOMERS = 150;
    private static final int DAYS = 400;

    @TempDir
    private Path folder;

    /// Customers buy with a rate of their own; whether someone buys in the next 20 days follows from how often they did
    /// before,
    /// or, for noise, from a coin.
    private void write(boolean signal) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder customers = new StringBuilder("customer_id,town\n");
        StringBuilder orders = new StringBuilder("order_id,customer_id,ordered,amount\n");
        int order = 0;
        for (int c = 0; c < CUSTOMERS; c++) {
            customers.append(c).append(",town").append(random.nextInt(4)).append('\n');
            double rate = signal ? 0.002 + 0.08 * Math.pow(random.nextDouble(), 3) : 0.03;
            for (int day = 0; day < DAYS; day++) {
                if (random.nextDouble() < rate) {
                    orders.append(order++)
                            .append(',')
                            .append(c)
                            .append(',')
                            .append(LocalDate.of(2023, 1, 1).plusDays(day))
                            .append("T12:00:00,")
                            .append(String.format(Locale.ROOT, "%.2f", random.nextDouble(5, 90)))
                            .append('\n');
                }
            }
        }
        Files.writeString(folder.resolve("customers.csv"), customers);
        Files.writeString(folder.resolve("orders.csv"), orders);
        Files.writeString(folder.resolve("task.yaml"), """
                name: buys
                task_type: binary_classification
                entity_table: customers
                entity_col: customer_id
                target_col: buys
                time_col: at
                timedelta: 20 days
                val_timestamp: '2023-11-01'
                test_timestamp: '2023-12-01'
                sql: |-
                  SELECT t.timestamp AS at, c.customer_id, CAST(count(o.order_id) > 0 AS INTEGER) AS buys
                  FROM timestamps AS t CROSS JOIN customers AS c
                  LEFT JOIN orders AS o ON o.customer_id = c.customer_id
                    AND o.ordered > t.timestamp AND o.ordered <= t.timestamp + INTERVAL '{timedelta}'
                  GROUP BY ALL
                """);
    }

    private Database open(String store) {
        return Databases.open(new OpenRequest(
                folder.toString(), Optional.empty(), folder.resolve(store), 512L << 20, 2, Progress.silent()));
    }

    private static FitSettings settings(Method method, long seed, int threads) {
        return new FitSettings(
                method, Regime.FROZEN, 2, Duration.ofMinutes(5), OptionalInt.empty(), 1L << 30, threads, seed, true);
    }

    private FitOutcome fit(Database database, String work, FitSettings settings) {
        Task task = TaskFiles.read(folder.resolve("task.yaml"), database.schema());
        return Fit.run(new FitRequest(
                database, task, Metric.primary(task.type()), settings, folder.resolve(work), false, Progress.silent()));
    }

    @Test
    void findsAPlantedSignalAndPredictsAgainFromItsFolder() throws IOException {
        write(true);
        try (Database database = open("a.duckdb");
                FitOutcome outcome = fit(database, "work", settings(Method.AUTO, 0, 2))) {
            double score = outcome.result().metrics().get(Split.TEST).get("roc_auc");
            double best = outcome.result().baselines().values().stream()
                    .mapToDouble(b -> b.get(Split.TEST).get("roc_auc"))
                    .max()
                    .orElseThrow();
            assertTrue(score > 0.7, "AUROC " + score);
            assertTrue(score > best - 0.03, score + " against " + best);
            assertTrue(outcome.result().rows().get(Split.TEST) > 0);

            outcome.pipeline().write(folder.resolve("model"));
            ScoredRows test = outcome.of(Split.TEST);
            Task task = TaskFiles.read(folder.resolve("task.yaml"), database.schema());
            try (FittedPipeline again = FittedPipelines.read(folder.resolve("model"), task)) {
                double[][] predicted = again.predict(
                        database, CutOffs.of(task, Regime.FROZEN).scored(Split.TEST, test.rows()), Progress.silent());
                for (int i = 0; i < predicted.length; i++) {
                    assertArrayEquals(test.predictions()[i], predicted[i], 1e-12);
                }
            }
        }
    }

    @Test
    void sameSeedGivesTheSamePredictionsForAnyNumberOfThreads() throws IOException {
        write(true);
        double[][] one;
        try (Database database = open("one.duckdb");
                FitOutcome outcome = fit(database, "work1", settings(Method.DFS, 3, 1))) {
            one = outcome.of(Split.TEST).predictions();
        }
        try (Database database = open("two.duckdb");
                FitOutcome outcome = fit(database, "work2", settings(Method.DFS, 3, 2))) {
            assertArrayEquals(one, outcome.of(Split.TEST).predictions());
        }
    }

    @Test
    void noiseStaysNearChance() throws IOException {
        write(false);
        try (Database database = open("n.duckdb");
                FitOutcome outcome = fit(database, "work", settings(Method.DFS, 0, 2))) {
            double score = outcome.result().metrics().get(Split.TEST).get("roc_auc");
            assertEquals(0.5, score, 0.15);
        }
    }

    @Test
    void aBaselineIsAMethodToo() throws IOException {
        write(true);
        try (Database database = open("b.duckdb");
                FitOutcome outcome = fit(database, "work", settings(Method.BASELINE, 0, 1))) {
            double score = outcome.result().metrics().get(Split.TEST).get("roc_auc");
            assertTrue(outcome.result().baselines().values().stream()
                    .anyMatch(b -> b.get(Split.TEST).get("roc_auc") == score));
            assertEquals(0, outcome.result().featureCount());
        }
    }

    @Test
    void aLabelCopiedIntoTheEntityTableStopsTheFit() throws IOException {
        write(true);
        StringBuilder leaking = new StringBuilder("customer_id,town,bought_in_the_end\n");
        String orders = Files.readString(folder.resolve("orders.csv"));
        for (int c = 0; c < CUSTOMERS; c++) {
            int id = c;
            long late =
                    orders.lines().filter(l -> l.contains("," + id + ",2023-1")).count();
            leaking.append(c)
                    .append(",x")
                    .append(c % 3)
                    .append(',')
                    .append(late > 0 ? "yes" : "no")
                    .append('\n');
        }
        Files.writeString(folder.resolve("customers.csv"), leaking);
        Files.writeString(
                folder.resolve("task.yaml"),
                Files.readString(folder.resolve("task.yaml"))
                        .replace(
                                "CAST(count(o.order_id) > 0 AS INTEGER) AS buys",
                                "CAST(c.bought_in_the_end = 'yes' AS INTEGER) AS buys")
                        .replace("GROUP BY ALL", "GROUP BY ALL"));
        try (Database database = open("l.duckdb")) {
            RelataException refused =
                    assertThrows(RelataException.class, () -> fit(database, "work", settings(Method.DFS, 0, 1)));
            assertTrue(refused.getMessage().contains("customers.bought_in_the_end"), refused.getMessage());
        }
    }
}
