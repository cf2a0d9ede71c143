package org.relata.sql.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// When the rows of a star are looked up again instead of being written down.
final class RepetitionTest {
    private static final String TABLES = """
            CREATE TABLE shop (shop INT PRIMARY KEY, x VECTOR[2]);
            CREATE TABLE item (item INT PRIMARY KEY, x VECTOR[2]);
            CREATE TABLE sale (id INT PRIMARY KEY, shop INT REFERENCES shop, item INT REFERENCES item, y DOUBLE);
            CREATE PARAMETER TABLE a (v VECTOR[2]);
            CREATE PARAMETER TABLE b (v VECTOR[2]);
            WITH by_shop AS (SELECT shop.shop, inner_product(shop.x, a.v) AS v FROM shop, a),
                by_item AS (SELECT item.item, inner_product(item.x, b.v) AS v FROM item, b),
                residual AS (
                    SELECT sale.id, sale.shop, sale.item, by_shop.v + by_item.v - sale.y AS v
                    FROM sale JOIN by_shop ON sale.shop = by_shop.shop JOIN by_item ON sale.item = by_item.item
                )
            """;

    private static final String LEAST_SQUARES = TABLES + "SELECT SUM(residual.v * residual.v) AS loss FROM residual;";

    @Test
    void aColumnStoreLooksTheRowsOfAStarUpForEachSum() {
        List<String> tables = tables(LEAST_SQUARES, Dialect.DUCKDB);
        assertEquals(2, tables.size(), "the scores of shops and items: " + tables);
        assertFalse(tables.toString().contains("sale"), tables::toString);
    }

    @Test
    void aDatabaseThatWorksRowByRowWritesThemDown() {
        assertEquals(
                1,
                tables(LEAST_SQUARES, Dialect.POSTGRES).stream()
                        .filter(each -> each.contains("FROM sale"))
                        .count());
    }

    @Test
    void rowsThatMeetOneToOneAreWrittenDown() {
        String model = """
                CREATE TABLE x (id INT PRIMARY KEY, k INT, v DOUBLE);
                CREATE TABLE y (id INT PRIMARY KEY, v DOUBLE);
                CREATE PARAMETER TABLE w (v DOUBLE);
                WITH residual AS (SELECT x.id, x.v * w.v - y.v AS v FROM x, w, y WHERE x.id = y.id)
                SELECT SUM(residual.v * residual.v) AS loss FROM residual;
                """;
        assertEquals(
                1,
                tables(model, Dialect.DUCKDB).size(),
                () -> tables(model, Dialect.DUCKDB).toString());
    }

    private static List<String> tables(String text, Dialect dialect) {
        Model model = ModelParser.parse("star.sql", text, ShapeSource.none());
        SequencedMap<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", model.loss());
        String[] names =
                model.parameters().stream().map(input -> input.relation()).toArray(String[]::new);
        Autodiff.gradient(model.loss(), names).forEach(outputs::put);
        SequencedMap<String, RelExpr> rewritten =
                new LinkedHashMap<>(Rewrites.all().apply(outputs).outputs());
        SqlScript script = SqlScript.of(
                rewritten,
                dialect,
                new ModelStorage(model, dialect, Layout.WIDE, Columns.declared(false)),
                new LinkedHashMap<>());
        return List.copyOf(script.tables().values());
    }
}
