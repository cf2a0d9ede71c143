package org.relata.sql.run;

import java.util.Map;
import java.util.Optional;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Whether two runners computed the same relation.
final class Comparison {
    private Comparison() {}

    /// The first difference: a key that one lacks, or numbers that differ by more than rounding.
    static Optional<String> difference(Relation expected, Relation actual) {
        if (!expected.tuples().keySet().equals(actual.tuples().keySet())) {
            return Optional.of("keys " + actual.tuples().keySet() + " instead of "
                    + expected.tuples().keySet());
        }
        for (Map.Entry<Key, Tensor> tuple : expected.tuples().entrySet()) {
            double[] one = tuple.getValue().toArray();
            double[] other = actual.get(tuple.getKey()).orElseThrow().toArray();
            for (int position = 0; position < one.length; position++) {
                double scale = Math.max(1, Math.abs(one[position]));
                if (!(Math.abs(one[position] - other[position]) <= 1e-9 * scale)
                        && Double.compare(one[position], other[position]) != 0) {
                    return Optional.of("at " + tuple.getKey() + ", element " + position + ": " + other[position]
                            + " instead of " + one[position]);
                }
            }
        }
        return Optional.empty();
    }
}
