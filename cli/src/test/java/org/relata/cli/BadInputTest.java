package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.cli.Cli.Ran;

/// What a user does wrong, or what is wrong with their data, and the one line that says so.
class BadInputTest {
    @TempDir
    Path folder;

    private Path data;
    private Path task;

    @BeforeEach
    void write() throws IOException {
        data = SmallShop.write(folder);
        task = folder.resolve("active.yaml");
        Files.writeString(task, SmallShop.task(""));
    }

    @Test
    void sourcesThatAreNotThere() throws IOException {
        refused(
                "there is no such file or folder",
                "inspect",
                folder.resolve("none").toString());
        refused(
                "there is no table in it",
                "inspect",
                Files.createDirectories(folder.resolve("empty")).toString());
        Path text = Files.writeString(folder.resolve("notes.md"), "hello");
        refused("notes.md", "inspect", text.toString());
        Path broken = Files.writeString(folder.resolve("x.duckdb"), "this is no database");
        refused("x.duckdb", "inspect", broken.toString());
        refused("oracle", "inspect", "jdbc:oracle:thin:@host:1521/x");
        refused("127.0.0.1:1", "inspect", "jdbc:postgresql://127.0.0.1:1/shop?user=u&password=geheim");
    }

    @Test
    void passwordsAreNeverPrinted() {
        Ran ran = Cli.run("inspect", "jdbc:postgresql://u:geheim@127.0.0.1:1/shop", "-v");
        assertFalse((ran.out() + ran.err()).contains("geheim"), ran.err());
        Ran parameter =
                Cli.run("fit", "jdbc:postgresql://127.0.0.1:1/shop?user=u&password=geheim", "--task", task.toString());
        assertFalse((parameter.out() + parameter.err()).contains("geheim"), parameter.err());
    }

    @Test
    void tasksThatAreNotThereOrSayTheWrongThing() throws IOException {
        refused("there is no such task file", fit("none.yaml"));
        refused("entity_tabel", fit(edited("entity_table:", "entity_tabel:")));
        refused("customer", fit(edited("entity_table: customers", "entity_table: customer")));
        refused("task_type", fit(edited("binary_classification", "ranking")));
        refused("timedelta", fit(edited("20 days", "20 moons")));
    }

    @Test
    void metricsThatDoNotFitTheTask() throws IOException {
        Path wrong = Files.writeString(folder.resolve("metric.yaml"), SmallShop.task("metric: mae\n"));
        Ran ran = refused("metric mae", fit(wrong.toString()));
        assertTrue(ran.error().contains("use one of: roc_auc, average_precision"), ran.err());
        Path other = Files.writeString(folder.resolve("metric.yaml"), SmallShop.task("metric: log_loss\n"));
        Ran fitted = Cli.run(
                fit(other.toString(), "--json", "--out", folder.resolve("run").toString()));
        assertEquals("log_loss", fitted.json().get("primary").stringValue(), fitted.err());
        Ran evaluated = Cli.run("evaluate", "--run", folder.resolve("run").toString(), "--json");
        assertEquals("log_loss", evaluated.json().get("primary").stringValue(), evaluated.err());
    }

    @Test
    void labelSqlThatFails() throws IOException {
        Ran ran = refused("order_at", fit(edited("o.ordered_at >", "o.order_at >")));
        assertTrue(ran.error().contains("active"), ran.err());
    }

    @Test
    void labelSqlThatReturnsNothing() throws IOException {
        refused("no row", fit(edited("GROUP BY", "WHERE false GROUP BY")));
    }

    @Test
    void labelsOfOneClass() throws IOException {
        refused("all 1500 training rows have the label 1", fit(edited("CAST(count(o.id) > 0 AS INTEGER)", "1")));
    }

    @Test
    void timesThatDoNotFitTheData() throws IOException {
        refused("test_timestamp", fit(edited("test_timestamp: '2021-10-01'", "test_timestamp: '2031-10-01'")));
    }

