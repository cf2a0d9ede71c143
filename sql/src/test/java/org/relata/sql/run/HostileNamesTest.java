package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;
import org.relata.sql.write.ModelScript;

/// Names with quotes, spaces, reserved words and other letters, and SQL inside of names and literals: all of it stays
/// data.
final class HostileNamesTest {
    private static final String MODEL = """
            CREATE TABLE "a""b; DROP TABLE victim; --" (
                "select" TEXT, "größe 1" DOUBLE, PRIMARY KEY ("select"));
            CREATE PARAMETER TABLE "Order" ("select" TEXT PRIMARY KEY, "group" DOUBLE);
            WITH "from" AS (
                SELECT d."select" AS "by", SUM(d."größe 1" * o."group") AS "v v"
                FROM "a""b; DROP TABLE victim; --" d JOIN "Order" o ON d."select" = o."select"
                WHERE d."select" <> 'x''; DROP TABLE victim; --'
                GROUP BY d."select")
            SELECT SUM("from"."v v" * "from"."v v") AS loss FROM "from";
            """;

    @Test
    void tablesOfTheUserStayWhateverTheyAreCalled() throws IOException, SQLException {
        // Names that programs give to what they compute on the way.
        List<String> names = List.of("total", "total_2", "joined", "mapped", "added", "parts", "z", "d_z", "grouped");
        String text = """
                CREATE TABLE d (row INT, col INT, v VECTOR[2], PRIMARY KEY (row, col));
                CREATE PARAMETER TABLE w (col INT PRIMARY KEY, v VECTOR[2]);
                WITH z AS (SELECT d.row, SUM(inner_product(d.v, w.v)) AS v FROM d JOIN w ON d.col = w.col GROUP BY d.row)
                SELECT SUM(softplus(z.v) * z.v) AS loss FROM z;
                """;
        Model model = ModelParser.parse("model.sql", text, ShapeSource.none());
        Input learned = model.parameters().getFirst();
        ModelScript script = ModelScript.gradient(model, List.of("w"), Rewrites.all());
        Map<String, RelExpr> outputs = new LinkedHashMap<>(script.rewritten().outputs());
        outputs.put("loss", model.loss());
        try (Databases databases = new Databases()) {
            for (Databases.Place place : databases.all()) {
                try (Statement statement = place.connection().createStatement()) {
                    for (String name : names) {
                        statement.execute("DROP TABLE IF EXISTS " + name);
                        statement.execute("CREATE TABLE " + name + " (precious INT)");
                    }
                    statement.execute("DROP TABLE IF EXISTS d");
                    statement.execute("CREATE TABLE d (row INT, col INT, v_0 DOUBLE PRECISION, v_1 DOUBLE PRECISION)");
                    statement.execute("INSERT INTO d VALUES (1, 1, 2, 3), (1, 2, 4, 5), (2, 1, 6, 7)");
                }
                try (SqlRunner runner = place.runner()) {
                    model.inputs().stream().filter(input -> !input.learned()).forEach(runner::bindTable);
                    runner.bind(
                            "w",
                            Relation.empty(
                                            learned.scan().type().key(),
                                            learned.scan().type().shape())
                                    .plus(Key.of(1), Tensor.vector(0.1, 0.2))
                                    .plus(Key.of(2), Tensor.vector(0.3, 0.4)));
                    try (Program program = runner.compile(outputs)) {
                        for (int step = 0; step < 2; step++) {
                            program.run(Settings.NONE);
                            assertEquals(2, program.output("d_w").size(), place::toString);
                        }
                    }
                }
                try (Statement statement = place.connection().createStatement()) {
                    for (String name : names) {
                        statement.execute("SELECT precious FROM " + name);
                    }
                }
            }
        }
    }

    @Test
    void theyRunOnBothDatabases() throws IOException, SQLException {
        Model model = ModelParser.parse("model.sql", MODEL, ShapeSource.none());
        Input learned = model.parameters().getFirst();
        Relation start = Relation.empty(
                        learned.scan().type().key(), learned.scan().type().shape())
                .plus(Key.of("k'1"), Tensor.scalar(3))
                .plus(Key.of("x'; DROP TABLE victim; --"), Tensor.scalar(5));
        try (Databases databases = new Databases()) {
            for (Databases.Place place : databases.all()) {
                try (Statement statement = place.connection().createStatement()) {
                    statement.execute("DROP TABLE IF EXISTS \"a\"\"b; DROP TABLE victim; --\"");
                    statement.execute("DROP TABLE IF EXISTS victim");
                    statement.execute("CREATE TABLE victim (x INT)");
                    statement.execute(
                            "CREATE TABLE \"a\"\"b; DROP TABLE victim; --\" (\"select\" VARCHAR(50), \"größe 1\" DOUBLE PRECISION)");
                    statement.execute("INSERT INTO \"a\"\"b; DROP TABLE victim; --\" VALUES ('k''1', 2),"
                            + " ('x''; DROP TABLE victim; --', 7)");
                }
                String relation = learned.relation();
                ModelScript script = ModelScript.gradient(model, List.of(relation), Rewrites.all());
                try (SqlRunner runner = place.runner()) {
                    model.inputs().stream().filter(input -> !input.learned()).forEach(runner::bindTable);
                    runner.bind(relation, start);
                    try (Program program = runner.compile(script.rewritten().outputs())) {
                        program.run(Settings.NONE);
                        // d/do (2 o)² = 8 o at o = 3; the other row is left out by its text.
                        assertEquals(
                                Map.of(Key.of("k'1"), Tensor.scalar(24)),
                                program.output("d_" + relation).tuples(),
                                place::toString);
                    }
                }
                try (Statement statement = place.connection().createStatement()) {
                    statement.execute("SELECT * FROM victim");
                }
            }
        }
    }
}
