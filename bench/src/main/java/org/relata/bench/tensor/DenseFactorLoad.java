package org.relata.bench.tensor;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.engine.memory.Values;
import org.relata.learn.train.Optimizer;

/// A symmetric factorisation of a full matrix into factors that are not negative.
///
/// The matrix is its own transpose, so that blocks on and above the diagonal say all of it: the others count twice.
/// That
/// saves a third of the products, as NumPy's product of a matrix with its own transpose does on the other side.
///
/// @param nodes rows of the matrix
/// @param factors numbers of each
record DenseFactorLoad(int nodes, int factors) implements TensorLoad {
    /// Rows of a block. The smaller, the less is done twice on the diagonal; the larger, the faster a product.
    private static final int BLOCK = 500;

    private static final String MODEL = """
            CREATE TABLE block (i INT, j INT, m MATRIX[%1$d][%1$d], PRIMARY KEY (i, j));
            CREATE PARAMETER TABLE factor (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND %2$d), v MATRIX[%1$d][%3$d]);

            WITH residual AS (
                SELECT block.i, block.j, block.m - matrix_multiply(a.v, transpose(b.v)) AS v
                FROM block JOIN factor a ON block.i = a.id JOIN factor b ON block.j = b.id
            )
            SELECT SUM(CASE WHEN i = j THEN 1 ELSE 2 END * tensor_sum(square(v))) / %4$s AS loss FROM residual;
            """;

    /// The blocks of a side.
    private int blocks() {
        return nodes / BLOCK;
    }

    @Override
    public String name() {
        return "nnmf-dense-" + (nodes == factors ? nodes : nodes + "x" + factors);
    }

    @Override
    public void write(Path folder) {
        // The peers draw the same numbers themselves.
    }

    @Override
    public Training open(EngineOptions options) {
        EngineRunner runner = EngineTraining.runner(options);
        Map<String, EngineRunner.Keys> keys = new LinkedHashMap<>();
        int[] places = places();
        keys.put("i", row -> places[row] / blocks());
        keys.put("j", row -> places[row] % blocks());
        runner.bindColumns("block", keys, places.length, Shape.of(BLOCK, BLOCK), this::draw);
        float[] start = Streams.uniform(604, nodes * factors, 0, 1 / Math.sqrt(factors));
        runner.bindDense(
                "factor", "id", 0, blocks(), Shape.of(BLOCK, factors), values -> EngineTraining.fill(values, start));
        return EngineTraining.of(
                runner,
                MODEL.formatted(BLOCK, blocks() - 1, factors, 2.0 * nodes * nodes),
                new Optimizer.Sgd(0.1),
                parameter -> parameter.map(Kernels::relu),
                () -> {},
                Set.of());
    }

    /// Blocks on and above the diagonal, as if all were numbered row by row.
    private int[] places() {
        int[] places = new int[blocks() * (blocks() + 1) / 2];
        int count = 0;
        for (int i = 0; i < blocks(); i++) {
            for (int j = i; j < blocks(); j++) {
                places[count++] = i * blocks() + j;
            }
        }
        return places;
    }

    /// What a matrix drawn row by row has above its diagonal, and the same below.
    private void draw(Values values) {
        SplittableRandom random = new SplittableRandom(601);
        for (int row = 0; row < nodes; row++) {
            for (int column = 0; column < nodes; column++) {
                float number = (float) random.nextDouble();
                if (column >= row) {
                    put(values, row, column, number);
                    if (row / BLOCK == column / BLOCK) {
                        put(values, column, row, number);
                    }
                }
            }
        }
    }

    private void put(Values values, int row, int column, float number) {
        int i = row / BLOCK;
        int j = column / BLOCK;
        long tuple = (long) i * blocks() - (long) i * (i - 1) / 2 + j - i;
        long at = (tuple * BLOCK + row % BLOCK) * BLOCK + column % BLOCK;
        values.segment().setAtIndex(ValueLayout.JAVA_FLOAT, at, number);
    }

    @Override
    public List<Peer> peers() {
        return List.of(peer("NumPy", "numpy"), peer("PyTorch", "torch"));
    }

    private Peer peer(String name, String word) {
        return new Peer(name, List.of("nnmf.py", "--case", nodes + "x" + factors, "--peer", word, "--runs", "3"));
    }
}
