package org.relata.sql.layout;

import static java.util.Objects.requireNonNull;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;

/// Says what databases lack in terms of what they have: `logsumexp` as the greatest value plus the logarithm of a sum
/// that
/// cannot overflow.
public final class Lowering {
    private Lowering() {}

    /// The same outputs without aggregators that databases lack.
    public static SequencedMap<String, RelExpr> apply(SequencedMap<String, RelExpr> outputs) {
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            RelExpr rebuilt = each.inputs().isEmpty()
                    ? each
                    : each.withInputs(each.inputs().stream()
                            .map(input -> requireNonNull(made.get(input)))
                            .toList());
            made.put(
                    each,
                    rebuilt instanceof Aggregate aggregate && aggregate.aggregator() == Aggregator.LOGSUMEXP
                            ? logsumexp(aggregate)
                            : rebuilt);
        }
        SequencedMap<String, RelExpr> result = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> result.put(name, requireNonNull(made.get(expression))));
        return result;
    }

    private static RelExpr logsumexp(Aggregate aggregate) {
        RelExpr input = aggregate.input();
        RelExpr most = new Aggregate(aggregate.groupBy(), Aggregator.MAXIMUM, input);
        KeyMatch match = KeyMatch.everything();
        for (KeyProjection.Column column : aggregate.groupBy().columns()) {
            match = match.and(column.term(), KeyTerm.right(column.name()));
        }
        Argument value = new Argument(0, input.type().shape());
        Argument greatest = new Argument(1, input.type().shape());
        RelExpr shares = new Join(
                match,
                KeyProjection.all(input.type().key()),
                Kernels.exp(Kernels.subtract(value, greatest)),
                input,
                most);
        RelExpr sum = new Aggregate(aggregate.groupBy(), Aggregator.SUM, shares);
        List<String> names = aggregate.type().names();
        return sum.join(most)
                .on(names.toArray(String[]::new))
                .with((total, top) -> Kernels.add(top, Kernels.log(total)));
    }
}
