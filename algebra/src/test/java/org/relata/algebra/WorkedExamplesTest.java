package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

final class WorkedExamplesTest {
    /// What the gradient of logistic regression looks like.
    static final String LOGISTIC_REGRESSION_GRADIENT = """
                join on col = colʳ ⟨col⟩ w  : ⟨col⟩
                  parameter theta  : ⟨col⟩
                  sum by ⟨col⟩  : ⟨col⟩
                    join on row = rowʳ ⟨row, col⟩ w * v  : ⟨row, col⟩
                      scan x  : ⟨row, col⟩
                      join on row = rowʳ ⟨row⟩ sigmoid(v) - w  : ⟨row⟩
                        sum by ⟨row⟩  : ⟨row⟩
                          join on col = colʳ ⟨row, col⟩ v * w  : ⟨row, col⟩
                            scan x  : ⟨row, col⟩
                            parameter theta  : ⟨col⟩
                        scan y  : ⟨row⟩
                """;

    private static final Shape BLOCK = Shape.of(2, 2);

    @Test
    void aBlockedMatrixSumsToOneBlock() {
        Relation x = blocks(new double[][] {{1, 4, 1, 2}, {1, 2, 4, 3}, {3, 1, 2, 1}, {2, 2, 2, 2}});
        RelExpr sum = RelExpr.scan("x", RelationType.of(BLOCK, "row", "col")).sum();
        assertEquals(
                Map.of(Key.EMPTY, Tensor.matrix(new double[] {7, 8}, new double[] {9, 9})),
                Reference.run(sum, Map.of("x", x)).tuples());
    }

    @Test
    void aBlockedMatrixProductIsTheProductAndSoAreItsGradients() {
        double[][] a = {{1, 4, 1, 2}, {1, 2, 4, 3}, {3, 1, 2, 1}, {2, 2, 2, 2}};
        double[][] b = {{2, 0, 1, 1}, {1, 1, 0, 3}, {0, 2, 2, 1}, {1, 0, 1, 2}};
        Map<String, Relation> data = Map.of("a", blocks(a), "b", blocks(b), "g", blocks(b));
        RelExpr product = RelExpr.parameter("a", RelationType.of(BLOCK, "row", "mid"))
                .join(RelExpr.parameter("b", RelationType.of(BLOCK, "row", "col"))
                        .rename("row", "mid"))
                .on("mid")
                .keep("row", "mid", "col")
                .with(Kernels::matmul)
                .sum("row", "col");
        Map<String, Relation> named = new TreeMap<>(data);
        named.put("a", renamed(data.get("a"), "row", "mid"));
        assertEquals(blocks(times(a, b)).tuples(), Reference.run(product, named).tuples());

        RelExpr upstream = RelExpr.scan("g", RelationType.of(BLOCK, "row", "col"));
        Map<String, RelExpr> gradients = Autodiff.pullback(product, upstream, "a", "b");
        assertEquals(
                blocks(times(b, transposed(b))).tuples(),
                Reference.run(gradients.get("a"), named).tuples());
        assertEquals(
                blocks(times(transposed(a), b)).tuples(),
                Reference.run(gradients.get("b"), named).tuples());
    }

    @Test
    void theGradientOfLogisticRegressionIsTheClosedForm() {
        Random random = new Random(7);
        RelationType rows = RelationType.of(Shape.SCALAR, "row");
        Relation x = GradientCheck.random(RelationType.of(Shape.SCALAR, "row", "col"), 6, 0.4, random, -2, 2);
        Relation theta = GradientCheck.random(RelationType.of(Shape.SCALAR, "col"), 6, 0, random, -1, 1);
        Relation y = GradientCheck.random(rows, 6, 0, random, 0, 1);
        RelExpr loss = logisticRegression();
        Relation gradient =
                Reference.run(Autodiff.gradient(loss, "theta").get("theta"), Map.of("x", x, "y", y, "theta", theta));

        assertEquals(theta.tuples().keySet(), gradient.tuples().keySet());
        for (long col = 0; col < 6; col++) {
            double expected = 0;
            for (long row = 0; row < 6; row++) {
                double z = 0;
                for (long each = 0; each < 6; each++) {
                    z += at(x, row, each) * at(theta, each);
                }
                expected += (1 / (1 + Math.exp(-z)) - at(y, row)) * at(x, row, col);
            }
            assertEquals(expected, at(gradient, col), 1e-12);
        }
    }

    @Test
    void theGradientOfLogisticRegressionReadsAsAPersonWouldWriteIt() {
        assertEquals(
                LOGISTIC_REGRESSION_GRADIENT,
                Autodiff.gradient(logisticRegression(), "theta").get("theta").explain());
    }

