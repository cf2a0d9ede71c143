package org.relata.sql.parse;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Model files that several tests read, and data for them.
final class Examples {
    static final String LOGISTIC_REGRESSION = """
            CREATE TABLE x (row INT, col INT, v DOUBLE, PRIMARY KEY (row, col));
            CREATE TABLE y (row INT PRIMARY KEY, v DOUBLE);
            CREATE PARAMETER TABLE theta (col INT PRIMARY KEY, v DOUBLE);

            WITH z AS (SELECT x.row, SUM(x.v * theta.v) AS v FROM x JOIN theta ON x.col = theta.col GROUP BY x.row)
            SELECT SUM(softplus(z.v) - y.v * z.v) AS loss FROM z JOIN y ON z.row = y.row;
            """;

    static final String MATRIX_PRODUCT = """
            CREATE PARAMETER TABLE A (row INT, col INT, mat MATRIX[2][2], PRIMARY KEY (row, col));
            CREATE PARAMETER TABLE B (row INT, col INT, mat MATRIX[2][2], PRIMARY KEY (row, col));
            CREATE VIEW product (row, col, mat) AS
            SELECT A.row, B.col, SUM(matrix_multiply(A.mat, B.mat)) FROM A, B WHERE A.col = B.row GROUP BY A.row, B.col;
            SELECT SUM(tensor_sum(square(product.mat))) FROM product
            """;

    static final String GRAPH_CONVOLUTION = """
            CREATE TABLE Node (id INT PRIMARY KEY, vec VECTOR[3]);
            CREATE TABLE Edge (src INT REFERENCES Node(id), dst INT REFERENCES Node(id));
            CREATE PARAMETER TABLE W (mat MATRIX[2][3]);
            WITH hidden AS (
                SELECT n1.id, relu(matrix_vector_multiply(W.mat, AVG(normalize(n2.vec)))) AS vec
                FROM Node n1, Edge e, Node n2, W
                WHERE n1.id = e.src AND n2.id = e.dst
                GROUP BY n1.id)
            SELECT SUM(tensor_sum(square(hidden.vec))) FROM hidden
            """;

    static final String STAR_JOIN = """
            CREATE TABLE fact (id INT PRIMARY KEY, store INT, item INT, day INT, y DOUBLE);
            CREATE TABLE store (id INT PRIMARY KEY, x VECTOR[4]);
            CREATE TABLE item (id INT PRIMARY KEY, x VECTOR[3]);
            CREATE TABLE day (id INT PRIMARY KEY, x VECTOR[2]);
            CREATE PARAMETER TABLE w1 (v VECTOR[4]);
            CREATE PARAMETER TABLE w2 (v VECTOR[3]);
            CREATE PARAMETER TABLE w3 (v VECTOR[2]);
            SELECT AVG(square(inner_product(store.x, w1.v) + inner_product(item.x, w2.v) + inner_product(day.x, w3.v)
                - fact.y)) AS loss
            FROM fact
            JOIN store ON fact.store = store.id JOIN item ON fact.item = item.id JOIN day ON fact.day = day.id,
            w1, w2, w3
            """;

    static final String FACTORISATION = """
            CREATE TABLE rating (u INT, m INT, v DOUBLE);
            CREATE PARAMETER TABLE users (id INT PRIMARY KEY, f VECTOR[3] normal(0.1));
            CREATE PARAMETER TABLE movies (id INT PRIMARY KEY, f VECTOR[3] normal(0.1));
            SELECT SUM(square(r.v - inner_product(users.f, movies.f)))
            FROM rating r JOIN users ON r.u = users.id JOIN movies ON movies.id = r.m
            """;

    static final String TRANSLATION = """
            CREATE TABLE triple (head INT, relation INT, tail INT);
            CREATE PARAMETER TABLE entity (id INT PRIMARY KEY, v VECTOR[3]);
            CREATE PARAMETER TABLE relation (id INT PRIMARY KEY, v VECTOR[3]);
            SELECT SUM(norm(h.v + r.v - t.v))
            FROM triple x
            JOIN entity h ON x.head = h.id JOIN relation r ON x.relation = r.id JOIN entity t ON x.tail = t.id
            """;

    static final String ATTENTION = """
            CREATE TABLE pair (q INT, k INT);
            CREATE PARAMETER TABLE token (id INT PRIMARY KEY, query VECTOR[3], key VECTOR[3], value VECTOR[2]);
            WITH score AS (
                SELECT p.q, p.k, inner_product(a.query, b.key) AS v
                FROM pair p JOIN token a ON a.id = p.q JOIN token b ON b.id = p.k
            ), total AS (
                SELECT q, LOGSUMEXP(v) AS v FROM score GROUP BY q
            ), attended AS (
                SELECT s.q, SUM(exp(s.v - total.v) * t.value) AS v
                FROM score s JOIN total USING (q) JOIN token t ON t.id = s.k
                GROUP BY s.q
            )
            SELECT SUM(tensor_sum(square(attended.v))) FROM attended
            """;

    private Examples() {}

    static Model parse(String text) {
        return ModelParser.parse("model.sql", text, ShapeSource.none());
    }

    /// Numbers between −1 and 1 for all inputs, integer keys from 0 to 3; some tuples of what is not learned are
    /// absent.
    static Map<String, Relation> random(Model model, Random random) {
        Map<String, Relation> data = new HashMap<>();
        for (Input input : model.inputs()) {
            data.put(
                    input.relation(),
                    GradientCheck.random(input.scan().type(), 4, input.learned() ? 0 : 0.3, random, -1, 1));
        }
        return data;
    }

    /// The data of one input: a key and a number each.
    static Relation scalars(Model model, String relation, Object... keysAndNumbers) {
        Scan scan = model.inputs().stream()
                .filter(input -> input.relation().equals(relation))
                .findFirst()
                .orElseThrow()
                .scan();
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int index = 0; index < keysAndNumbers.length; index += 2) {
            tuples.put((Key) keysAndNumbers[index], Tensor.scalar(((Number) keysAndNumbers[index + 1]).doubleValue()));
        }
        return new Relation(scan.type().key(), scan.type().shape(), tuples);
    }

    static double number(RelExpr expression, Map<String, Relation> data) {
        return Reference.run(expression, data).get(Key.EMPTY).orElseThrow().number();
    }
}
