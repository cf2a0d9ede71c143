package org.relata.learn.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.engine.EngineRunner;
import org.relata.engine.keys.Column;
import org.relata.engine.memory.Precision;

/// Where the steps of a training read a relation that is bound, to see a part of it: in the engine's own memory, which
/// may be a file, so that nothing stands there twice; or in arrays, for runners that do not show theirs.
sealed interface GraphRows {
    /// The rows whose first key is one of some numbers, where rows are in the order of it.
    ///
    /// @param sorted each once
    Rows only(int[] sorted);

    /// Neighbours by rows (dst, src) in the order of dst.
    NeighbourSampler sampler(int nodes);

    /// The rows of a relation that was bound.
    static GraphRows of(Runner runner, String relation, RowSource source) {
        return runner instanceof EngineRunner engine
                ? new Stored(engine, relation, source.shape())
                : new Copied(source.rows());
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

    /// In the engine.
    record Stored(EngineRunner engine, String relation, Shape shape) implements GraphRows {
        @Override
        public NeighbourSampler sampler(int nodes) {
            return engine.look(relation, (keys, values) -> {
                int[] starts = new int[nodes + 1];
                Column targets = keys.columns().getFirst();
                for (int row = 0; row < keys.rows(); row++) {
                    starts[(int) targets.at(row) + 1]++;
                }
                for (int node = 0; node < nodes; node++) {
                    starts[node + 1] += starts[node];
                }
                Column sources = keys.columns().getLast();
                return NeighbourSampler.of(starts, new NeighbourSampler.Links() {
                    @Override
                    public int source(int edge) {
                        return (int) sources.at(edge);
                    }

                    @Override
                    public float weight(int edge) {
                        return (float) values.get(edge, 0);
                    }
                });
            });
        }

        @Override
        public Rows only(int[] sorted) {
            return engine.look(relation, (keys, values) -> {
                Column first = keys.columns().getFirst();
                IntStream.Builder found = IntStream.builder();
                for (int number : sorted) {
                    for (int row = lowest(first, keys.rows(), number);
                            row < keys.rows() && first.at(row) == number;
                            row++) {
                        found.add(row);
                    }
                }
                int[] rows = found.build().toArray();
                List<int[]> columns = new ArrayList<>();
                for (Column column : keys.columns()) {
                    columns.add(
                            IntStream.of(rows).map(row -> (int) column.at(row)).toArray());
                }
                int width = values.width();
                float[] numbers = new float[rows.length * width];
                for (int row = 0; row < rows.length; row++) {
                    if (values.precision() == Precision.FLOAT32) {
                        MemorySegment.copy(
                                values.segment(),
                                ValueLayout.JAVA_FLOAT,
                                (long) rows[row] * width * Float.BYTES,
                                numbers,
                                row * width,
                                width);
                    } else {
                        for (int element = 0; element < width; element++) {
                            numbers[row * width + element] = (float) values.get(rows[row], element);
                        }
                    }
                }
                SequencedMap<String, int[]> named = new LinkedHashMap<>();
                for (Attribute attribute : keys.attributes()) {
                    named.put(attribute.name(), columns.get(named.size()));
                }
                return new Rows(named, shape, numbers);
            });
        }

        /// The first row in which a sorted column holds a number, or would.
        private static int lowest(Column column, int rows, int number) {
            int from = 0;
            for (int to = rows; from < to; ) {
                int middle = (from + to) >>> 1;
                if (column.at(middle) < number) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }
    }
}
