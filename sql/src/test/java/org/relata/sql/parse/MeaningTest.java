package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relata.algebra.Reference;
import org.relata.algebra.kernel.KernelContext;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// What queries mean, by their results on small relations.
final class MeaningTest {
    private static final String TABLES = """
            CREATE TABLE edge (src INT, dst INT, w DOUBLE);
            CREATE TABLE node (id INT PRIMARY KEY, kind TEXT, v DOUBLE, x VECTOR[2]);
            CREATE TABLE loop (at INT);
            """;

    private final Map<String, Relation> data = new HashMap<>();

    /// The value of a query of one number.
    private double number(String query) {
        return Examples.number(bound(query).loss(), data);
    }

    /// The tuples of a query, in key order, as text.
    private String tuples(String query) {
        Model model = bound("CREATE VIEW result AS " + query + "; SELECT SUM(w) FROM edge");
        return Reference.run(model.named().get("result"), data).tuples().toString();
    }

    private Model bound(String query) {
        Model model = Examples.parse(TABLES + query);
        Model every = Examples.parse(TABLES + "SELECT SUM(e.w * n.v * tensor_sum(n.x)) FROM edge e, node n, loop");
        for (Input input : every.inputs()) {
            TreeMap<Key, Tensor> tuples = new TreeMap<>();
            switch (input.relation()) {
                case "edge" -> {
                    tuples.put(Key.of(1, 2), Tensor.scalar(0.5));
                    tuples.put(Key.of(1, 3), Tensor.scalar(2));
                    tuples.put(Key.of(2, 3), Tensor.scalar(-1));
                    tuples.put(Key.of(3, 3), Tensor.scalar(4));
                }
                case "node.v" -> {
                    tuples.put(Key.of(1, "a"), Tensor.scalar(1));
                    tuples.put(Key.of(2, "b"), Tensor.scalar(2));
                    tuples.put(Key.of(3, "a"), Tensor.scalar(3));
                }
                case "node.x" -> {
                    tuples.put(Key.of(1, "a"), Tensor.vector(1, 0));
                    tuples.put(Key.of(2, "b"), Tensor.vector(0, 2));
                    tuples.put(Key.of(3, "a"), Tensor.vector(3, 4));
                }
                default -> tuples.put(Key.of(3), Tensor.scalar(1));
            }
            data.put(
                    input.relation(),
                    new Relation(input.scan().type().key(), input.scan().type().shape(), tuples));
        }
        model.inputs().stream()
                .filter(input -> input.condition().isPresent())
                .forEach(input -> data.put(input.relation(), conditioned(input)));
        return model;
    }