    @Test
    void aHessianVectorProductIsTheGradientOfGradientTimesVector() {
        Random random = new Random(8);
        Relation theta = GradientCheck.random(RelationType.of(Shape.SCALAR, "col"), 4, 0, random, -1, 1);
        Relation vector = GradientCheck.random(RelationType.of(Shape.SCALAR, "col"), 4, 0, random, -1, 1);
        Map<String, Relation> data = Map.of(
                "x",
                GradientCheck.random(RelationType.of(Shape.SCALAR, "row", "col"), 4, 0.2, random, -2, 2),
                "y",
                GradientCheck.random(RelationType.of(Shape.SCALAR, "row"), 4, 0, random, 0, 1),
                "theta",
                theta,
                "vector",
                vector);
        RelExpr gradient = Autodiff.gradient(logisticRegression(), "theta").get("theta");
        RelExpr along = gradient.join(RelExpr.scan("vector", RelationType.of(Shape.SCALAR, "col")))
                .on("col")
                .with(Kernels::multiply)
                .sum();
        Relation product = Reference.run(Autodiff.gradient(along, "theta").get("theta"), data);
        double step = 1e-5;
        Relation up = Reference.run(gradient, moved(data, vector, step));
        Relation down = Reference.run(gradient, moved(data, vector, -step));
        for (long col = 0; col < 4; col++) {
            assertEquals((at(up, col) - at(down, col)) / (2 * step), at(product, col), 1e-8);
        }
    }

    @Test
    void forwardModeAgreesWithReverseMode() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 1 + seed % 3);
            Map<String, Relation> data = RandomPrograms.data(random);
            RelExpr loss = GradientCheck.loss(program, "first");
            Optional<Scan> scan = Sharing.sorted(program).stream()
                    .filter(each -> each instanceof Scan)
                    .map(each -> (Scan) each)
                    .findFirst();
            String name = scan.orElseThrow().relation();
            Relation direction = data.get(name);
            double reverse = GradientCheck.inner(
                    Reference.run(Autodiff.gradient(loss, name).get(name), data), direction);
            RelExpr forward = Autodiff.jvp(loss, Map.of(name, RelExpr.constant(direction)));
            double along = Reference.run(forward, data)
                    .get(Key.EMPTY)
                    .map(Tensor::number)
                    .orElse(0.0);
            assertEquals(reverse, along, 1e-9 * Math.max(1, Math.abs(reverse)), program::explain);
        }
    }

    /// The loss of DESIGN.md.
    private static RelExpr logisticRegression() {
        RelExpr x = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "row", "col"));
        RelExpr y = RelExpr.scan("y", RelationType.of(Shape.SCALAR, "row"));
        RelExpr theta = RelExpr.parameter("theta", RelationType.of(Shape.SCALAR, "col"));
        RelExpr z = x.join(theta)
                .on("col")
                .keep("row", "col")
                .with(Kernels::multiply)
                .sum("row");
        return z.join(y)
                .on("row")
                .with((score, label) -> Kernels.subtract(Kernels.softplus(score), Kernels.multiply(label, score)))
                .sum();
    }

    private static Map<String, Relation> moved(Map<String, Relation> data, Relation direction, double by) {
        Map<String, Relation> moved = new TreeMap<>(data);
        TreeMap<Key, Tensor> tuples = new TreeMap<>(data.get("theta").tuples());
        direction.tuples().forEach((key, value) -> tuples.merge(key, value, (a, b) -> a.zip(b, (p, q) -> p + by * q)));
        moved.put("theta", new Relation(direction.attributes(), direction.shape(), tuples));
        return moved;
    }

    private static double at(Relation relation, Object... key) {
        return relation.get(Key.of(key)).map(Tensor::number).orElse(0.0);
    }

    private static Relation renamed(Relation relation, String... names) {
        return new Relation(
                List.of(names).stream().map(Attribute::integer).toList(), relation.shape(), relation.tuples());
    }

    private static Relation blocks(double[][] matrix) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < matrix.length; row += 2) {
            for (int col = 0; col < matrix.length; col += 2) {
                tuples.put(
                        Key.of(row / 2, col / 2),
                        Tensor.matrix(
                                new double[] {matrix[row][col], matrix[row][col + 1]},
                                new double[] {matrix[row + 1][col], matrix[row + 1][col + 1]}));
            }
        }
        return new Relation(List.of(Attribute.integer("row"), Attribute.integer("col")), BLOCK, tuples);
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int row = 0; row < a.length; row++) {
            for (int col = 0; col < b[0].length; col++) {
                for (int mid = 0; mid < b.length; mid++) {
                    product[row][col] += a[row][mid] * b[mid][col];
                }
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] a) {
        double[][] transposed = new double[a[0].length][a.length];
        for (int row = 0; row < a.length; row++) {
            for (int col = 0; col < a[0].length; col++) {
                transposed[col][row] = a[row][col];
            }
        }
        return transposed;
    }
}
