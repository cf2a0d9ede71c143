package org.relata.learn.model;

import java.util.Locale;

/// The text of a graph convolution of two layers (Kipf and Welling 2017): softmax(Â relu(Â X W₁ + b₁) W₂ + b₂), with
/// softmax cross entropy over nodes whose class is known.
///
/// Features that are rows make X W₁ a sparse product: a feature's weights are a row of a parameter, and what a node has
/// is summed.
final class GraphConvolution {
    /// What the logits of nodes are called in the text.
    static final String LOGITS = "z";

    private GraphConvolution() {}

    /// The model.
    ///
    /// @param layers what its tables are called
    static String text(Graph graph, GcnSettings settings, Layers layers) {
        int classes = graph.classes().size();
        String first = graph.sparse() ? sparse(graph, settings, layers) : dense(graph, settings, layers);
        return edges(layers)
                + """
                CREATE TABLE %1$s (node INT PRIMARY KEY, class INT NOT NULL);
                CREATE TABLE class (id INT PRIMARY KEY, y VECTOR[%2$d]);
                CREATE PARAMETER TABLE w2 (v MATRIX[%3$d][%2$d] glorot);
                %6$s%4$s, seen AS (
                    SELECT hidden.id, %5$s AS v FROM hidden
                ), projected AS (
                    SELECT seen.id, vector_matrix_multiply(seen.v, w2.v) AS v FROM seen, w2
                ), spread AS (
                    SELECT edge.dst AS id, SUM(edge.weight * projected.v) AS v
                    FROM %8$s JOIN projected ON edge.src = projected.id
                    GROUP BY edge.dst
                ), z AS (
                    SELECT spread.id, %7$s
                ), surprise AS (
                    SELECT z.id, tensor_logsumexp(z.v) - inner_product(class.y, z.v) AS v
                    FROM z JOIN %1$s ON z.id = %1$s.node JOIN class ON %1$s.class = class.id
                )""".formatted(
                                layers.labels(),
                                classes,
                                settings.hidden(),
                                first,
                                dropped(settings.dropout(), "hidden.v", "hidden", "hidden.id"),
                                biases(classes, settings),
                                biased("spread.v", "spread", "b2", settings),
                                called("edge", layers.second()))
                + loss(graph, settings);
    }

    private static String edges(Layers layers) {
        String text = """
                -- A graph convolution of two layers. Edges are in both directions, with a loop at each node, and are
                -- normalised: weight = 1 / sqrt(degree(dst) * degree(src)).
                """;
        String table = "CREATE TABLE %s (dst INT, src INT, weight DOUBLE, PRIMARY KEY (dst, src));\n";
        return layers.one()
                ? text + table.formatted(layers.first())
                : text + """
                -- A step sees some of them: those that lead to the nodes it classifies, and those that lead there.
                """ + table.formatted(layers.first()) + table.formatted(layers.second());
    }

    /// A table under the name by which a query knows it.
    private static String called(String name, String table) {
        return name.equals(table) ? name : table + " " + name;
    }

    private static String biases(int classes, GcnSettings settings) {
        return settings.biases() ? """
                CREATE PARAMETER TABLE b1 (v VECTOR[%d] zeros);
                CREATE PARAMETER TABLE b2 (v VECTOR[%d] zeros);
                """.formatted(settings.hidden(), classes) : "";
    }

    private static String biased(String value, String tables, String bias, GcnSettings settings) {
        return settings.biases()
                ? value + " + " + bias + ".v AS v FROM " + tables + ", " + bias
                : value + " AS v FROM " + tables;
    }

    private static String hidden(String value, String tables, GcnSettings settings) {
        return settings.biases()
                ? "relu(" + value + " + b1.v) AS v FROM " + tables + ", b1"
                : "relu(" + value + ") AS v FROM " + tables;
    }

