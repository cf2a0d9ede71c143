package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Table;

/// Data as people really have it: what is read, what is counted, what stops the work, and what is said.
final class BadDataTest {
    @TempDir
    Path folder;

    private Path yaml(String text) {
        return Opening.write(folder.resolve("database.yaml"), text);
    }

    private Path csv(String name, String text) {
        return Opening.write(folder.resolve("d").resolve(name), text);
    }

    private Database open() {
        return Opening.open(folder.resolve("d"), folder);
    }

    private Database open(Path schema) {
        return Opening.open(folder.resolve("d"), schema, folder);
    }

    @Test
    void readsByteOrderMarkCarriageReturnsQuotesAndEveryNull() {
        csv(
                "t.csv",
                "\uFEFFt_id,\"a, b\",note\r\n1,\\N,\"two\r\nlines\"\r\n2,NA,\"say \"\"hi\"\"\"\r\n3,,x\r\n4,7,y\r\n");
        try (Database database = open()) {
            Table table = database.schema().require("t");
            assertEquals(List.of("t_id"), table.primaryKey());
            assertEquals(List.of("null", "null", "null", "7"), Opening.column(database, "t", "a, b"));
            assertEquals(List.of("two\r\nlines", "say \"hi\"", "x", "y"), Opening.column(database, "t", "note"));
            assertTrue(database.issues().isEmpty(), () -> "" + database.issues());
        }
    }

