package org.relata.learn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Facts;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Precision;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Which keys a parameter gets, and what stands there at first.
class ParameterInitTest {
    private static final RelationData DATA = new RelationData(Map.of("x", Logistic.X, "y", Logistic.Y));

    @Test
    void theColumnThatTheLossJoinsSaysTheKeys() {
        Relation theta = start(Logistic.model(), DATA);
        assertEquals(
                new TreeSet<>(List.of(Key.of(0), Key.of(1), Key.of(2), Key.of(3))),
                theta.tuples().keySet());
        assertTrue(theta.tuples().values().stream().allMatch(value -> value.isFilledWith(0)));
    }

    @Test
    void rowsThatExistAreKept() {
        Relation there = Logistic.start(0.25, -1).get("theta");
        assertEquals(
                there,
                start(Logistic.model(), new RelationData(Map.of("x", Logistic.X, "y", Logistic.Y, "theta", there))));
    }

    @Test
    void rowsWithoutAValueAreGivenOne() {
        TrainingData data = new TrainingData() {
            @Override
            public Optional<Map<Key, Optional<Tensor>>> rows(Input parameter) {
                return Optional.of(Map.of(Key.of(0), Optional.of(Tensor.scalar(3)), Key.of(9), Optional.empty()));
            }

            @Override
            public NavigableSet<Key> values(String table, String column) {
                throw new AssertionError("the rows say the keys");
            }
        };
        Relation theta = start(Logistic.model(new Initialiser.Uniform(5, 6)), data);
        assertEquals(3, theta.get(Key.of(0)).orElseThrow().number());
        assertTrue(theta.get(Key.of(9)).orElseThrow().number() >= 5);
        assertEquals(2, theta.size());
    }

    @Test
    void aCheckSaysTheKeys() {
        Table.KeyColumn col =
                new Table.KeyColumn(Attribute.integer("col"), Optional.of(new Facts.Range(-1, 2)), Optional.empty());
        Relation theta = start(withKey(col), DATA);
        assertEquals(
                new TreeSet<>(List.of(Key.of(-1), Key.of(0), Key.of(1))),
                theta.tuples().keySet());
    }

    @Test
    void aForeignKeySaysTheKeys() {
        Table.KeyColumn col = new Table.KeyColumn(
                Attribute.integer("col"), Optional.empty(), Optional.of(new Table.Reference("y", "row")));
        assertEquals(Logistic.ROWS, start(withKey(col), DATA).size());
    }

    @Test
    void everyColumnThatTheLossJoinsCounts() {
        Scan edges = (Scan) RelExpr.scan("edges", RelationType.of(Shape.SCALAR, "src", "dst"));
        Scan factor = (Scan) RelExpr.parameter("factor", RelationType.of(Shape.of(3), "id"));
        RelExpr loss = edges.join(factor)
                .onEqual("src", "id")
                .keep("src", "dst")
                .with((weight, left) -> Kernels.multiply(weight, left))
                .join(factor)
                .onEqual("dst", "id")
                .keep("src", "dst")
                .with(Kernels::inner)
                .sum();
        Table edgeTable = Logistic.table("edges", Optional.empty(), "src", "dst");
        Table factorTable = new Table(
                "factor",
                List.of(new Table.KeyColumn(Attribute.integer("id"), Optional.empty(), Optional.empty())),
                List.of("id"),
                List.of(new Table.ValueColumn("v", Shape.of(3), Optional.of(new Initialiser.Normal(0.5)))));
        Model model = new Model(
                List.of(edgeTable, factorTable),
                List.of(Logistic.input(edges, edgeTable), Logistic.input(factor, factorTable)),
                loss,
                Map.of());
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        tuples.put(Key.of(1, 5), Tensor.scalar(1));
        tuples.put(Key.of(2, 7), Tensor.scalar(1));
        Relation data = new Relation(edges.type().key(), Shape.SCALAR, tuples);
        Relation start = ParameterInit.of(model, new RelationData(Map.of("edges", data)), 3)
                .get("factor");
        assertEquals("[⟨1⟩, ⟨2⟩, ⟨5⟩, ⟨7⟩]", start.tuples().keySet().toString());
    }

    @Test
    void keysThatNothingSaysAreAnError() {
        Scan free = (Scan) RelExpr.parameter("free", RelationType.of(Shape.SCALAR, "id"));
        Table table = Logistic.table("free", Optional.of(new Initialiser.Zeros()), "id");
        Model model = new Model(List.of(table), List.of(Logistic.input(free, table)), free.sum(), Map.of());
        AlgebraException error =
                assertThrows(AlgebraException.class, () -> ParameterInit.of(model, new RelationData(Map.of()), 0));
        assertEquals(
                "parameter free: nothing says which values its key attribute id takes; declare CHECK (id BETWEEN … AND …)"
                        + " or REFERENCES a column that has them, or create the table with its rows",
                error.getMessage());
    }

