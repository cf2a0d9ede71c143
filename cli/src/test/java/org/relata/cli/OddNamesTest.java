package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

/// Names with quotes, spaces, reserved words and letters of many scripts, from the source to the report.
class OddNamesTest {
    @TempDir
    Path parent;

    @Test
    void namesOfAnyKindGoAllTheWay() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("größe & \"zitat\" it's 数据"));
        Path data = Files.createDirectories(folder.resolve("data"));
        write(data.resolve("select.csv"), SmallShop.customers(), "\"the \"\"key\"\"\",größe,from");
        write(data.resolve("Bestellung für.csv"), SmallShop.orders(), "order,\"kunde's\",数量,wann");
        Path schema = Files.writeString(folder.resolve("schema.yaml"), """
                tables:
                  select: {pkey: 'the "key"', time_col: from}
                  Bestellung für:
                    pkey: order
                    time_col: wann
                    fkeys: {"kunde's": select}
                """);
        Path task = Files.writeString(folder.resolve("task.yaml"), """
                name: active
                kind: forecast
                task_type: binary_classification
                entity_table: select
                entity_col: the id
                time_col: timestamp
                target_col: active
                timedelta: 20 days
                val_timestamp: '2021-06-01'
                test_timestamp: '2021-10-01'
                num_eval_timestamps: 3
                sql: |
                  SELECT t.timestamp, c."the ""key""\" AS "the id", CAST(count(o."order") > 0 AS INTEGER) AS active
                  FROM timestamps t CROSS JOIN "select" c
                  LEFT JOIN "Bestellung für" o ON o."kunde's" = c."the ""key""\"
                    AND o.wann > t.timestamp AND o.wann <= t.timestamp + INTERVAL '{timedelta}'
                  GROUP BY ALL
                """);
        Path run = folder.resolve("run of 'mine'");
        Ran fitted = ran(
                "fit",
                data,
                "--schema",
                schema,
                "--task",
                task,
                "--depth",
                "2",
                "--budget",
                "60s",
                "--candidates",
                "3",
                "--regime",
                "rolling",
                "--out",
                run,
                "--json");
        Ran explained = ran("explain", "--run", run, "-e", "59", "--json");
        assertTrue(explained.out().contains("数量"), explained.out());
        Path file = folder.resolve("vorhersagen's.csv");
        ran("predict", "--run", run, "--out", file);
        assertTrue(
                Files.readAllLines(file).getFirst().startsWith("\"the \"\"key\"\"\",seed_time"),
                Files.readString(file));
        Ran again = ran("fit", "--config", run.resolve("config.yaml"), "--out", folder.resolve("again"), "--json");
        assertEquals(fitted.json().get("metrics"), again.json().get("metrics"));
        Ran inspected = ran("inspect", data, "--schema", schema, "--diagram", folder.resolve("d.svg"));
        assertTrue(inspected.out().contains("→ select  by kunde's"), inspected.out());
        Ran sql = ran("features", data, "--schema", schema, "-t", task, "--depth", "1", "--sql");
        assertTrue(sql.out().contains("\"Bestellung für\""), sql.out());
        ran("init", data, "--out", folder.resolve("neu.yaml"));
        ran("inspect", data, "--schema", folder.resolve("neu.yaml"));
    }

    private static Ran ran(Object... args) {
        Ran ran = Cli.run(List.of(args).stream().map(Object::toString).toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        return ran;
    }

    private static void write(Path file, List<String> lines, String header) throws IOException {
        Files.writeString(file, header + "\n" + String.join("\n", lines.subList(1, lines.size())) + "\n");
    }
}
