package org.relata.database.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue.Severity;
import org.relata.database.ForeignKey;
import org.relata.database.Inference;
import org.relata.database.RelataException;

/// The file a user edits.
final class DatabaseFileTest {
    @TempDir
    Path folder;

    private DatabaseConfig read(String text) {
        try {
            return DatabaseFile.read(Files.writeString(folder.resolve("database.yaml"), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static final String FULL = """
            name: 'shop: the "corner" one'
            val_timestamp: 2024-01-01
            test_timestamp: '2024-06-01T12:30:00'
            nulls: ['', '-', 'no']
            infer: false
            tolerate:
              key.dangling: true
              orders.order id: [key.duplicate, key.null]
            fatal:
              orders: [time.null]
            tables:
              customers:
                path: sub/customers.csv.gz
                pkey: id
                time_col: null
                fkeys: {}
                columns:
                  born: {kind: timestamp, format: '%d.%m.%Y'}
                  tags: {kind: multi-categorical, delimiter: ';'}
                  note: text
                drop: [url, "a,b"]
              orders:
                sql: |
                  SELECT *
                  FROM raw
                  WHERE x > 'a: b'
                pkey: [region, order id]
                time_col: placed
                fkeys:
                  - columns: [c1, c2]
                    table: orders
                  - columns: [c1]
                    table: customers
              parts:
                columns: [a, b]
              empty:
            """;

    @Test
    void readsEveryKey() {
        DatabaseConfig config = read(FULL);
        assertEquals(Optional.of("shop: the \"corner\" one"), config.name());
        assertEquals("2024-06-01T12:30", config.testTime().orElseThrow().toString());
        assertEquals(List.of("", "-", "no"), config.nulls());
        assertFalse(config.infer());
        assertEquals(
                List.of("customers", "orders", "parts", "empty"),
                List.copyOf(config.tables().keySet()));
        TableConfig customers = config.table("customers");
        assertInstanceOf(Choice.None.class, customers.timeColumn());
        assertEquals(Choice.given(List.of()), customers.foreignKeys());
        assertEquals(Optional.of("%d.%m.%Y"), customers.column("born").format());
        assertEquals(
                Optional.of(ColumnKind.MULTI_CATEGORICAL),
                customers.column("tags").kind());
        TableConfig orders = config.table("orders");
        assertEquals(Choice.given(List.of("region", "order id")), orders.primaryKey());
        assertEquals(
                Choice.given(List.of(
                        new ForeignKey(List.of("c1", "c2"), "orders"), new ForeignKey(List.of("c1"), "customers"))),
                orders.foreignKeys());
        assertInstanceOf(Choice.Inferred.class, config.table("parts").primaryKey());
        assertEquals(List.of("a", "b"), config.table("parts").keep());
    }

    @Test
    void writtenAndReadAgainItSaysTheSame() {
        DatabaseConfig config = read(FULL);
        String text = DatabaseFileWriter.text(
                config,
                List.of(new Inference("orders", Optional.of("placed"), "time column", "every row has one", 0.6)));
        assertEquals(config, read(text), text);
        assertTrue(text.contains("time_col: placed  # every row has one (not certain)"), text);
    }

    @Test
    void readsTheFileOfRelArena() {
        DatabaseConfig config = read("""
                users: {pkey: id, path: users.parquet}
                visits: {time_col: at, fkeys: {user: users}, columns: [at, user, pages]}
                links:
                """);
        assertFalse(config.infer());
        assertEquals(3, config.tables().size());
        assertEquals(List.of("at", "user", "pages"), config.table("visits").keep());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '~',
            value = {
                "tabels: {}~yaml.key~did you mean tables?",
                "tables: {a: {pkye: x}}~yaml.key~did you mean pkey?",
                "tables: {a: {columns: {x: numerical}}}~column.kind~did you mean numeric?",
                "tables: {a: {columns: {x: {knd: text}}}}~yaml.key~did you mean kind?",
                "tables: {a: {fkeys: {x: b}}}~link.target~table b",
                "tables: {a: {path: a.csv, sql: SELECT 1}}~yaml.table~both path and sql",
                "tables: {a: {fkeys: [x]}}~yaml.type~columns and table",
                "tables: {}~yaml.tables~no table",
                "tables: [a]~yaml.type~a map is expected",
                "tolerate: [key.duplicated]~yaml.code~did you mean key.duplicate?",
                "val_timestamp: soon~time.syntax~soon is not a date",
                "name: [a]~yaml.type~a single value",
                "'name: \"x'~yaml.syntax~line",
                "name: x\tname: y~yaml.syntax~name",
                "just text~yaml.type~holds no keys",
            })
    void namesTheKeyAtFault(String text, String code, String words) {
        RelataException error = assertThrows(RelataException.class, () -> read(text.replace("\t", "\n")));
        assertEquals(code, error.code(), error.getMessage());
        assertTrue(error.getMessage().contains(words), error.getMessage());
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
    }

    @Test
    void saysWhenThereIsNoFile() {
        RelataException error =
                assertThrows(RelataException.class, () -> DatabaseFile.read(folder.resolve("nowhere.yaml")));
        assertEquals("yaml.missing", error.code());
    }

    @Test
    void theNearestPlaceDecidesWhatIsTolerated() {
        Policy policy = read("""
                        tolerate: {key.dangling: true, orders: [key.null]}
                        fatal: {orders.customer: [key.dangling]}
                        """).policy();
        assertEquals(
                Severity.ERROR, policy.severity("key.dangling", "orders", Optional.of("customer"), Severity.WARNING));
        assertEquals(Severity.WARNING, policy.severity("key.dangling", "orders", Optional.of("other"), Severity.ERROR));
        assertEquals(Severity.WARNING, policy.severity("key.null", "orders", Optional.of("id"), Severity.ERROR));
        assertEquals(Severity.ERROR, policy.severity("key.null", "lines", Optional.of("id"), Severity.ERROR));
    }
}