    /// The tuples of an input whose condition holds.
    private Relation conditioned(Input input) {
        Relation all = data.get(input.relation().substring(0, input.relation().indexOf('?')));
        TreeMap<Key, Tensor> tuples = new TreeMap<>(all.tuples());
        tuples.keySet().removeIf(key -> {
            Tensor[] read = input.read().stream()
                    .map(column -> data.get(Scans.relation(input.table(), Optional.of(column)))
                            .get(key)
                            .orElseThrow())
                    .toArray(Tensor[]::new);
            return input.condition()
                            .orElseThrow()
                            .evaluate(KernelContext.of(read))
                            .number()
                    == 0;
        });
        return new Relation(all.attributes(), all.shape(), tuples);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT SUM(w) FROM edge                                                     | 5.5
            SELECT sum(W) From EDGE                                                     | 5.5
            SELECT AVG(w) FROM edge                                                     | 1.375
            SELECT MIN(w) FROM edge                                                     | -1
            SELECT MAX(w) FROM edge                                                     | 4
            SELECT COUNT(*) FROM edge                                                   | 4
            SELECT COUNT(kind) FROM node                                                | 3
            SELECT PRODUCT(w) FROM edge                                                 | -4
            SELECT VAR_SAMP(v) FROM node                                                | 1
            SELECT STDDEV_SAMP(2 * v) FROM node                                         | 2
            SELECT EXP(LOGSUMEXP(ln(v))) FROM node                                      | 6
            SELECT SUM(w) / COUNT(*) + 1 FROM edge                                      | 2.375
            SELECT EXP(SUM(v) - SUM(v)) FROM node                                       | 1
            SELECT SUM(w) FROM edge WHERE src = 1                                       | 2.5
            SELECT SUM(w) FROM edge WHERE src <> dst AND NOT dst = 2                    | 1
            SELECT SUM(w) FROM edge WHERE src IN (2, 3)                                 | 3
            SELECT SUM(w) FROM edge WHERE src NOT IN (2, 3)                             | 2.5
            SELECT SUM(w) FROM edge WHERE src BETWEEN 2 AND 3 OR dst = 2                | 3.5
            SELECT SUM(w) FROM edge WHERE src + 1 = dst                                 | -0.5
            SELECT SUM(w) FROM edge WHERE (src * 2) % 3 = 2                             | 2.5
            SELECT SUM(w) FROM edge WHERE src / 2 = 1                                   | 3
            SELECT SUM(w) FROM edge WHERE src = -1 + 2                                  | 2.5
            SELECT SUM(w) FROM edge WHERE w > 0                                         | 6.5
            SELECT SUM(w) FROM edge WHERE w > 0 AND src = 1                             | 2.5
            SELECT SUM(w) FROM edge WHERE w BETWEEN 0 AND 1 OR w = 4                    | 4.5
            SELECT SUM(v) FROM node WHERE kind = 'a'                                    | 4
            SELECT SUM(v) FROM node WHERE tensor_max(x) >= 2                            | 5
            SELECT SUM(e.w * n.v) FROM edge e JOIN node n ON e.dst = n.id               | 16
            SELECT SUM(e.w * n.v) FROM edge e, node n WHERE e.dst = n.id                | 16
            SELECT SUM(e.w * n.v) FROM edge e, node n WHERE e.dst = n.id + 1            | 10.5
            SELECT SUM(e.w * n.v) FROM edge e, node n WHERE e.dst > n.id                | 15.5
            SELECT SUM(e.w) FROM edge e, node n                                         | 16.5
            SELECT SUM(e.w * a.v * b.v) FROM edge e JOIN node a ON a.id = e.src JOIN node b ON b.id = e.dst | 37
            SELECT SUM(a.w * b.w) FROM edge a JOIN edge b ON a.dst = b.src              | 19.5
            SELECT SUM(a.w * b.w) FROM edge a JOIN edge b USING (src, dst)              | 21.25
            SELECT SUM(e.w) FROM edge e CROSS JOIN loop l WHERE e.dst = l.at            | 5
            SELECT SUM(e.w) FROM edge e, loop l WHERE e.src = l.at AND e.dst = l.at     | 4
            SELECT SUM(q.s * n.v) FROM (SELECT src, SUM(w) AS s FROM edge GROUP BY src) q JOIN node n ON n.id = q.src | 12.5
            SELECT SUM(q.s * q.n) FROM (SELECT src, SUM(w) AS s, COUNT(*) AS n FROM edge GROUP BY src) q | 8
            SELECT SUM(q.s * q.odd) FROM (SELECT src % 2 AS odd, SUM(w) AS s FROM edge GROUP BY odd) q | 6.5
            SELECT SUM(q.s * q.odd) FROM (SELECT src % 2 AS odd, SUM(w) AS s FROM edge GROUP BY 1) q | 6.5
            SELECT SUM(CASE WHEN w > 1 AND src = 1 THEN 10 WHEN src = 2 THEN 1 ELSE 0 END) FROM edge | 11
            SELECT SUM(CASE src WHEN 1 THEN w ELSE 0 END) FROM edge                     | 2.5
            SELECT SUM(CASE WHEN NOT (w < 0 OR kind = 'b') THEN v ELSE 0 END) FROM edge JOIN node ON id = dst | 6
            SELECT SUM(src / 2 * w) FROM edge                                           | 6.25
            SELECT SUM(w * 2 / 4 - -w - w * 0.5) FROM edge                              | 5.5
            SELECT SUM(CAST(src % 2 AS DOUBLE)) FROM edge                               | 3
            SELECT SUM(1e1 * w + .5) FROM edge                                          | 57
            SELECT SUM(power(v, 2) + pow(v, 1) + square(v)) FROM node                   | 34
            SELECT SUM(greatest(w, 1, 2) + least(w, 0)) FROM edge                       | 9
            SELECT SUM(abs(w) + sign(w) + relu(w)) FROM edge                            | 16
            SELECT SUM(leaky_relu(w, 0.5) + leaky_relu(-w)) FROM edge                   | 6.935
            SELECT SUM(sigmoid(w) + logistic(-w)) FROM edge                             | 4
            SELECT SUM(sqrt(v * v) + log(exp(v))) FROM node                             | 12
            SELECT SUM(norm(x) + inner_product(x, x)) FROM node                         | 38
            SELECT SUM(tensor_sum(x) + tensor_mean(x) + tensor_max(x) + tensor_min(x)) FROM node | 25
            SELECT SUM(tensor_sum(softmax(x)) + EXP(tensor_logsumexp(log_softmax(x)))) FROM node | 6
            SELECT SUM(tensor_sum(normalize(x) * normalize(x))) FROM node               | 3
            SELECT SUM(tensor_sum(slice(concat(x, v), 1, 3))) FROM node                 | 12
            SELECT SUM(tensor_sum(outer_product(x, x))) FROM node                       | 54
            SELECT SUM(tensor_sum(matrix_multiply(outer_product(x, x), x))) FROM node   | 184
            SELECT SUM(tensor_sum(vector_matrix_multiply(x, transpose(outer_product(x, x))))) FROM node | 184
            SELECT tensor_sum(SUM(w * n.x)) FROM edge JOIN node n ON n.id = edge.dst    | 36
            SELECT tensor_sum(MAX(x)) FROM node                                         | 7
            SELECT a.s + b.s FROM (SELECT SUM(w) AS s FROM edge) a, (SELECT SUM(v) AS s FROM node) b | 11.5
            SELECT SUM(w) FROM edge UNION ALL SELECT SUM(v) FROM node                   | 11.5
            SELECT SUM(l) FROM (SELECT a.id, b.v - a.v AS l FROM node a, node b WHERE b.id = 3) q | 3
            """)
    void isTheNumber(String query, double expected) {
        assertEquals(expected, number(query), 1e-12);
    }

    @Test
    void keysAreNamedAndOrderedAsSelected() {
        assertEquals("{⟨2, 1⟩=0.5, ⟨3, 1⟩=2, ⟨3, 2⟩=-1, ⟨3, 3⟩=4}", tuples("SELECT dst, src AS s, w FROM edge"));
    }

    @Test
    void unionAllAddsUpWhereKeysAreEqual() {
        assertEquals(
                "{⟨1⟩=1, ⟨2⟩=4, ⟨3⟩=6}",
                tuples("SELECT id, v FROM node UNION ALL SELECT n.id AS k, n.v AS u FROM node n WHERE n.id > 1"));
    }

    @Test
    void groupingWithoutAggregateGivesEachKeyOnce() {
        assertEquals("{⟨1⟩=1, ⟨2⟩=1, ⟨3⟩=1}", tuples("SELECT src FROM edge GROUP BY src"));
    }

    @Test
    void aGroupMayUseWhatItsKeyTells() {
        assertEquals(
                "{⟨1⟩=3.5, ⟨2⟩=1, ⟨3⟩=7}",
                tuples("SELECT n.id, n.v + SUM(e.w) AS v FROM node n JOIN edge e ON e.src = n.id GROUP BY n.id"));
    }

    @Test
    void aGroupOfOneHasNoVariance() {
        assertEquals("{⟨1⟩=1.125}", tuples("SELECT src, VAR_SAMP(w) AS v FROM edge GROUP BY src"));
    }

    @Test
    void viewsCommonTablesAndSubQueriesComposeAndHideWhatIsOutside() {
        assertEquals(11, number("""
                        CREATE VIEW out (node, total) AS SELECT src, SUM(w) FROM edge GROUP BY src;
                        WITH edge AS (SELECT node AS src, total AS w FROM out),
                             twice (k, d) AS (SELECT src, 2 * w FROM edge)
                        SELECT SUM(q.d) FROM (SELECT k, d FROM twice) q
                        """));
    }

    @Test
    void hyperParametersAreGivenWhenRun() {
        Model model = bound("SELECT :lambda * SUM(w) FROM edge");
        Reference run = new Reference(data, new Settings(Map.of("lambda", 2.0), 0, 0));
        assertEquals(11, run.run(model.loss()).get(Key.EMPTY).orElseThrow().number());
    }

    @Test
    void randomNumbersAreFunctionsOfTheirKeys() {
        assertEquals(0, number("SELECT SUM(random('s', src) - random('s', src)) FROM edge"));
        assertEquals(0, number("""
                        SELECT SUM(a.r - random('s', e.src)) FROM edge e
                        JOIN (SELECT id, random('s', id) AS r FROM node) a ON a.id = e.src
                        """));
        assertEquals(
                4,
                number(
                        "SELECT SUM(tensor_sum(CASE WHEN random_like(n.x, 's', id) < 2 THEN 1 ELSE 0 END)) - 2 FROM node n"));
    }

    @Test
    void conditionsOverValuesAreInputsOfTheirOwn() {
        Model model =
                bound("SELECT SUM(a.w * b.w * c.w) FROM edge a, edge b, edge c WHERE a.w > 0 AND b.w > 0 AND c.w < 0");
        assertEquals(
                List.of("edge?1", "edge?2"),
                model.inputs().stream().map(Input::relation).toList());
        assertEquals(
                "v > 0", model.inputs().getFirst().condition().orElseThrow().text());
    }

    @Test
    void reservedWordsAreNamesWhereTheyCanBe() {
        Model model = Examples.parse("""
                CREATE TABLE A (row INT, value DOUBLE, year INT, end DOUBLE, left INT);
                SELECT SUM(CASE WHEN row = 1 THEN value ELSE end END + A.end * value) AS end
                FROM A WHERE year > 0 AND A.left = left
                """);
        assertEquals(
                List.of("A.value", "A.end"),
                model.inputs().stream().map(Input::relation).toList());
    }
}
