package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
