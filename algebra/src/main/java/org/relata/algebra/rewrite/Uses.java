package org.relata.algebra.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;

/// How often each expression of a program is used: what is used once may be merged into its user, what is shared may
/// not,
/// or it would be computed again.
public final class Uses {
    private final IdentityHashMap<RelExpr, Integer> counts = new IdentityHashMap<>();
    private final List<Rewrite> active;
    /// What was read last; empty once uses have changed.
    private Optional<Reading> last = Optional.empty();

    /// An expression, and the sum of products that it is, if it is one.
    private record Reading(RelExpr root, Optional<SumProduct> sum) {}

    private Uses(List<Rewrite> active) {
        this.active = active;
    }

    /// The uses in a program of which these are the outputs; being an output is one more.
    static Uses of(List<RelExpr> outputs, List<Rewrite> active) {
        Uses uses = new Uses(active);
        for (RelExpr each : Sharing.sorted(outputs.toArray(RelExpr[]::new))) {
            each.inputs().forEach(input -> uses.add(input, 1));
        }
        outputs.forEach(output -> uses.add(output, 1));
        return uses;
    }

    /// Whether there is no second use.
    public boolean once(RelExpr expression) {
        return counts.getOrDefault(expression, 1) <= 1;
    }

    /// Whether another rewrite is switched on.
    boolean active(String name) {
        return active.stream().anyMatch(each -> each.name().equals(name));
    }

    /// The sum of products that ends at an expression. The rewrites that plan it ask one after the other and are given
    /// the same.
    Optional<SumProduct> sumProduct(RelExpr root) {
        Reading reading =
                last.filter(each -> each.root == root).orElseGet(() -> new Reading(root, SumProduct.of(root, this)));
        last = Optional.of(reading);
        return reading.sum;
    }

    /// An expression stands in the place of another from now on.
    void replaced(RelExpr old, RelExpr by) {
        if (old != by) {
            add(by, counts.getOrDefault(old, 1));
        }
    }

    private void add(RelExpr expression, int count) {
        counts.merge(expression, count, Integer::sum);
        last = Optional.empty();
    }
}