    @Test
    void keysThatAnotherKeyDeterminesAreNotMadeUp() {
        Model model = Logistic.model();
        Input theta = model.parameters().getFirst();
        Table table = new Table(
                "theta", theta.table().keys(), List.of(), theta.table().values());
        Model loose = new Model(
                model.tables(),
                List.of(model.inputs().get(0), model.inputs().get(1), Logistic.input(theta.scan(), table)),
                model.loss(),
                Map.of());
        AlgebraException error = assertThrows(AlgebraException.class, () -> start(loose, DATA));
        assertEquals(
                "parameter theta: nothing says which col goes with which row of the primary key; create the table with its"
                        + " rows",
                error.getMessage());
    }

    @Test
    void aDrawIsAFunctionOfSeedRelationAndKey() {
        RelationType type = RelationType.of(Shape.of(50), "id");
        for (Initialiser each :
                List.of(new Initialiser.Normal(2), new Initialiser.Uniform(-1, 3), new Initialiser.Glorot())) {
            Tensor one = ParameterInit.draw(each, "w", type, Key.of(1), 4);
            assertEquals(one, ParameterInit.draw(each, "w", type, Key.of(1), 4));
            assertNotEquals(one, ParameterInit.draw(each, "w", type, Key.of(2), 4));
            assertNotEquals(one, ParameterInit.draw(each, "w", type, Key.of(1), 5));
            assertNotEquals(one, ParameterInit.draw(each, "u", type, Key.of(1), 4));
        }
    }

    @Test
    void drawsAreDistributedAsTheyShould() {
        RelationType type = RelationType.of(Shape.of(100, 200), "id");
        double[] normal = ParameterInit.draw(new Initialiser.Normal(2), "w", type, Key.of(1), 0)
                .toArray();
        assertEquals(0, Arrays.stream(normal).average().orElseThrow(), 0.06);
        assertEquals(4, Arrays.stream(normal).map(x -> x * x).average().orElseThrow(), 0.15);
        assertEquals(0.6827, Arrays.stream(normal).filter(x -> Math.abs(x) < 2).count() / 20000.0, 0.015);
        double[] uniform = ParameterInit.draw(new Initialiser.Uniform(-1, 3), "w", type, Key.of(1), 0)
                .toArray();
        assertEquals(1, Arrays.stream(uniform).average().orElseThrow(), 0.05);
        assertTrue(Arrays.stream(uniform).allMatch(x -> x >= -1 && x < 3));
        double[] glorot = ParameterInit.draw(new Initialiser.Glorot(), "w", type, Key.of(1), 0)
                .toArray();
        double bound = Math.sqrt(6.0 / 300);
        assertEquals(bound, Arrays.stream(glorot).map(Math::abs).max().orElseThrow(), bound * 0.01);
    }

    private static Relation start(Model model, TrainingData data) {
        Relation start = ParameterInit.of(model, data, 0).get("theta");
        if (start == null) {
            throw new AssertionError("theta has no start");
        }
        return start;
    }

    /// The model with a key column of its parameter declared otherwise.
    private static Model withKey(Table.KeyColumn column) {
        Model model = Logistic.model();
        Input theta = model.parameters().getFirst();
        Table table = new Table(
                "theta", List.of(column), List.of("col"), theta.table().values());
        return new Model(
                model.tables(),
                List.of(model.inputs().get(0), model.inputs().get(1), Logistic.input(theta.scan(), table)),
                model.loss(),
                Map.of());
    }

    @Test
    void theEngineDrawsWhereItHoldsThemWhatTuplesGet() {
        Model model = ModelParser.parse("m.sql", """
                CREATE TABLE x (id INT PRIMARY KEY, v DOUBLE);
                CREATE PARAMETER TABLE a (id INT PRIMARY KEY CHECK (id BETWEEN 3 AND 9), v VECTOR[4] normal(1));
                CREATE PARAMETER TABLE w (v VECTOR[4] uniform(0, 1));
                SELECT SUM(x.v * inner_product(a.v, w.v)) AS loss FROM x JOIN a ON x.id = a.id, w;
                """, ShapeSource.none());
        RelationData data = new RelationData(Map.of());
        try (EngineRunner engine = new EngineRunner(EngineOptions.standard().precision(Precision.FLOAT64))) {
            ParameterInit.start(model, data, 6).bind(engine);
            ParameterInit.of(model, data, 6).forEach((name, relation) -> assertEquals(relation, engine.read(name)));
        }
    }
}
