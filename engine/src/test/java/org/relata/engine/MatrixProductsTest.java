package org.relata.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Conformance;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.memory.Precision;

/// Products with matrices of rows: what they give is what the reference gives, and the same bits for any number of
/// threads, whether matrices are copied first or read where they stand.
final class MatrixProductsTest {
    private static final Settings SETTINGS = new Settings(Map.of(), 7, 3);

    @TempDir
    private Path folder;

    private final Random random = new Random(5);
    private final Map<String, Relation> data = new LinkedHashMap<>();

    private void bind(String name, Shape shape, List<String> key, Stream<long[]> keys) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        keys.forEach(each -> {
            Object[] values = Arrays.stream(each).boxed().toArray();
            tuples.put(Key.of(values), tensor(shape));
        });
        data.put(name, new Relation(key.stream().map(Attribute::integer).toList(), shape, tuples));
    }

    private Tensor tensor(Shape shape) {
        return Tensor.of(shape, random.doubles(shape.size(), -0.5, 0.5).toArray());
    }

    private static RelExpr parameter(String name, Shape shape, String... key) {
        return new Scan(name, RelationType.of(shape, key), Scan.Role.PARAMETER);
    }

    /// Keys of one integer.
    private static Stream<long[]> upTo(int count) {
        return IntStream.range(0, count).mapToObj(id -> new long[] {id});
    }

    /// Compares a loss and its gradients with the reference, in all forms.
    private void agrees(RelExpr loss, String... parameters) {
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        outputs.put("loss", loss);
        outputs.putAll(Autodiff.gradient(loss, Rewrites.all(), parameters));
        Reference reference = new Reference(data, SETTINGS);
        Map<String, Relation> expected = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> expected.put(name, reference.run(expression)));
        for (Precision precision : Precision.values()) {
            for (Fusing fusing : Fusing.values()) {
                EngineOptions options = new EngineOptions(precision, 1, 1L << 30, folder).fusing(fusing);
                Map<String, Relation> actual = run(options, outputs);
                double tolerance = precision == Precision.FLOAT64 ? 1e-9 : 1e-4;
                expected.forEach((name, relation) -> assertEquals(
                        Optional.empty(),
                        Conformance.difference(relation, actual.get(name), tolerance),
                        name + " in " + precision + ", fusing " + fusing));
                assertEquals(actual, run(options.threads(3), outputs));
            }
        }
    }

    private Map<String, Relation> run(EngineOptions options, Map<String, RelExpr> outputs) {
        Map<String, Relation> results = new LinkedHashMap<>();
        try (EngineRunner runner = new EngineRunner(options)) {
            data.forEach(runner::bind);
            try (Program program = runner.compile(outputs)) {
                program.run(SETTINGS);
                outputs.keySet().forEach(name -> results.put(name, program.output(name)));
            }
        }
        return results;
    }

    /// A matrix in blocks, those on and above the diagonal, less products of factors.
    private void factorises(int blocks, int size, int factors) {
        Shape square = Shape.of(size, size);
        Shape tall = Shape.of(size, factors);
        bind(
                "block",
                square,
                List.of("i", "j"),
                upTo(blocks * blocks)
                        .map(each -> new long[] {each[0] / blocks, each[0] % blocks})
                        .filter(each -> each[0] <= each[1]));
        bind("factor", tall, List.of("id"), upTo(blocks));
        RelExpr factor = parameter("factor", tall, "id");
        RelExpr transposed = factor.map(Kernels::transpose);
        RelExpr loss = RelExpr.scan("block", RelationType.of(square, "i", "j"))
                .join(factor)
                .onEqual("i", "id")
                .keep("i", "j")
                .with((block, a) -> Kernels.concat(
                        0,
                        List.of(
                                Kernels.reshape(block, Shape.of(square.size())),
                                Kernels.reshape(a, Shape.of(tall.size())))))
                .join(transposed)
                .onEqual("j", "id")
                .keep("i", "j")
                .with((both, b) -> Kernels.subtract(
                        Kernels.reshape(Kernels.slice(both, 0, 0, square.size()), square),
                        Kernels.matmul(
                                Kernels.reshape(
                                        Kernels.slice(both, 0, square.size(), square.size() + tall.size()), tall),
                                b)))
                .map(rest -> Kernels.sum(Kernels.multiply(rest, rest)))
                .aggregate(Aggregator.SUM);
        agrees(loss, "factor");
    }

    @Test
    void aMatrixInBlocksIsFactorised() {
        factorises(7, 9, 21);
    }

    @Test
    void aMatrixOfOneBlockIsFactorised() {
        factorises(1, 5, 3);
    }

    /// A vector of each row times the matrix that the row's group has, or the other way round.
    private void projects(boolean matrixFirst, int rows, int groups, IntUnaryOperator group) {
        Shape shape = matrixFirst ? Shape.of(18, 15) : Shape.of(15, 18);
        data.clear();
        bind("row", Shape.SCALAR, List.of("id", "of"), upTo(rows).map(each ->
                new long[] {each[0], group.applyAsInt((int) each[0])}));
        bind("vector", Shape.of(15), List.of("id"), upTo(rows));
        bind("matrix", shape, List.of("id"), upTo(groups));
        RelExpr vector = parameter("vector", Shape.of(15), "id");
        RelExpr matrix = parameter("matrix", shape, "id");
        RelExpr loss = RelExpr.scan("row", RelationType.of(Shape.SCALAR, "id", "of"))
                .join(vector)
                .onEqual("id", "id")
                .keep("id", "of")
                .with((number, v) -> Kernels.multiply(number, v))
                .join(matrix)
                .onEqual("of", "id")
                .keep("id", "of")
                .with((v, m) -> projected(matrixFirst, v, m))
                .map(v -> Kernels.sum(Kernels.tanh(v)))
                .aggregate(Aggregator.SUM);
        agrees(loss, "vector", "matrix");
    }

    private static Kernel projected(boolean matrixFirst, Kernel vector, Kernel matrix) {
        return matrixFirst ? Kernels.matvec(matrix, vector) : Kernels.vecmat(vector, matrix);
    }

    @Test
    void vectorsAreMultipliedWithTheMatrixOfTheirRun() {
        for (boolean matrixFirst : List.of(false, true)) {
            // Runs of 170 rows go beyond a block, and beyond the part of a thread.
            projects(matrixFirst, 1_100, 7, row -> row / 170);
        }
    }

    @Test
    void runsMayBeOneRowLong() {
        for (boolean matrixFirst : List.of(false, true)) {
            projects(matrixFirst, 300, 5, row -> row * 7 % 5);
            projects(matrixFirst, 1, 1, _ -> 0);
        }
    }

    @Test
    void rowsWithoutAMatrixAreLeftOut() {
        projects(false, 200, 4, row -> row / 20);
        projects(true, 3, 4, row -> row + 4);
    }
}
