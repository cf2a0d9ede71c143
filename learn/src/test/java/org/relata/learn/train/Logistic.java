package org.relata.learn.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;

/// Logistic regression, as the parser would make it of a model file, with data.
final class Logistic {
    static final int ROWS = 60;
    static final int COLUMNS = 4;

    static final Relation X = features();
    static final Relation Y = labels();

    private Logistic() {}

    static Model model() {
        return model(new Initialiser.Zeros());
    }

    static Model model(Initialiser start) {
        Scan x = (Scan) RelExpr.scan("x", RelationType.of(Shape.SCALAR, "row", "col"));
        Scan y = (Scan) RelExpr.scan("y", RelationType.of(Shape.SCALAR, "row"));
        Scan theta = (Scan) RelExpr.parameter("theta", RelationType.of(Shape.SCALAR, "col"));
        RelExpr z = x.join(theta).on("col").with(Kernels::multiply).sum("row");
        RelExpr loss = z.join(y)
                .on("row")
                .with((logit, label) -> Kernels.subtract(Kernels.softplus(logit), Kernels.multiply(label, logit)))
                .sum();
        Table xs = table("x", Optional.empty(), "row", "col");
        Table ys = table("y", Optional.empty(), "row");
        Table thetas = table("theta", Optional.of(start), "col");
        return new Model(
                List.of(xs, ys, thetas), List.of(input(x, xs), input(y, ys), input(theta, thetas)), loss, Map.of());
    }

    /// A table of one scalar column `v`.
    static Table table(String name, Optional<Initialiser> learned, String... keys) {
        return new Table(
                name,
                List.of(keys).stream()
                        .map(key -> new Table.KeyColumn(Attribute.integer(key), Optional.empty(), Optional.empty()))
                        .toList(),
                List.of(keys),
                List.of(new Table.ValueColumn("v", Shape.SCALAR, learned)));
    }

    static Input input(Scan scan, Table table) {
        return new Input(scan, table, Optional.of(table.values().getFirst()), Optional.empty(), List.of());
    }

    /// A runner that holds the data.
    static Runner runner() {
        Runner runner = new ReferenceRunner();
        runner.bind("x", X);
        runner.bind("y", Y);
        return runner;
    }

    /// A start of the parameter.
    static Map<String, Relation> start(double... values) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int col = 0; col < values.length; col++) {
            tuples.put(Key.of(col), Tensor.scalar(values[col]));
        }
        return Map.of("theta", new Relation(List.of(Attribute.integer("col")), Shape.SCALAR, tuples));
    }

    static double[] numbers(Relation relation) {
        return relation.tuples().values().stream().mapToDouble(Tensor::number).toArray();
    }

    private static Relation features() {
        Random random = new Random(1);
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < ROWS; row++) {
            for (int col = 0; col < COLUMNS; col++) {
                tuples.put(Key.of(row, col), Tensor.scalar(col == 0 ? 1 : random.nextGaussian()));
            }
        }
        return new Relation(List.of(Attribute.integer("row"), Attribute.integer("col")), Shape.SCALAR, tuples);
    }

    private static Relation labels() {
        Random random = new Random(2);
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int row = 0; row < ROWS; row++) {
            double z = 0.5 + X.get(Key.of(row, 1)).orElseThrow().number() + 0.5 * random.nextGaussian();
            tuples.put(Key.of(row), Tensor.scalar(z > 0 ? 1 : 0));
        }
        return new Relation(List.of(Attribute.integer("row")), Shape.SCALAR, tuples);
    }
}
