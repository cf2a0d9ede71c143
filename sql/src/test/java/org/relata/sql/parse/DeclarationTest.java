package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Facts;
import org.relata.algebra.RelationType;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.KeyColumn;
import org.relata.sql.model.Table.ValueColumn;

final class DeclarationTest {
    private static Model model(String declarations, String loss) {
        return Examples.parse(declarations + ";\n" + loss);
    }

    private static RelationType type(Model model, String relation) {
        return model.inputs().stream()
                .filter(input -> input.relation().equals(relation))
                .findFirst()
                .orElseThrow()
                .scan()
                .type();
    }

    @Test
    void integersAndTextsAreKeysAndNumbersAreValues() {
        Table table = model(
                        "CREATE TABLE t (a INT, b BIGINT NOT NULL, c VARCHAR(20), v DOUBLE PRECISION, w NUMERIC(10, 2), x "
                                + "VECTOR[3], y MATRIX[2][4])",
                        "SELECT SUM(v) FROM t")
                .tables()
                .getFirst();
        assertEquals(
                List.of(Attribute.integer("a"), Attribute.integer("b"), Attribute.text("c")),
                table.keys().stream().map(KeyColumn::attribute).toList());
        assertEquals(List.of("a", "b", "c"), table.primaryKey());
        assertEquals(
                List.of(Shape.SCALAR, Shape.SCALAR, Shape.of(3), Shape.of(2, 4)),
                table.values().stream().map(ValueColumn::shape).toList());
    }

    @Test
    void aPrimaryKeyOfSomeAttributesDeterminesTheRest() {
        Model model = model(
                "CREATE TABLE t (id INT, other INT, v DOUBLE, PRIMARY KEY (id), UNIQUE (other))",
                "SELECT SUM(v) FROM t");
        assertEquals(List.of("id"), model.tables().getFirst().primaryKey());
        assertEquals(
                Set.of(Set.of("id"), Set.of("other")), type(model, "t").facts().unique());
    }

    @Test
    void aCheckStatesARange() {
        Model model = model(
                "CREATE TABLE t (a INT CHECK (a BETWEEN 0 AND 9), b INT, v DOUBLE, CHECK (b BETWEEN -2 AND 2))",
                "SELECT SUM(v) FROM t");
        assertEquals(new Facts.Range(0, 10), type(model, "t").facts().ranges().get("a"));
        assertEquals(new Facts.Range(-2, 3), type(model, "t").facts().ranges().get("b"));
        assertEquals(
                Optional.of(new Facts.Range(0, 10)),
                model.tables().getFirst().keys().getFirst().range());
    }

    @Test
    void foreignKeysMayReferToTablesDeclaredLater() {
        Model model = model(
                "CREATE TABLE t (a INT REFERENCES u, b INT, v DOUBLE, FOREIGN KEY (b) REFERENCES u (id));"
                        + "CREATE TABLE u (id INT PRIMARY KEY, w DOUBLE)",
                "SELECT SUM(v) FROM t");
        for (KeyColumn key : model.tables().getFirst().keys()) {
            assertEquals(Optional.of(new Table.Reference("u", "id")), key.references());
        }
    }

    @Test
    void oneValueIsNamedAsItsTableAndSeveralWithTheirColumn() {
        Model model = model(
                "CREATE TABLE one (k INT, v DOUBLE); CREATE TABLE two (k INT, a DOUBLE, b DOUBLE); CREATE TABLE none (k INT)",
                "SELECT SUM(one.v * two.a * two.b) FROM one JOIN two ON one.k = two.k JOIN none ON none.k = one.k");
        assertEquals(
                List.of("one", "two.a", "two.b", "none"),
                model.inputs().stream().map(Input::relation).toList());
        assertEquals(Optional.empty(), model.inputs().getLast().column());
    }

    @Test
    void parametersStartAsTheySayOrAsTheirShapeSuggests() {
        Model model = model(
                "CREATE PARAMETER TABLE p (k INT, a DOUBLE, b VECTOR[2], c MATRIX[2][2] normal(0.1), d DOUBLE INIT"
                        + " uniform(-1, 2));"
                        + "CREATE TABLE t (k INT, v DOUBLE, w DOUBLE PARAMETER glorot)",
                "SELECT SUM(p.a + tensor_sum(p.b) + tensor_sum(p.c) + p.d + t.w * t.v) FROM p JOIN t USING (k)");
        assertEquals(
                List.of(
                        new Initialiser.Zeros(),
                        new Initialiser.Glorot(),
                        new Initialiser.Normal(0.1),
                        new Initialiser.Uniform(-1, 2),
                        new Initialiser.Glorot()),
                model.parameters().stream()
                        .map(input -> input.column().orElseThrow().learned().orElseThrow())
                        .toList());
        assertTrue(model.inputs().stream().anyMatch(input -> input.relation().equals("t.v") && !input.learned()));
    }

    @Test
    void openSizesAreAskedFor() {
        String text =
                "CREATE TABLE t (k INT, x VECTOR[], m MATRIX[][3]); SELECT SUM(tensor_sum(x) + tensor_sum(m)) FROM t";
        Model model = ModelParser.parse(
                "model.sql", text, (table, column) -> Optional.of(column.equals("x") ? Shape.of(7) : Shape.of(2, 3)));
        assertEquals(Shape.of(7), type(model, "t.x").shape());
        assertEquals(Shape.of(2, 3), type(model, "t.m").shape());
        assertEquals(
                "model.sql, line 1, column 38: the data of t.m has shape [2×4], which does not fit its type",
                assertThrows(
                                AlgebraException.class,
                                () -> ModelParser.parse(
                                        "model.sql",
                                        text,
                                        (table, column) ->
                                                Optional.of(column.equals("x") ? Shape.of(7) : Shape.of(2, 4))))
                        .getMessage());
    }

    @Test
    void namesInQuotesMayHoldAnythingAndStayData() {
        Model model = model(
                "CREATE TABLE \"t'; DROP TABLE u; --\" (\"select\" INT, \"a \"\"b\"\"\" DOUBLE)",
                "SELECT SUM(\"a \"\"b\"\"\") FROM \"t'; DROP TABLE u; --\" WHERE \"select\" > 0");
        assertEquals("t'; DROP TABLE u; --", model.inputs().getFirst().relation());
        assertEquals("a \"b\"", model.tables().getFirst().values().getFirst().name());
    }

    @Test
    void commentsAreLeftOutAndPositionsStayThoseOfTheText() {
        AlgebraException e = assertThrows(AlgebraException.class, () -> Examples.parse("""
                        -- a comment; with a semicolon
                        CREATE TABLE t (row INT, /* and
                            two lines */ value DOUBLE);
                        SELECT SUM(value) -- no year
                        FROM t /* here */ WHERE t.year = 3
                        """));
        assertEquals("model.sql, line 5, column 27: t has no column year; there are row, value", e.getMessage());
    }
}
