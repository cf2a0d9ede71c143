package org.relata.database.task;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.ColumnRef;
import org.relata.database.Database;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Schema;
import org.relata.database.Table;

class TaskFilesTest {
    private static final LocalDateTime V = LocalDateTime.parse("2024-09-01T00:00:00");
    private static final LocalDateTime T = LocalDateTime.parse("2024-11-01T00:00:00");
    private static final Schema SCHEMA = new Schema(
            "shop",
            List.of(
                    new Table(
                            "customers",
                            List.of(new Column("id", ColumnKind.NUMERIC)),
                            List.of("id"),
                            List.of(),
                            Optional.empty()),
                    new Table(
                            "orders",
                            List.of(
                                    new Column("number", ColumnKind.NUMERIC),
                                    new Column("placed", ColumnKind.TIMESTAMP),
                                    new Column("is_online", ColumnKind.BOOLEAN),
                                    new Column("delivery_fee", ColumnKind.NUMERIC)),
                            List.of("number"),
                            List.of(),
                            Optional.of("placed"))),
            Optional.of(V),
            Optional.of(T));
    private static final String FORECAST = """
            name: spend
            kind: forecast
            task_type: regression
            entity_table: customers
            entity_col: customer_id
            target_col: spend
            time_col: timestamp
            timedelta: 28 days
            sql: |-
              SELECT 1
            manifest_version: 1
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        Path file = folder.resolve("task.yaml");
        Files.writeString(file, text);
        return file;
    }

    private String refused(String text) throws IOException {
        Path file = file(text);
        RelataException error = assertThrows(RelataException.class, () -> TaskFiles.read(file, SCHEMA));
        assertEquals(RelataException.Kind.USAGE, error.kind());
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
        return error.getMessage();
    }

    @Test
    void readsTheManifestOfRelBench() throws IOException {
        ForecastTask task = (ForecastTask) TaskFiles.read(file(FORECAST), SCHEMA);
        assertEquals(
                new ForecastTask(
                        "spend",
                        TaskType.REGRESSION,
                        "customers",
                        "customer_id",
                        "timestamp",
                        "spend",
                        Duration.ofDays(28),
                        1,
                        V,
                        T,
                        List.of(),
                        "SELECT 1"),
                task);
    }

    @Test
    void readsTheTaskFileOfRelArena() throws IOException {
        TaskFile read = TaskFiles.open(file("""
                        database: data/shop.yaml
                        entity_table: customers
                        entity_col: id
                        time_col: seed
                        target_col: churn
                        task_type: binary_classification
                        timedelta: 1 week
                        val_timestamp: 2024-02-01
                        test_timestamp: "2024-04-01 12:30:00"
                        num_eval_timestamps: 3
                        at_timestamp: 2024-06-01T00:00:00Z
                        entities: [7, 8]
                        query: SELECT 2
                        """), SCHEMA);
        ForecastTask task = (ForecastTask) read.task();
        assertEquals("task", task.name());
        assertEquals("SELECT 2", task.labelSql());
        assertEquals(LocalDateTime.parse("2024-02-01T00:00:00"), task.validationTime());
        assertEquals(LocalDateTime.parse("2024-04-01T12:30:00"), task.testTime());
        assertEquals(3, task.evaluationSeeds());
        assertEquals(Optional.of(folder.toAbsolutePath().resolve("data/shop.yaml")), read.database());
        assertEquals(Optional.of(LocalDateTime.parse("2024-06-01T00:00:00")), read.predictAt());
        assertEquals(List.of("7", "8"), read.entities());
    }

    @Test
    void readsAutoComplete() throws IOException {
        Task task = TaskFiles.read(file("""
                        name: orders-channel
                        kind: autocomplete
                        task_type: binary_classification
                        entity_table: orders
                        target_col: is_online
                        remove_columns:
                        - [orders, delivery_fee]
                        """), SCHEMA);
        assertEquals(
                new AutoCompleteTask(
                        "orders-channel",
                        TaskType.BINARY_CLASSIFICATION,
                        "orders",
                        "number",
                        "placed",
                        "is_online",
                        V,
                        T,
                        List.of(new ColumnRef("orders", "delivery_fee"))),
                task);
    }

    @Test
    void whatIsWrittenReadsBackEqual() throws IOException {
        for (String text : List.of(
                FORECAST + "regime: rolling\nmetric: rmse\ndescription: What they will spend.\n",
                "task_type: regression\nentity_table: orders\ntarget_col: delivery_fee\nremove_columns: [[orders, is_online]]\n",
                FORECAST.replace("SELECT 1", "SELECT 'a: b' -- it's #1\n\n  FROM x WHERE y = \"z\"")
                        .replace("spend", "\"007\""))) {
            TaskFile read = TaskFiles.open(file(text), SCHEMA);
            Path copy = folder.resolve("copy").resolve("task.yaml");
            Files.createDirectories(copy.getParent());
            TaskFiles.write(read, copy);
            assertEquals(read, TaskFiles.open(copy, SCHEMA), Files.readString(copy));
            try (var left = Files.list(copy.getParent())) {
                assertEquals(1, left.count());
            }
        }
    }

    @Test
    void unknownKeysNameTheNearestKnownOne() throws IOException {
        assertTrue(refused(FORECAST + "time_delta: 3 days\n")
                .contains("key time_delta: a task file has no such key; did you mean timedelta?"));
        assertTrue(refused(FORECAST + "val-timestamp: 2024-01-01\n").contains("did you mean val_timestamp?"));
    }

    @Test
    void whatIsMissingOrWrongIsNamed() throws IOException {
        assertTrue(refused(FORECAST.replace("target_col: spend\n", "")).contains("the key target_col is missing"));
        assertTrue(refused(FORECAST.replace("timedelta: 28 days\n", "")).contains("the key timedelta is missing"));
        assertTrue(refused(FORECAST.replaceAll("(?s)sql:.*", "")).contains("the key sql is missing"));
        assertTrue(refused(FORECAST.replace("regression", "regresion")).contains("not regresion"));
        assertTrue(refused(FORECAST.replace("forecast", "forcast")).contains("forecast, autocomplete or external"));
        assertTrue(refused(FORECAST.replace("customers", "custmers"))
                .contains("there is no such table; use one of: customers, orders"));
        assertTrue(refused(FORECAST + "val_timestamp: soon\n").contains("\"soon\" is not a date"));
        assertTrue(refused(FORECAST + "num_eval_timestamps: many\n").contains("should be a whole number"));
        assertTrue(refused(FORECAST + "num_eval_timestamps: 0\n").contains("num_eval_timestamps is 0"));
        assertTrue(refused(FORECAST + "regime: frosty\n").contains("frozen or rolling"));
        assertTrue(
                refused(FORECAST + "test_timestamp: 2024-09-10\n").contains("longer than the time from val_timestamp"));
        assertTrue(refused(FORECAST + "remove_columns: [[orders, price]]\n")
                .contains("orders.price, which does not exist"));
        assertTrue(refused(FORECAST + "remove_columns: [orders]\n").contains("[table, column] pairs"));
        assertTrue(refused(FORECAST + "query: SELECT 3\n").contains("repeats sql"));
        assertTrue(refused(FORECAST + "name: twice\n").contains("line 12"));
        assertTrue(refused("- a\n- b\n").contains("not a YAML mapping"));
        assertTrue(refused("a: [1\n").contains("task.yaml, line"));
        assertTrue(refused("").contains("not a YAML mapping"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recommendation", "link_prediction", "multilabel_classification"})
    void whatCannotBeDoneYetSaysSo(String type) throws IOException {
        assertTrue(refused(FORECAST.replace("regression", type)).contains("type " + type + " are not yet supported"));
    }

    @Test
    void recommendationIsRecognisedByItsKeys() throws IOException {
        assertTrue(
                refused("task_type: regression\nsrc_entity_table: customers\n").contains("not yet supported"));
    }

    @Test
    void missingFilesAreNamed() {
        Path nowhere = folder.resolve("nowhere.yaml");
        RelataException error = assertThrows(RelataException.class, () -> TaskFiles.read(nowhere, SCHEMA));
        assertTrue(error.getMessage().contains("nowhere.yaml: there is no such file"), error.getMessage());
    }

    @Test
    void splitTimesMustComeFromSomewhere() throws IOException {
        Schema timeless = new Schema("shop", SCHEMA.tables(), Optional.empty(), Optional.empty());
        Path file = file(FORECAST);
        RelataException error = assertThrows(RelataException.class, () -> TaskFiles.read(file, timeless));
        assertTrue(
                error.getMessage().contains("neither the task nor the database has a val_timestamp"),
                error.getMessage());
    }

    @Test
    void tasksOfARelBenchFolderGoByName() throws IOException {
        Path task = folder.resolve("tasks/spend/manifest.yaml");
        Files.createDirectories(task.getParent());
        Files.writeString(task, FORECAST.replace("name: spend\n", ""));
        Path found = TaskFiles.find("spend", Optional.of(folder));
        assertEquals(task, found);
        assertEquals("spend", TaskFiles.read(found, SCHEMA).name());
        assertEquals("spend", TaskFiles.read(found.getParent(), SCHEMA).name());
        assertEquals(List.of("spend"), TaskFiles.names(folder));
        RelataException error = assertThrows(RelataException.class, () -> TaskFiles.find("spent", Optional.of(folder)));
        assertTrue(error.getMessage().contains("did you mean spend?"), error.getMessage());
    }

    @Test
    void externalTasksReadTheLabelsThatTheyShip(@TempDir Path other) throws IOException {
        try (Database shop = StoreFixture.shop(other)) {
            for (String split : List.of("train", "val", "test")) {
                shop.store()
                        .execute("COPY (SELECT TIMESTAMP '2024-05-01' AS at, id AS who, row_number() OVER () AS y FROM"
                                + " customers) TO '" + folder.resolve(split + ".parquet") + "' (FORMAT parquet)");
            }
            Files.writeString(folder.resolve("manifest.yaml"), """
                    name: shipped
                    kind: external
                    task_type: regression
                    entity_table: customers
                    entity_col: who
                    target_col: y
                    time_col: at
                    """);
            Task task = TaskFiles.read(folder, shop.schema());
            TaskTables tables = TaskBuilder.build(shop, task, Progress.silent());
            assertEquals(3, tables.train().size(), "the fourth customer is dated after the test time");
            assertEquals(3, tables.test().label()[2]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "30 days, PT720H, 30 days",
        "1 day, PT24H, 1 day",
        "12 hours, PT12H, 12 hours",
        "1 week, PT168H, 7 days",
        "2w, PT336H, 14 days",
        "90m, PT90M, 90 minutes",
        "1.5 days, PT36H, 36 hours",
        "1 day 12 hours, PT36H, 36 hours",
        "30 days 00:00:00, PT720H, 30 days",
        "0 days 06:30:00, PT6H30M, 390 minutes",
        "P30D, PT720H, 30 days",
        "PT45S, PT45S, 45 seconds"
    })
    void durationsReadAsPeopleWriteThem(String text, Duration expected, String written) {
        assertEquals(expected, Durations.parse(text, "here"));
        assertEquals(written, Durations.format(expected));
        assertEquals(expected, Durations.parse(Durations.interval(expected), "here"));
    }

    @ParameterizedTest
    @CsvSource({
        "30, is not a length of time",
        "days, is not a length of time",
        "3 months, which differ in length",
        "1 year, which differ in length",
        "3 fortnights, unknown unit fortnights",
        "0 days, is not longer than nothing",
        "-3 days, is not a length of time",
        "P1Y, is not an ISO 8601 duration"
    })
    void otherDurationsAreRefused(String text, String problem) {
        RelataException error = assertThrows(RelataException.class, () -> Durations.parse(text, "here"));
        assertTrue(error.getMessage().contains(problem), error.getMessage());
    }
}