    @Test
    void readsCompressedTabsAndSemicolons() throws IOException {
        Files.createDirectories(folder.resolve("d"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("d/a.tsv.gz")))) {
            out.write("a_id\tx\n1\ta,b\n".getBytes(StandardCharsets.UTF_8));
        }
        csv("b.csv", "b_id;y\n5;1,5\n");
        try (Database database = open()) {
            assertEquals(List.of("a,b"), Opening.column(database, "a", "x"));
            assertEquals(List.of("1,5"), Opening.column(database, "b", "y"));
        }
    }

    @Test
    void raggedRowsStopTheWorkUnlessTolerated() {
        csv("t.csv", "t_id,x,y\n1,a,b\n2,a\n3,a,b,c\n4,a,b\n");
        Opening.fails("csv.ragged", this::open, "table t", "2 rows", "line 3", "tolerate");
        try (Database database = open(yaml("tolerate: {t: [csv.ragged]}"))) {
            assertEquals(List.of("1", "4"), Opening.column(database, "t", "t_id"));
            DataIssue issue = Opening.issue(database, "csv.ragged");
            assertEquals(2, issue.count());
            assertEquals(Severity.WARNING, issue.severity());
        }
    }

    @Test
    void duplicateAndMissingKeysStopTheWorkUnlessTolerated() {
        csv("t.csv", "id,x,at\n1,late,2024-02-01\n1,early,2024-01-01\n,none,2024-01-01\n2,b,2024-03-01\n");
        csv("u.csv", "u_id,t_id\n1,1\n2,2\n");
        String declared = "tables:\n  t: {pkey: id, time_col: at}\n  u: {pkey: u_id, fkeys: {t_id: t}}\n";
        Opening.fails(
                "key.null", () -> open(yaml(declared)), "table t", "column id", "1 rows", "key.duplicate in t.id");
        Opening.fails(
                "key.duplicate",
                () -> open(yaml(declared + "tolerate: {t: [key.null]}")),
                "column id",
                "1 rows repeat",
                "tolerate: {\"t.id\": [key.duplicate]}");
        try (Database database = open(yaml(declared + "tolerate: {t.id: [key.null, key.duplicate]}"))) {
            // The earliest row of each key is kept.
            assertEquals(List.of("early", "b"), Opening.column(database, "t", "x"));
            assertEquals(List.of("0", "1"), Opening.column(database, "u", "__fk0"));
        }
    }

    @Test
    void danglingKeysAreCountedAndMayBeFatal() {
        csv("customers.csv", "customer_id,name\na1,x\na2,y\n");
        csv("orders.csv", "order_id,customer_id\n1,a1\n2,zz\n3,a2\n4,zz\n5,\n");
        String declared = "tables:\n  customers: {pkey: customer_id}\n"
                + "  orders: {pkey: order_id, fkeys: {customer_id: customers}}\n";
        try (Database database = open(yaml(declared))) {
            DataIssue issue = Opening.issue(database, "key.dangling");
            assertEquals(2, issue.count());
            assertEquals(Optional.of("customer_id"), issue.column());
            assertTrue(issue.message().contains("zz"), issue.message());
            assertEquals(List.of("0", "null", "1", "null", "null"), Opening.column(database, "orders", "__fk0"));
        }
        Opening.fails(
                "key.dangling",
                () -> open(yaml(declared + "fatal: {orders.customer_id: [key.dangling]}")),
                "table orders",
                "customers");
        assertFalse(Files.exists(folder.resolve("store.duckdb.partial")), "nothing half-written stays");
    }

    @Test
    void keysIntoTheFutureAndRowsWithoutATimeAreCounted() {
        csv("a.csv", "a_id,created_at\n1,2024-05-01\n2,2024-01-01\n3,\n");
        csv("b.csv", "b_id,a_id,created_at\n1,1,2024-02-01\n2,2,2024-02-01\n");
        Path schema = yaml("tables:\n  a: {pkey: a_id, time_col: created_at}\n"
                + "  b: {pkey: b_id, time_col: created_at, fkeys: {a_id: a}}\n");
        try (Database database = open(schema)) {
            assertEquals(1, Opening.issue(database, "key.future").count());
            assertEquals(1, Opening.issue(database, "time.null").count());
            assertEquals(List.of("2", "1", "3"), Opening.column(database, "a", "a_id"));
        }
    }

    @Test
    void undatedEventsAreAnsweredWithTheSqlThatDatesThem() {
        StringBuilder orders = new StringBuilder("order_id,placed_at\n");
        StringBuilder lines = new StringBuilder("line_id,order_id,amount\n");
        for (int i = 1; i <= 600; i++) {
            if (i <= 200) {
                orders.append(i).append(",2024-0").append(1 + i % 9).append("-15\n");
            }
            lines.append(i)
                    .append(',')
                    .append(1 + i % 200)
                    .append(',')
                    .append(i * 0.5)
                    .append('\n');
        }
        csv("orders.csv", orders.toString());
        csv("lines.csv", lines.toString());
        String remedy;
        try (Database database = open()) {
            assertTrue(database.schema().require("lines").timeColumn().isEmpty());
            remedy = Opening.issue(database, "time.missing").remedy();
        }
        String sql = remedy.split("`")[1];
        assertTrue(sql.startsWith("sql: SELECT"), remedy);
        Path schema = yaml("tables:\n  orders: {pkey: order_id, time_col: placed_at}\n  lines:\n    pkey: line_id\n    "
                + sql.replaceFirst("sql: ", "sql: |-\n      ") + "\n    " + remedy.split("`")[3]
                + "\n    fkeys: {order_id: orders}\n");
        try (Database database = open(schema)) {
            assertEquals(
                    Optional.of("placed_at"), database.schema().require("lines").timeColumn());
            assertEquals(600, Opening.column(database, "lines", "placed_at").size());
            assertFalse(Opening.column(database, "lines", "placed_at").contains("null"));
        }
    }

    @Test
    void fewStrangeValuesBecomeNullManyKeepTheColumnText() {
        StringBuilder text = new StringBuilder("t_id,amount,code,day\n");
        for (int i = 0; i < 1000; i++) {
            text.append(i)
                    .append(',')
                    .append(i == 7 ? "unknown" : String.valueOf(i * 0.5))
                    .append(',')
                    .append(i % 3 == 0 ? "A" + i : String.valueOf(i))
                    .append(',')
                    .append(i == 9 ? "2024-13-45" : "2024-01-" + (10 + i % 10))
                    .append('\n');
        }
        csv("t.csv", text.toString());
        try (Database database = open()) {
            Table table = database.schema().require("t");
            assertEquals(
                    ColumnKind.NUMERIC, table.column("amount").orElseThrow().kind());
            assertEquals(ColumnKind.TIMESTAMP, table.column("day").orElseThrow().kind());
            assertEquals("null", Opening.column(database, "t", "day").getLast(), "no time comes last");
            DataIssue date = Opening.issue(database, "time.unparsable");
            assertEquals(1, date.count());
            assertTrue(date.message().contains("2024-13-45"), date.message());
            List<DataIssue> mixed = database.issues().stream()
                    .filter(i -> i.code().equals("type.mixed"))
                    .toList();
            assertEquals(
                    List.of(Severity.WARNING, Severity.INFO),
                    mixed.stream().map(DataIssue::severity).toList());
            assertTrue(
                    mixed.getFirst().message().contains("unknown"),
                    mixed.getFirst().message());
            assertTrue(Opening.column(database, "t", "code").contains("A3"));
        }
        Opening.fails("type.mixed", () -> open(yaml("fatal: {t.amount: [type.mixed]}")), "column amount", "unknown");
        Opening.fails("time.unparsable", () -> open(yaml("fatal: [time.unparsable]")), "column day", "2024-13-45");
    }

    @Test
    void codesWithLeadingZerosStayText() {
        csv("t.csv", "t_id,zip,flag,big\n1,01234,true,12345678901234567890\n2,99999,false,1\n3,00001,true,2\n");
        try (Database database = open()) {
            assertEquals(List.of("01234", "99999", "00001"), Opening.column(database, "t", "zip"));
            assertEquals(
                    ColumnKind.BOOLEAN,
                    database.schema().require("t").column("flag").orElseThrow().kind());
            assertEquals(List.of("1.2345678901234567e+19", "1.0", "2.0"), Opening.column(database, "t", "big"));
        }
    }

    @Test
    void datesWrittenInManyWays() {
        csv(
                "t.csv",
                "t_id,us,german,zoned,named\n"
                        + "1,12/31/2023,31.12.2023,2024-01-01T00:30:00+02:00,\"January 2, 1850\"\n"
                        + "2,01/02/2024,01.02.2024,2024-01-01T00:30:00Z,\"March 3, 1851\"\n");
        try (Database database = open()) {
            assertEquals(
                    "2023-12-31 00:00:00", Opening.column(database, "t", "us").getFirst());
            assertEquals(
                    "2024-02-01 00:00:00",
                    Opening.column(database, "t", "german").getLast());
            assertEquals(
                    "2023-12-31 22:30:00",
                    Opening.column(database, "t", "zoned").getFirst());
            assertEquals(
                    "1850-01-02 00:00:00",
                    Opening.column(database, "t", "named").getFirst());
        }
    }

    @Test
    void timeColumnsOfTheWrongTypeAreRefused() {
        csv("t.csv", "t_id,name,n,seconds\n1,Ann,3,1700000000\n2,Bob,4,1700000060\n");
        Opening.fails(
                "time.type", () -> open(yaml("tables: {t: {time_col: name}}")), "table t", "column name", "'Ann'");
        Opening.fails("time.type", () -> open(yaml("tables: {t: {time_col: n}}")), "column n", "dates");
        Opening.fails("column.unknown", () -> open(yaml("tables: {t: {time_col: nmae}}")), "did you mean name");
        try (Database database = open(yaml("tables: {t: {time_col: seconds}}"))) {
            assertEquals(
                    "2023-11-14 22:13:20",
                    Opening.column(database, "t", "seconds").getFirst());
        }
    }

    @Test
    void emptyTablesAndUselessColumnsAreReported() {
        csv("none.csv", "none_id,x\n");
        csv("t.csv", ",t_id,empty,x\n0,5,,a\n1,6,,b\n");
        csv("one.csv", "only\n");
        try (Database database = open()) {
            assertEquals(
                    List.of("none", "one"),
                    database.issues().stream()
                            .filter(i -> i.code().equals("table.empty"))
                            .map(DataIssue::table)
                            .toList());
            assertEquals(
                    List.of("t_id", "x"),
                    database.schema().require("t").columns().stream()
                            .map(Column::name)
                            .toList());
            assertEquals(
                    Optional.of("empty"), Opening.issue(database, "column.null").column());
            assertEquals(
                    Optional.of("Unnamed: 0"),
                    Opening.issue(database, "column.unnamed").column());
        }
    }

    @Test
    void filesThatCannotBeTablesAreNamed() throws IOException {
        csv("ok.csv", "id\n1\n");
        csv("blank.csv", "");
        Opening.fails("source.empty-file", this::open, "blank.csv", "header");
        Files.delete(folder.resolve("d/blank.csv"));
        Files.write(folder.resolve("d/latin.csv"), "id,name\n1,J\u00fcrgen\n".getBytes(StandardCharsets.ISO_8859_1));
        Opening.fails("source.encoding", this::open, "latin.csv", "UTF-8", "iconv");
        Files.delete(folder.resolve("d/latin.csv"));
        csv("ok.tsv", "id\n1\n");
        Opening.fails("source.twice", this::open, "ok.csv", "ok.tsv");
    }

    @Test
    void whatTheFileNamesMustBeThere() {
        csv("orders.csv", "order_id,amount\n1,2\n");
        Opening.fails("table.unknown", () -> open(yaml("tables: {order: {}}")), "table order", "did you mean orders");
        Opening.fails("source.missing", () -> open(yaml("tables: {o: {path: order.csv}}")), "did you mean orders.csv");
        Opening.fails(
                "table.sql", () -> open(yaml("tables: {o: {sql: SELECT amout FROM orders}}")), "table o", "amout");
        Opening.fails("column.unknown", () -> open(yaml("tables: {orders: {drop: [amonut]}}")), "did you mean amount");
        Opening.fails("column.unknown", () -> open(yaml("tables: {orders: {pkey: id}}")), "pkey", "order_id");
        Opening.fails(
                "link.key",
                () -> open(yaml("infer: false\ntables: {orders: {fkeys: {amount: lines}}, lines: {path: orders.csv}}")),
                "lines has no primary key");
        Opening.fails(
                "column.kind",
                () -> open(yaml("tables: {o: {sql: 'SELECT DATE ''2024-01-01'' AS d', columns: {d: numeric}}}")),
                "column d",
                "numeric");
    }

    @Test
    void namesMayHoldAnything() {
        csv(
                "or\"der's & Straße.csv",
                "\"se\"\"lect\",from,rowid,source,k0,größe,moment\n1,x,9,a,b,c,2024-01-01\n2,y,8,d,e,f,2024-01-02\n");
        csv("group.csv", "group,\"se\"\"lect\"\n7,2\n8,1\n9,3\n");
        Path schema = yaml("""
                tables:
                  "or\\"der's & Straße":
                    pkey: 'se"lect'
                    time_col: moment
                  group:
                    pkey: group
                    fkeys: {'se"lect': "or\\"der's & Straße"}
                """);
        try (Database database = open(schema)) {
            String orders = "or\"der's & Straße";
            assertEquals(List.of("9", "8"), Opening.column(database, orders, "rowid"));
            assertEquals(List.of("c", "f"), Opening.column(database, orders, "größe"));
            assertEquals(List.of("1", "0", "null"), Opening.column(database, "group", "__fk0"));
            assertEquals(64, database.fingerprint().length());
        }
        try (Database database = open()) {
            assertEquals(2, database.schema().tables().size());
        }
        csv("bad.csv", "__row,x\n1,2\n");
        Opening.fails("column.reserved", this::open, "bad", "__row");
    }

    @Test
    void fiveRowsAreADatabase() {
        csv(
                "person.csv",
                "person_id,boss_id,joined\n1,,2024-01-01\n2,1,2024-01-02\n3,1,2024-01-03\n4,2,2024-01-04\n5,2,2024-01-05\n");
        Path schema = yaml("tables: {person: {pkey: person_id, fkeys: {boss_id: person}}}");
        try (Database database = open(schema)) {
            assertEquals(List.of("null", "0", "0", "1", "1"), Opening.column(database, "person", "__fk0"));
            assertEquals(
                    Optional.of("joined"), database.schema().require("person").timeColumn());
        }
    }

    @Test
    void twoThousandColumnsAreATable() {
        StringBuilder text = new StringBuilder("wide_id");
        for (int c = 0; c < 2000; c++) {
            text.append(",c").append(c);
        }
        for (int r = 0; r < 50; r++) {
            text.append('\n').append(r);
            for (int c = 0; c < 2000; c++) {
                text.append(',').append(c % 2 == 0 ? String.valueOf(r * c) : "v" + r % 3);
            }
        }
        csv("wide.csv", text.append('\n').toString());
        try (Database database = open()) {
            Table wide = database.schema().require("wide");
            assertEquals(2001, wide.columns().size());
            assertEquals(ColumnKind.NUMERIC, wide.column("c1998").orElseThrow().kind());
            assertEquals(
                    ColumnKind.CATEGORICAL, wide.column("c1999").orElseThrow().kind());
            assertEquals(64, database.fingerprint().length());
        }
    }
}
