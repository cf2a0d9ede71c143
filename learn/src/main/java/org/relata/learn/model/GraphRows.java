package org.relata.learn.model;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;

/// Where the steps of a training read a relation that is bound, to see a part of it: in the runner's own memory, which
/// may be a file, so that nothing stands there twice; or in arrays, for runners that keep no rows.
sealed interface GraphRows {
    /// The rows whose first key is one of some numbers, where rows are in the order of it.
    ///
    /// @param sorted each once
    Rows only(int[] sorted);

    /// Neighbours by rows (dst, src) in the order of dst.
    NeighbourSampler sampler(int nodes);

    /// The rows of a relation that was bound.
    static GraphRows of(Runner runner, String relation, RowSource source) {
        return runner.keepsRows() ? new Stored(runner, relation, source.shape()) : new Copied(source.rows());
    }

    /// In arrays.
    record Copied(Rows rows) implements GraphRows {
        @Override
        public Rows only(int[] sorted) {
            return rows.only(sorted);
        }

        @Override
        public NeighbourSampler sampler(int nodes) {
            return NeighbourSampler.of(
                    nodes,
                    rows.keys().firstEntry().getValue(),
                    rows.keys().lastEntry().getValue(),
                    rows.values());
        }
    }

    /// In a runner that keeps rows.
    record Stored(Runner runner, String relation, Shape shape) implements GraphRows {
        @Override
        public NeighbourSampler sampler(int nodes) {
            return runner.look(relation, rows -> {
                int[] starts = new int[nodes + 1];
                for (int row = 0; row < rows.count(); row++) {
                    starts[(int) rows.key(0, row) + 1]++;
                }
                for (int node = 0; node < nodes; node++) {
                    starts[node + 1] += starts[node];
                }
                return NeighbourSampler.of(starts, new NeighbourSampler.Links() {
                    @Override
                    public int source(int edge) {
                        return (int) rows.key(1, edge);
                    }

                    @Override
                    public float weight(int edge) {
                        return (float) rows.number(edge, 0);
                    }
                });
            });
        }

        @Override
        public Rows only(int[] sorted) {
            return runner.look(relation, rows -> {
                int[] found = found(rows, sorted);
                SequencedMap<String, int[]> columns = new LinkedHashMap<>();
                for (Attribute attribute : rows.attributes()) {
                    int number = columns.size();
                    columns.put(
                            attribute.name(),
                            IntStream.of(found)
                                    .map(row -> (int) rows.key(number, row))
                                    .toArray());
                }
                float[] numbers = new float[found.length * rows.width()];
                for (int row = 0; row < found.length; row++) {
                    rows.copy(found[row], numbers, row * rows.width());
                }
                return new Rows(columns, shape, numbers);
            });
        }

        private static int[] found(RowReader rows, int[] sorted) {
            IntStream.Builder found = IntStream.builder();
            for (int number : sorted) {
                for (int row = lowest(rows, number); row < rows.count() && rows.key(0, row) == number; row++) {
                    found.add(row);
                }
            }
            return found.build().toArray();
        }

        /// The first row in which the first key, which is in order, has a number, or would.
        private static int lowest(RowReader rows, int number) {
            int from = 0;
            for (int to = rows.count(); from < to; ) {
                int middle = (from + to) >>> 1;
                if (rows.key(0, middle) < number) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }
    }
}