    @Test
    void danglingKeysAreCountedAndTolerated() throws IOException {
        append("orders.csv", "90001,777,1.5,2021-02-03", "90002,778,1.5,2021-02-03");
        Path schema = schema("orders: {pkey: id, time_col: ordered_at, fkeys: {customer_id: customers}}");
        Ran ran = Cli.run("inspect", data.toString(), "--schema", schema.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("warning orders.customer_id: 2 "), ran.out());
        Path strict = schema(
                "orders: {pkey: id, time_col: ordered_at, fkeys: {customer_id: customers}}\nfatal: {orders.customer_id: [key.dangling]}");
        refused("orders.customer_id", "inspect", data.toString(), "--schema", strict.toString());
    }

    @Test
    void duplicateKeysStopTheWork() throws IOException {
        append("customers.csv", "3,Oslo,2020-01-01");
        Path schema = schema("orders: {pkey: id, time_col: ordered_at, fkeys: {customer_id: customers}}");
        Ran ran = refused("customers", "inspect", data.toString(), "--schema", schema.toString());
        assertTrue(ran.error().contains("tolerate"), ran.err());
    }

    @Test
    void tablesThatReferToEachOtherInACircle() throws IOException {
        Path cycle = Files.createDirectories(folder.resolve("cycle"));
        Files.writeString(cycle.resolve("a.csv"), "id,b_id\n1,1\n2,2\n3,1\n");
        Files.writeString(cycle.resolve("b.csv"), "id,a_id\n1,2\n2,1\n");
        Path schema = Files.writeString(folder.resolve("cycle.yaml"), """
                tables:
                  a: {pkey: id, fkeys: {b_id: b}}
                  b: {pkey: id, fkeys: {a_id: a}}
                """);
        Ran ran = Cli.run("inspect", cycle.toString(), "--schema", schema.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("→ b  by b_id") && ran.out().contains("→ a  by a_id"), ran.out());
    }

    @Test
    void aTimeColumnOfTheWrongType() throws IOException {
        Path schema = schema("orders: {pkey: id, time_col: amount, fkeys: {customer_id: customers}}");
        refused("table orders, column amount", "inspect", data.toString(), "--schema", schema.toString());
        Path missing = schema("orders: {pkey: id, time_col: orderd_at}");
        Ran ran = refused("orderd_at", "inspect", data.toString(), "--schema", missing.toString());
        assertTrue(ran.error().contains("ordered_at"), ran.err());
    }

    @Test
    void unknownKeysOfTheSchemaFileAreAnsweredWithTheNearest() throws IOException {
        Path schema = schema("orders: {primary: id}");
        refused("primary", "inspect", data.toString(), "--schema", schema.toString());
        Path typo = Files.writeString(folder.resolve("typo.yaml"), "tabels: {}\nname: x\n");
        Ran ran = refused("tabels", "inspect", data.toString(), "--schema", typo.toString());
        assertTrue(ran.error().contains("tables"), ran.err());
    }