    /// The first layer over rows (node, feature).
    private static String sparse(Graph graph, GcnSettings settings, Layers layers) {
        // Glorot's bound for the matrix of which these are the rows.
        double bound = Math.sqrt(6.0 / (graph.features() + settings.hidden()));
        String kept = settings.inputDropout() == 0
                ? "has.v"
                : number(
                        "CASE WHEN random('input', has.node, has.feature) < %s THEN 0 ELSE %s * has.v END",
                        settings.inputDropout());
        return String.format(
                Locale.ROOT,
                """
                CREATE TABLE %7$s (node INT, feature INT, v DOUBLE, PRIMARY KEY (node, feature));
                CREATE PARAMETER TABLE w1 (
                    feature INT PRIMARY KEY CHECK (feature BETWEEN 0 AND %1$d),
                    v VECTOR[%2$d] uniform(%3$s, %4$s)
                );

                WITH mixed AS (
                    SELECT has.node AS id, SUM(%5$s * w1.v) AS v
                    FROM %8$s JOIN w1 ON has.feature = w1.feature
                    GROUP BY has.node
                ), near AS (
                    SELECT edge.dst AS id, SUM(edge.weight * mixed.v) AS v
                    FROM %9$s JOIN mixed ON edge.src = mixed.id
                    GROUP BY edge.dst
                ), hidden AS (
                    SELECT near.id, %6$s
                )""",
                graph.features() - 1,
                settings.hidden(),
                -bound,
                bound,
                kept,
                hidden("near.v", "near", settings),
                layers.features(),
                called("has", layers.features()),
                called("edge", layers.first()));
    }

    /// The first layer over vectors. Without dropout it sums features first, which happens once in a whole training.
    private static String dense(Graph graph, GcnSettings settings, Layers layers) {
        String declared = String.format(Locale.ROOT, """
                CREATE TABLE %3$s (id INT PRIMARY KEY, v VECTOR[%1$d]);
                CREATE PARAMETER TABLE w1 (v MATRIX[%1$d][%2$d] glorot);

                """, graph.features(), settings.hidden(), layers.features());
        if (settings.inputDropout() == 0) {
            return declared
                    + """
                    WITH near AS (
                        SELECT edge.dst AS id, SUM(edge.weight * node.v) AS v
                        FROM %s JOIN %s ON edge.src = node.id
                        GROUP BY edge.dst
                    ), hidden AS (
                        SELECT near.id, %s
                    )""".formatted(
                                    called("edge", layers.first()),
                                    called("node", layers.features()),
                                    hidden("vector_matrix_multiply(near.v, w1.v)", "near, w1", settings));
        }
        return declared
                + """
                WITH mixed AS (
                    SELECT node.id, vector_matrix_multiply(%s, w1.v) AS v FROM %s, w1
                ), near AS (
                    SELECT edge.dst AS id, SUM(edge.weight * mixed.v) AS v
                    FROM %s JOIN mixed ON edge.src = mixed.id
                    GROUP BY edge.dst
                ), hidden AS (
                    SELECT near.id, %s
                )""".formatted(
                                dropped(settings.inputDropout(), "node.v", "input", "node.id"),
                                called("node", layers.features()),
                                called("edge", layers.first()),
                                hidden("near.v", "near", settings));
    }

    private static String loss(Graph graph, GcnSettings settings) {
        if (settings.decay() == 0) {
            return "\nSELECT AVG(v) AS loss FROM surprise;\n";
        }
        return String.format(
                Locale.ROOT,
                """
                , fit AS (
                    SELECT AVG(v) AS v FROM surprise
                ), size AS (
                    SELECT %s AS v FROM w1
                )
                SELECT fit.v + %s * size.v AS loss FROM fit, size;
                """,
                graph.sparse() ? "SUM(tensor_sum(square(w1.v)))" : "tensor_sum(square(w1.v))",
                settings.decay() / 2);
    }

    /// A tensor of which a share of the elements is left out and the others stand in for them.
    private static String dropped(double share, String tensor, String stream, String key) {
        return share == 0
                ? tensor
                : number(
                        "CASE WHEN random_like(" + tensor + ", '" + stream + "', " + key + ") < %s THEN 0 ELSE %s * "
                                + tensor + " END",
                        share);
    }

    private static String number(String text, double share) {
        return String.format(Locale.ROOT, text, share, 1 / (1 - share));
    }
}
