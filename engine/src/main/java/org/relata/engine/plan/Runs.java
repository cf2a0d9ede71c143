package org.relata.engine.plan;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.relata.algebra.Join;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Linear;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;

/// Rows that follow each other and read the same matrix: their vectors are multiplied with it together. A sum that
/// takes rows in another order would read a matrix for each row.
final class Runs {
    /// Numbers of a matrix that is worth it.
    private static final int LEAST = 256;

    /// Rows that are looked at.
    private static final int MANY = 4096;

    private Runs() {}

    /// What is to keep its values for a sum: products with matrices that are the same run by run as rows stand, and are
    /// not in the order of groups.
    ///
    /// @param input of the sum
    static Optional<Keyed> brokenBy(Keyed input, Groups groups) {
        if (!(groups.order() instanceof RowMap.Indexed order)) {
            return Optional.empty();
        }
        Path path = new Path(input, order::at).passed();
        if (!(path.keyed.expression() instanceof Join join) || !multiplies(join.kernel())) {
            return Optional.empty();
        }
        for (int index = 0; index < path.keyed.inputs().size(); index++) {
            Path matrix = new Path(path.keyed, row -> row).next(index).passed();
            if (matrix.keyed.width() >= LEAST
                    && runs(matrix.map, path.keyed.keys().rows()) * 2L
                            < runs(then(path.map, matrix.map), groups.rows())) {
                return Optional.of(path.keyed);
            }
        }
        return Optional.empty();
    }

    /// An operator, and which of its rows are read.
    private record Path(Keyed keyed, IntUnaryOperator map) {
        Path next(int input) {
            return new Path(keyed.inputs().get(input), then(map, keyed.maps().get(input)::at));
        }

        /// Where the values stand that are only passed on.
        Path passed() {
            Path path = this;
            for (int input = Planner.passed(keyed); input >= 0; input = Planner.passed(path.keyed)) {
                path = path.next(input);
            }
            return path;
        }
    }

    private static IntUnaryOperator then(IntUnaryOperator first, IntUnaryOperator next) {
        return row -> {
            int middle = first.applyAsInt(row);
            return middle == RowMap.ABSENT ? RowMap.ABSENT : next.applyAsInt(middle);
        };
    }

    private static boolean multiplies(Kernel kernel) {
        return KernelGraph.sorted(kernel).stream()
                .anyMatch(part -> part instanceof Linear.MatMul product
                        && (product.left().shape().size() >= LEAST
                                || product.right().shape().size() >= LEAST));
    }

    /// How many runs the first rows have.
    private static int runs(IntUnaryOperator map, int rows) {
        int runs = 0;
        int last = Integer.MIN_VALUE;
        for (int row = 0; row < Math.min(MANY, rows); row++) {
            int at = map.applyAsInt(row);
            runs += at == last ? 0 : 1;
            last = at;
        }
        return runs;
    }
}
