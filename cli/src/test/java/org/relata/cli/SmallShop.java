package org.relata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A shop of two CSV files, small enough to fit in seconds: customers order at their own pace, which is what there is
/// to
/// learn, over two years.
final class SmallShop {
    static final int CUSTOMERS = 60;
    private static final LocalDate START = LocalDate.of(2020, 1, 1);

    private SmallShop() {}

    /// Writes `customers.csv`, `orders.csv` and, beside the folder's data, `active.yaml`.
    static Path write(Path folder) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.write(data.resolve("customers.csv"), customers());
        Files.write(data.resolve("orders.csv"), orders());
        return data;
    }

    static List<String> customers() {
        List<String> lines = new ArrayList<>(List.of("id,city,joined"));
        for (int c = 0; c < CUSTOMERS; c++) {
            lines.add(c + "," + List.of("Köln", "Paris", "Oslo").get(c % 3) + "," + START.plusDays(c % 10));
        }
        return lines;
    }

    static List<String> orders() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>(List.of("id,customer_id,amount,ordered_at"));
        int id = 0;
        for (int day = 10; day < 730; day++) {
            for (int c = 0; c < CUSTOMERS; c++) {
                if (random.nextDouble() < 0.004 + 0.05 * c / CUSTOMERS) {
                    lines.add(id++ + "," + c + "," + (5 + random.nextInt(95)) + ".5," + START.plusDays(day));
                }
            }
        }
        return lines;
    }

    /// The question whether a customer will order in the next 20 days.
    static String task(String more) {
        return """
                name: active
                kind: forecast
                task_type: binary_classification
                entity_table: customers
                entity_col: customer_id
                time_col: timestamp
                target_col: active
                timedelta: 20 days
                val_timestamp: '2021-06-01'
                test_timestamp: '2021-10-01'
                num_eval_timestamps: 3
                sql: |
                  SELECT t.timestamp, c.id AS customer_id, CAST(count(o.id) > 0 AS INTEGER) AS active
                  FROM timestamps t CROSS JOIN customers c
                  LEFT JOIN orders o ON o.customer_id = c.id
                    AND o.ordered_at > t.timestamp AND o.ordered_at <= t.timestamp + INTERVAL '{timedelta}'
                  GROUP BY t.timestamp, c.id
                """ + more;
    }
}
