package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;

/// Applies rewrites until none applies.
final class Rewriter {
    /// A bound that no program is known to reach; what stands then is right, if not the least.
    private static final int ROUNDS = 40;

    /// How often one operator is rewritten in one round.
    private static final int TIMES = 40;

    private final List<Rewrite> rewrites;
    private final Map<String, Integer> applied = new LinkedHashMap<>();
    private final Sharing sharing = new Sharing();
    /// What did not change when it was looked at.
    private final Set<RelExpr> settled = Collections.newSetFromMap(new IdentityHashMap<>());


    Rewriter(List<Rewrite> rewrites) {
        this.rewrites = rewrites;
    }

    Rewritten apply(Map<String, RelExpr> outputs) {
        Map<String, RelExpr> current = new LinkedHashMap<>();
        outputs.forEach((name, output) -> current.put(name, sharing.share(output)));
        IdentityHashMap<RelExpr, RelExpr> now = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(current.values().toArray(RelExpr[]::new))) {
            now.put(each, each);
        }
        boolean more = !rewrites.isEmpty();
        for (int round = 0; more && round < ROUNDS; round++) {
            int before = total();
            boolean all = settled.isEmpty();
            IdentityHashMap<RelExpr, RelExpr> made = round(List.copyOf(current.values()));
            current.replaceAll((_, output) -> sharing.share(requireNonNull(made.get(output))));
            now.replaceAll((_, expression) ->
                    made.containsKey(expression) ? sharing.share(requireNonNull(made.get(expression))) : expression);
            more = total() > before || !all;
            if (total() == before) {
                // Where a second user has gone, more may apply: the last round looks at everything.
                settled.clear();
            }
        }
        Set<RelExpr> computed = Collections.newSetFromMap(new IdentityHashMap<>());
        computed.addAll(Sharing.sorted(current.values().toArray(RelExpr[]::new)));
        Map<String, Integer> inOrder = new LinkedHashMap<>();
        for (Rewrite rewrite : rewrites) {
            if (applied.containsKey(rewrite.name())) {
                inOrder.put(rewrite.name(), applied.get(rewrite.name()));
            }
        }
        return new Rewritten(
                current,
                expression ->
                        Optional.ofNullable(now.get(sharing.share(expression))).filter(computed::contains),
                inOrder);
    }

    private IdentityHashMap<RelExpr, RelExpr> round(List<RelExpr> outputs) {
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        Uses uses = Uses.of(outputs, rewrites);
        for (RelExpr each : Sharing.sorted(outputs.toArray(RelExpr[]::new))) {
            List<RelExpr> inputs = each.inputs().stream().map(made::get).toList();
            RelExpr rebuilt = same(inputs, each.inputs()) ? each : each.withInputs(inputs);
            RelExpr rewritten = settled.contains(rebuilt) ? rebuilt : rewritten(rebuilt, uses);
            if (rewritten == each) {
                settled.add(each);
            }
            uses.replaced(each, rewritten);
            made.put(each, rewritten);
        }
        return made;
    }

    private RelExpr rewritten(RelExpr expression, Uses uses) {
        RelExpr current = expression;
        for (int times = 0; times < TIMES; times++) {
            Optional<RelExpr> next = Optional.empty();
            for (Rewrite rewrite : rewrites) {
                next = rewrite.apply(current, uses);
                if (next.isPresent()) {
                    applied.merge(rewrite.name(), 1, Integer::sum);
                    break;
                }
            }
            if (next.isEmpty()) {
                return current;
            }
            RelExpr result = next.get();
            if (!result.type().key().equals(expression.type().key())
                    || !result.type().shape().equals(expression.type().shape())) {
                throw new IllegalStateException("a rewrite changed " + expression.type() + " to " + result.type());
            }
            current = result;
        }
        return current;
    }

    private static boolean same(List<RelExpr> some, List<RelExpr> others) {
        for (int index = 0; index < some.size(); index++) {
            if (some.get(index) != others.get(index)) {
                return false;
            }
        }
        return true;
    }

    private int total() {
        return applied.values().stream().mapToInt(Integer::intValue).sum();
    }
}
