package org.relata.engine.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.engine.keys.RowMap;

/// Finds matrices that are left where they stand, since only products read them: a row of numbers that is copied first
/// costs as much as a product with a vector.
public final class Standing {
    private Standing() {}

    /// The code without the copies of such matrices.
    ///
    /// @param sums products that sums take, which are no steps
    /// @param kept registers that are read otherwise after the last step
    /// @param least smaller matrices are copied
    public static Code of(Code code, List<Step.Multiply> sums, Set<Integer> kept, int least) {
        Map<Integer, Source.Tuples> matrices = new HashMap<>();
        for (Step step : code.steps()) {
            if (step instanceof Step.Load load
                    && code.width(load.out()) >= least
                    && code.sources().get(load.leaf()) instanceof Source.Tuples tuples
                    && !(tuples.map() instanceof RowMap.Single)) {
                matrices.put(load.out(), tuples);
            }
        }
        Set<Integer> otherwise = new HashSet<>(kept);
        for (Step step : code.steps()) {
            if (step instanceof Step.Multiply product) {
                note(product, otherwise);
            } else {
                step.operands().forEach(operand -> otherwise.add(operand.register()));
            }
        }
        sums.forEach(product -> note(product, otherwise));
        matrices.keySet().removeAll(otherwise);
        return matrices.isEmpty() ? code : code.withStanding(matrices);
    }

    /// Notes what a product reads as a vector.
    private static void note(Step.Multiply product, Set<Integer> otherwise) {
        if (!product.leftIsMatrix()) {
            otherwise.add(product.left());
        }
        if (!product.rightIsMatrix()) {
            otherwise.add(product.right());
        }
    }
}