    @Test
    void aDatabaseOfFiveRows() throws IOException {
        Files.write(data.resolve("customers.csv"), SmallShop.customers().subList(0, 3));
        Files.write(data.resolve("orders.csv"), SmallShop.orders().subList(0, 4));
        Ran inspected = Cli.run("inspect", data.toString());
        assertEquals(0, inspected.code(), inspected.err());
        Ran ran = Cli.run(fit(task.toString()));
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.error().startsWith("error: "), ran.err());
    }

    @Test
    void twoThousandColumns() throws IOException {
        Path wide = Files.createDirectories(folder.resolve("wide"));
        List<String> lines = new ArrayList<>();
        lines.add(IntStream.range(0, 2000).mapToObj(i -> "c" + i).collect(Collectors.joining(",")));
        for (int row = 0; row < 20; row++) {
            int r = row;
            lines.add(IntStream.range(0, 2000)
                    .mapToObj(i -> Integer.toString(i * r % 7))
                    .collect(Collectors.joining(",")));
        }
        Files.write(wide.resolve("wide.csv"), lines);
        Ran ran = Cli.run("inspect", wide.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("1,970 more"), ran.out());
        assertTrue(ran.out().lines().count() < 100, "a wide table does not flood the terminal");
    }

    @Test
    void filesWithByteOrderMarksWindowsLinesAndRaggedRows() throws IOException {
        List<String> lines = SmallShop.customers();
        byte[] text = ("\uFEFF" + String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        Files.write(data.resolve("customers.csv"), text);
        Ran ran = Cli.run("inspect", data.toString(), "--json");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("id", ran.json().at("/tables/0/columns/0/name").stringValue(), "the mark is no part of the name");
        assertEquals(SmallShop.CUSTOMERS, ran.json().at("/tables/0/rows").intValue());
        append("customers.csv", "900,Oslo,2020-01-01,one,two,many", "901");
        Ran ragged = Cli.run("inspect", data.toString());
        assertTrue((ragged.out() + ragged.err()).contains("customers"), ragged.err());
        assertTrue(ragged.out().contains("2 rows") || ragged.code() == 2, ragged.out() + ragged.err());
    }

    @Test
    void placesThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("it is a file", fit(task.toString(), "--out", file.toString()));
        refused(
                "it cannot be written",
                fit(task.toString(), "--out", file.resolve("below").toString()));
        refused(
                "its folder does not exist",
                "init",
                data.toString(),
                "--out",
                folder.resolve("no/where.yaml").toString());
        refused("its ending names no format", "inspect", data.toString(), "--diagram", "x.png");
        refused("it is a file", fit(task.toString(), "--out", task.toString()));
    }

    @Test
    void runsThatAreNotThere() {
        refused(
                "there is no such run folder",
                "predict",
                "--run",
                folder.resolve("none").toString());
        refused("it holds no finished run", "evaluate", "--run", data.toString());
        refused("it holds no finished run", "explain", "--run", data.toString(), "--entity", "1");
    }

    @Test
    void nothingIsLeftOfARunThatCouldNotBegin() throws IOException {
        Path out = folder.resolve("out");
        refused("order_at", fit(edited("o.ordered_at >", "o.order_at >"), "--out", out.toString()));
        assertFalse(Files.exists(out), "a typing error leaves no folder behind");
    }

    private String[] fit(String taskFile, String... more) {
        List<String> args =
                new ArrayList<>(List.of("fit", data.toString(), "--task", taskFile, "--method", "baseline"));
        if (more.length == 0) {
            args.addAll(List.of("--out", folder.resolve("run").toString()));
        }
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private String edited(String from, String to) throws IOException {
        String text = SmallShop.task("");
        assertTrue(text.contains(from), from);
        return Files.writeString(
                        folder.resolve("edited.yaml"), text.replaceFirst(java.util.regex.Pattern.quote(from), to))
                .toString();
    }

    private Path schema(String orders) throws IOException {
        return Files.writeString(
                folder.resolve("database.yaml"), "tables:\n  customers: {pkey: id}\n  " + orders + "\n");
    }

    private void append(String file, String... lines) throws IOException {
        Files.write(data.resolve(file), List.of(lines), java.nio.file.StandardOpenOption.APPEND);
    }

    /// Runs a command that must fail as a mistake of its user: exit code 2 (1 where a server does not answer), nothing
    /// on the standard output, and one line that names what is wrong and what to do.
    private static Ran refused(String mentions, String... args) {
        Ran ran = Cli.run(args);
        assertTrue(ran.code() == 2 || ran.code() == 1, String.join(" ", args) + " -> " + ran.code() + "\n" + ran.out());
        String error = ran.error();
        assertTrue(error.startsWith("error: "), error);
        assertTrue(error.contains(mentions), mentions + " in " + error);
        assertTrue(error.contains("; "), "a remedy in " + error);
        assertFalse(error.contains("internal error"), error);
        return ran;
    }
}
