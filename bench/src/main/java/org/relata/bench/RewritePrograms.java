package org.relata.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Programs that rewrites matter for, each as one would write it down first, with data for them.
///
/// @param name of the program
/// @param layout of tensors
/// @param text the model file
/// @param data statements that make the tables
/// @param range how many values the key of a parameter has, the first from 0 up
record RewritePrograms(String name, Layout layout, String text, List<String> data, int range) {
    /// All of them.
    ///
    /// @param scale how much more data than the least there is
    static List<RewritePrograms> all(int scale) {
        return List.of(logistic(scale), star(scale), convolution(scale), product(scale));
    }

    private static RewritePrograms logistic(int scale) {
        int rows = 1_000 * scale;
        return new RewritePrograms(
                "logistic regression, one row an element",
                Layout.SCALAR,
                LogisticBench.model(Layout.SCALAR, 20),
                List.of(
                        "CREATE TABLE elements AS SELECT i // 20 AS id, i % 20 AS col, " + uniform("i")
                                + " AS v FROM range(" + 20 * rows + ") AS t(i)",
                        "CREATE TABLE labels AS SELECT i AS id, round(" + uniform("i + 7") + ") AS y FROM range(" + rows
                                + ") AS t(i)"),
                20);
    }

    /// Scores are asked for by fact, though they depend on the dimension's row alone.
    private static RewritePrograms star(int scale) {
        int facts = 1_000 * scale;
        int items = Math.max(10, facts / 50);
        return new RewritePrograms(
                "star as one flat join, one row an element",
                Layout.SCALAR,
                """
                CREATE TABLE items (item BIGINT CHECK (item BETWEEN 0 AND %1$d), col BIGINT CHECK (col BETWEEN 0 AND 19),
                    v DOUBLE, PRIMARY KEY (item, col));
                CREATE TABLE sales (id BIGINT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d),
                    item BIGINT CHECK (item BETWEEN 0 AND %1$d), y DOUBLE);
                CREATE PARAMETER TABLE w (col BIGINT PRIMARY KEY CHECK (col BETWEEN 0 AND 19), v DOUBLE);
                WITH score AS (
                    SELECT sales.id, SUM(items.v * w.v) AS v
                    FROM sales JOIN items ON sales.item = items.item JOIN w ON items.col = w.col GROUP BY sales.id
                )
                SELECT SUM(power(score.v - sales.y, 2)) AS loss FROM score JOIN sales ON score.id = sales.id;
                """.formatted(items - 1, facts - 1),
                List.of(
                        "CREATE TABLE items AS SELECT i // 20 AS item, i % 20 AS col, " + uniform("i")
                                + " AS v FROM range(" + 20 * items + ") AS t(i)",
                        "CREATE TABLE sales AS SELECT i AS id, hash(i) % " + items + " AS item, " + uniform("i + 7")
                                + " AS y FROM range(" + facts + ") AS t(i)"),
                20);
    }

    /// The small matrix may be applied once an edge or once a node.
    private static RewritePrograms convolution(int scale) {
        int nodes = 200 * scale;
        return new RewritePrograms(
                "graph convolution",
                Layout.WIDE,
                """
                CREATE TABLE nodes (id BIGINT PRIMARY KEY CHECK (id BETWEEN 0 AND %1$d), x VECTOR[16]);
                CREATE TABLE edges (src BIGINT CHECK (src BETWEEN 0 AND %1$d), dst BIGINT CHECK (dst BETWEEN 0 AND %1$d),
                    weight DOUBLE, PRIMARY KEY (src, dst));
                CREATE PARAMETER TABLE w (m MATRIX[8][16]);
                WITH h AS (
                    SELECT edges.dst AS id, SUM(edges.weight * matrix_vector_multiply(w.m, nodes.x)) AS v
                    FROM edges JOIN nodes ON edges.src = nodes.id, w GROUP BY edges.dst
                ), active AS (SELECT h.id, relu(h.v) AS v FROM h)
                SELECT SUM(inner_product(active.v, active.v)) AS loss FROM active;
                """.formatted(nodes - 1),
                List.of(
                        "CREATE TABLE nodes AS SELECT i AS id, "
                                + IntStream.range(0, 16)
                                        .mapToObj(element -> uniform("i * 16 + " + element) + " AS x_" + element)
                                        .reduce((one, other) -> one + ", " + other)
                                        .orElseThrow()
                                + " FROM range(" + nodes + ") AS t(i)",
                        "CREATE TABLE edges AS SELECT i // 10 AS src, (i // 10 * 31 + i % 10 * 7) % " + nodes
                                + " AS dst, " + uniform("i + 7") + " AS weight FROM range(" + 10 * nodes + ") AS t(i)"),
                0);
    }

