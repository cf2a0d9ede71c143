package org.relata.bench.tensor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineRunner;

/// Two graph convolutions as the peers have them, and what of them is the same at every step.
final class GcnModel {
    private static final String MODEL = """
            CREATE TABLE node (id INT PRIMARY KEY, vec VECTOR[%1$d]);
            CREATE TABLE %5$s (dst INT, src INT, weight DOUBLE, PRIMARY KEY (dst, src));
            %7$s
            CREATE TABLE label (id INT PRIMARY KEY, class INT NOT NULL);
            CREATE TABLE class (id INT PRIMARY KEY, y VECTOR[%2$d]);
            CREATE PARAMETER TABLE w1 (v MATRIX[%1$d][%3$d]);
            CREATE PARAMETER TABLE b1 (v VECTOR[%3$d]);
            CREATE PARAMETER TABLE w2 (v MATRIX[%3$d][%2$d]);
            CREATE PARAMETER TABLE b2 (v VECTOR[%2$d]);

            WITH near AS (
                SELECT edge.dst AS id, SUM(edge.weight * node.vec) AS vec
                FROM %5$s edge JOIN node ON edge.src = node.id GROUP BY edge.dst
            ), hidden AS (
                SELECT near.id, relu(vector_matrix_multiply(near.vec, w1.v) + b1.v) AS vec FROM near, w1, b1
            ), kept AS (
                SELECT hidden.id, %4$s AS vec FROM hidden
            ), narrow AS (
                SELECT kept.id, vector_matrix_multiply(kept.vec, w2.v) AS vec FROM kept, w2
            ), spread AS (
                SELECT edge.dst AS id, SUM(edge.weight * narrow.vec) AS vec
                FROM %6$s edge JOIN narrow ON edge.src = narrow.id GROUP BY edge.dst
            ), z AS (
                SELECT spread.id, spread.vec + b2.v AS vec FROM spread, b2
            ), surprise AS (
                SELECT z.id, tensor_logsumexp(z.vec) - inner_product(class.y, z.vec) AS v
                FROM z JOIN label ON z.id = label.id JOIN class ON label.class = class.id
            )
            SELECT AVG(v) AS loss FROM surprise;
            """;

    private static final String DROPOUT =
            "CASE WHEN random_like(hidden.vec, 'dropout', hidden.id) < 0.5 THEN 0 ELSE 2 * hidden.vec END";

    private GcnModel() {}

    /// The model.
    ///
    /// @param first the table of edges from features to hidden numbers
    /// @param second the table of edges from these to what is classified; perhaps the same
    static String text(Graph.Size size, boolean dropout, String first, String second) {
        return text(size.features(), size.classes(), dropout, first, second);
    }

    /// The model for so many features and classes.
    static String text(int features, int classes, boolean dropout, String first, String second) {
        return MODEL.formatted(
                features,
                classes,
                Graph.HIDDEN,
                dropout ? DROPOUT : "hidden.vec",
                first,
                second,
                first.equals(second)
                        ? ""
                        : "CREATE TABLE " + second + " (dst INT, src INT, weight DOUBLE, PRIMARY KEY (dst, src));");
    }

    /// Gives features, classes and the start of the parameters to a runner.
    static void bind(EngineRunner runner, Graph graph) {
        Graph.Size size = graph.size();
        runner.bindDense(
                "node",
                "id",
                0,
                size.nodes(),
                Shape.of(size.features()),
                values -> EngineTraining.fill(values, graph.features()));
        bindParameters(runner, size.features(), size.classes(), graph.first(), graph.second());
    }

    /// Gives classes and the start of the parameters to a runner.
    static void bindParameters(EngineRunner runner, int features, int classes, float[] first, float[] second) {
        runner.bindDense("class", "id", 0, classes, Shape.of(classes), values -> {
            for (int row = 0; row < classes; row++) {
                values.set(row, row, 1);
            }
        });
        runner.bind("w1", EngineTraining.single(Shape.of(features, Graph.HIDDEN), first));
        runner.bind("b1", EngineTraining.single(Shape.of(Graph.HIDDEN), new float[Graph.HIDDEN]));
        runner.bind("w2", EngineTraining.single(Shape.of(Graph.HIDDEN, classes), second));
        runner.bind("b2", EngineTraining.single(Shape.of(classes), new float[classes]));
    }

    /// Gives the classes of nodes 0, 1, 2, … to a runner.
    static void bindLabels(EngineRunner runner, int count, EngineRunner.Keys classes) {
        Map<String, EngineRunner.Keys> labels = new LinkedHashMap<>();
        labels.put("id", row -> row);
        labels.put("class", classes);
        runner.bindColumns("label", labels, count, Shape.SCALAR, values -> {
            for (int row = 0; row < count; row++) {
                values.set(row, 0, 1);
            }
        });
    }
}
