package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Facts;
import org.relata.algebra.RelationType;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.value.Shape;

/// What joining factors costs, by what is known of them. Numbers are rough; they decide between plans of one result.
///
/// - A relation has as many tuples as its type says, else as many as its variables have combinations.
/// - A variable has as many values as its range, but no more than the smallest relation with a known size that has it,
/// and
///   a thousand if nothing is known.
/// - A join of two has as many pairs as the product of their sizes, divided by the values of each variable that they
///   share. A sum has no more tuples than its variables have combinations.
/// - A tuple costs 1 and a quarter for each number in its value, each time it is read or made; a number that a matrix
///   product multiplies costs a quarter too.
final class Costs {
    private static final double VALUES = 1000;

    private final Map<String, Double> values = new HashMap<>();
    private final List<SumProduct.Factor> factors;

    Costs(List<SumProduct.Factor> factors) {
        this.factors = factors;
        for (SumProduct.Factor factor : factors) {
            RelationType type = factor.relation().type();
            for (int index = 0; index < factor.variables().size(); index++) {
                Facts.Range range = type.facts().ranges().get(type.names().get(index));
                double most = range != null
                        ? Math.max(1, range.count())
                        : Math.max(1, type.facts().size().orElse(Double.POSITIVE_INFINITY));
                values.merge(factor.variables().get(index), most, Math::min);
            }
        }
        values.replaceAll((_, most) -> Double.isInfinite(most) ? VALUES : most);
    }

    /// How many tuples a factor has.
    double size(int factor) {
        double all = combinations(new HashSet<>(factors.get(factor).variables()));
        return Math.min(
                all, factors.get(factor).relation().type().facts().size().orElse(all));
    }

    /// How many combinations of values variables have.
    double combinations(Set<String> variables) {
        double all = 1;
        for (String each : variables) {
            all *= requireNonNull(values.get(each));
        }
        return all;
    }

    /// How many pairs a join makes.
    double pairs(double left, double right, Set<String> shared) {
        return left * right / combinations(shared);
    }

    /// What a tuple costs.
    static double tuple(Shape shape) {
        return 1 + shape.size() / 4.0;
    }

    /// What the matrix products of a kernel cost.
    static double work(Kernel kernel) {
        double work = 0;
        for (Kernel each : KernelGraph.sorted(kernel)) {
            if (each instanceof Linear.MatMul(Kernel left, Kernel _, Shape shape)) {
                work += 0.25 * shape.size() * left.shape().extent(1);
            }
        }
        return work;
    }
}