    /// A thin factor at the end: to start with it is far less work than the order that is written.
    private static RewritePrograms product(int scale) {
        int blocks = (int) Math.max(4, Math.round(2 * Math.cbrt(scale)));
        String square = "CREATE TABLE %s AS SELECT i // %d AS %s, i %% %2$d AS %s, "
                + IntStream.range(0, 4)
                        .mapToObj(element -> uniform("i * 4 + " + element) + " AS m_" + element)
                        .reduce((one, other) -> one + ", " + other)
                        .orElseThrow()
                        .replace("%", "%%")
                + " FROM range(%d) AS t(i)";
        return new RewritePrograms(
                "product of three blocked matrices",
                Layout.WIDE,
                """
                CREATE TABLE a (i BIGINT CHECK (i BETWEEN 0 AND %1$d), j BIGINT CHECK (j BETWEEN 0 AND %1$d),
                    m MATRIX[2][2], PRIMARY KEY (i, j));
                CREATE TABLE b (j BIGINT CHECK (j BETWEEN 0 AND %1$d), k BIGINT CHECK (k BETWEEN 0 AND %1$d),
                    m MATRIX[2][2], PRIMARY KEY (j, k));
                CREATE PARAMETER TABLE c (k BIGINT PRIMARY KEY CHECK (k BETWEEN 0 AND %1$d), m MATRIX[2][2]);
                WITH ab AS (
                    SELECT a.i, b.k, SUM(matrix_multiply(a.m, b.m)) AS m FROM a JOIN b ON a.j = b.j GROUP BY a.i, b.k
                ), abc AS (
                    SELECT ab.i, SUM(matrix_multiply(ab.m, c.m)) AS m FROM ab JOIN c ON ab.k = c.k GROUP BY ab.i
                )
                SELECT SUM(tensor_sum(square(abc.m))) AS loss FROM abc;
                """.formatted(blocks - 1),
                List.of(
                        square.formatted("a", blocks, "i", "j", blocks * blocks),
                        square.formatted("b", blocks, "j", "k", blocks * blocks)),
                blocks);
    }

    /// The model file, understood.
    Model model() {
        return ModelParser.parse(name, text, ShapeSource.none());
    }

    /// Small parameters that differ.
    Map<String, Relation> parameters() {
        Map<String, Relation> parameters = new HashMap<>();
        for (Input input : model().parameters()) {
            Shape shape = input.column().map(Table.ValueColumn::shape).orElse(Shape.SCALAR);
            List<Attribute> key = input.scan().type().key();
            Relation values = Relation.empty(key, shape);
            for (int row = 0; row < (key.isEmpty() ? 1 : range); row++) {
                int start = row * shape.size();
                double[] numbers = IntStream.range(start, start + shape.size())
                        .mapToDouble(number -> 0.05 * (number % 7 - 3))
                        .toArray();
                values = values.plus(key.isEmpty() ? Key.EMPTY : Key.of(row), Tensor.of(shape, numbers));
            }
            parameters.put(input.relation(), values);
        }
        return parameters;
    }

    /// A number from 0 to 1 that depends on an expression, the same in every run.
    private static String uniform(String of) {
        return "(hash(" + of + ") >> 11) / 9007199254740992.0 - 0.5";
    }
}
