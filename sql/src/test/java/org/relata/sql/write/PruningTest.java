package org.relata.sql.write;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Which columns definitions keep.
final class PruningTest {
    private static final String MODEL = """
            CREATE TABLE sale (id INT PRIMARY KEY, shop INT, item INT, y DOUBLE);
            CREATE PARAMETER TABLE a (shop INT PRIMARY KEY, v DOUBLE);
            CREATE PARAMETER TABLE b (item INT PRIMARY KEY, v DOUBLE);
            WITH residual AS (
                SELECT sale.id, sale.shop, sale.item, a.v + b.v - sale.y AS v
                FROM sale JOIN a ON sale.shop = a.shop JOIN b ON sale.item = b.item
            )
            SELECT SUM(residual.v * residual.v) AS loss FROM residual;
            """;

    @Test
    void aTableOfTheSessionKeepsTheKeysThatAreReadAndNoOthers() {
        SqlScript script = script(List.of());
        assertEquals(1, script.tables().size(), () -> script.tables().toString());
        String residual = script.tables().firstEntry().getValue();
        assertTrue(residual.contains("sale.shop, sale.item,"), residual);
        assertFalse(residual.contains("sale.id"), residual);
    }

    @Test
    void anOutputKeepsAllItsColumns() {
        SqlScript script = script(List.of("residual"));
        assertEquals(
                List.of("id", "shop", "item", "v"),
                requireNonNull(script.columns().get("residual")));
        String residual = script.tables().firstEntry().getValue();
        assertTrue(residual.contains("sale.id, sale.shop, sale.item,"), residual);
    }

    @Test
    void whatRowsAreGroupedByStaysAlthoughItIsNotShown() {
        RelExpr sale = model().named().get("residual");
        RelExpr largest =
                requireNonNull(sale).aggregate(Aggregator.MAXIMUM, "shop").sum();
        SqlScript script = SqlScript.of(
                new LinkedHashMap<>(Map.of("out", largest)),
                Dialect.POSTGRES,
                new ModelStorage(model(), Dialect.POSTGRES, Layout.WIDE, Columns.declared(false)),
                Map.of());
        String query = requireNonNull(script.queries().get("out"));
        assertTrue(query.contains("GROUP BY sale.shop"), query);
        assertFalse(query.contains("SELECT sale.shop"), query);
    }

    private static Model model() {
        return ModelParser.parse("sales.sql", MODEL, ShapeSource.none());
    }

    /// The loss and its gradients, and what the model file calls by these names. A database that works row by row
    /// writes
    /// the residual down.
    private static SqlScript script(List<String> named) {
        Model model = model();
        SequencedMap<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", model.loss());
        outputs.putAll(Autodiff.gradient(
                model.loss(), model.parameters().stream().map(Input::relation).toArray(String[]::new)));
        named.forEach(name -> outputs.put(name, requireNonNull(model.named().get(name))));
        SequencedMap<String, RelExpr> laid = new LinkedHashMap<>(Layout.WIDE.apply(
                new LinkedHashMap<>(Rewrites.all().apply(outputs).outputs())));
        return SqlScript.of(
                laid,
                Dialect.POSTGRES,
                new ModelStorage(model, Dialect.POSTGRES, Layout.WIDE, Columns.declared(false)),
                Map.of());
    }
}
