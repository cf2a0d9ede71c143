package org.relata.learn.model;

import java.util.Map;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// A relation of vectors that are numbered from 0, where a runner holds it: valid until the runner goes on.
interface Vectors {
    /// How many there are.
    int count();

    /// Numbers of each.
    int width();

    /// One number.
    double get(int row, int element);

    /// All numbers of one.
    ///
    /// @param to is given back
    default double[] copy(int row, double[] to) {
        for (int element = 0; element < to.length; element++) {
            to[element] = get(row, element);
        }
        return to;
    }

    /// The rows of matrices that stand one after the other.
    ///
    /// @param count how many rows there are in all
    default Vectors rows(int count, int width) {
        int each = width() / width;
        Vectors matrices = this;
        return new Vectors() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public int width() {
                return width;
            }

            @Override
            public double get(int row, int element) {
                return matrices.get(row / each, row % each * width + element);
            }
        };
    }

    /// A relation of a runner, whose only key counts from 0.
    static Vectors of(Runner runner, String relation) {
        return runner.look(relation, rows -> {
            for (int row = 0; row < rows.count(); row++) {
                if (rows.key(0, row) != row) {
                    throw new IllegalStateException("row " + row + " of " + relation + " is of " + rows.key(0, row));
                }
            }
            return new Vectors() {
                @Override
                public int count() {
                    return rows.count();
                }

                @Override
                public int width() {
                    return rows.width();
                }

                @Override
                public double get(int row, int element) {
                    return rows.number(row, element);
                }
            };
        });
    }

    /// A relation in the heap.
    static Vectors of(Relation relation) {
        double[][] rows = new double[relation.size()][];
        for (Map.Entry<Key, Tensor> each : relation.tuples().entrySet()) {
            rows[((Long) each.getKey().value(0)).intValue()] = each.getValue().toArray();
        }
        return new Vectors() {
            @Override
            public int count() {
                return rows.length;
            }

            @Override
            public int width() {
                return relation.shape().size();
            }

            @Override
            public double get(int row, int element) {
                return rows[row][element];
            }
        };
    }
}
