package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// The program of `docs/concepts/algebra.md`, run; the page shows these very lines.
final class ConceptsPageTest {
    @Test
    void theProgramOnThePageRuns() {
        // page
        RelExpr x = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "row", "col"));
        RelExpr y = RelExpr.scan("y", RelationType.of(Shape.SCALAR, "row"));
        RelExpr theta = RelExpr.parameter("theta", RelationType.of(Shape.SCALAR, "col"));

        RelExpr score = x.join(theta)
                .on("col")
                .keep("row", "col")
                .with(Kernels::multiply)
                .sum("row");
        RelExpr loss = score.join(y)
                .on("row")
                .with((z, label) -> Kernels.subtract(Kernels.softplus(z), Kernels.multiply(label, z)))
                .sum();

        RelExpr gradient = Autodiff.gradient(loss, "theta").get("theta");
        // end
        Map<String, Relation> data = Map.of(
                "x",
                        Relation.empty(x.type().key(), Shape.SCALAR)
                                .plus(Key.of(1, 1), Tensor.scalar(2))
                                .plus(Key.of(2, 1), Tensor.scalar(4)),
                "y",
                        Relation.empty(y.type().key(), Shape.SCALAR)
                                .plus(Key.of(1), Tensor.scalar(1))
                                .plus(Key.of(2), Tensor.scalar(0)),
                "theta", Relation.empty(theta.type().key(), Shape.SCALAR).plus(Key.of(1), Tensor.scalar(0)));
        assertEquals(
                Map.of(Key.of(1), Tensor.scalar(-0.5 * 2 + 0.5 * 4)),
                Reference.run(gradient, data).tuples());
    }

    @Test
    void thePageListsTheRewritesInTheirOrder() throws IOException {
        String table = Rewrites.all().active().stream()
                .map(rewrite -> "| `" + rewrite.name() + "` | " + rewrite.what() + " |\n")
                .collect(Collectors.joining());
        String page = Files.readString(root().resolve("docs/concepts/algebra.md"));
        assertTrue(page.contains("|---|---|\n" + table + "\n"), "the page lists\n" + table);
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        return root;
    }

    @Test
    void thePageShowsTheProgramAndItsGradient() throws IOException {
        Path root = root();
        String page = Files.readString(root.resolve("docs/concepts/algebra.md"));
        String source =
                Files.readString(root.resolve("algebra/src/test/java/org/relata/algebra/ConceptsPageTest.java"));
        List<String> lines = source.lines().toList();
        String program = String.join(
                        "\n", lines.subList(lines.indexOf("        // page") + 1, lines.indexOf("        // end")))
                .stripIndent();
        assertTrue(page.contains("```java\n" + program + "\n```"), "the page shows the program as it stands here");
        assertTrue(
                page.contains("```\n" + WorkedExamplesTest.LOGISTIC_REGRESSION_GRADIENT + "```"),
                "the page shows the gradient as it is explained");
        for (Aggregator aggregator : Aggregator.values()) {
            assertTrue(page.contains("`" + aggregator.symbol() + "`"), aggregator + " has a rule on the page");
        }
    }
}
