package org.relata.algebra.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.relata.algebra.Add;
import org.relata.algebra.Constant;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;

/// Reverse and forward mode over the relational algebra.
public final class Autodiff {
    private Autodiff() {}

    /// The gradient of a loss by relations that it scans: for each name an expression over the keys of that relation,
    /// sharing what
    /// the loss computes. A key that the loss does not depend on has no tuple, or one of zero.
    ///
    /// @param loss of key ⟨⟩ and a scalar value
    /// @param wrt names of scanned relations
    public static Map<String, RelExpr> gradient(RelExpr loss, String... wrt) {
        return gradient(loss, Rewrites.all(), wrt);
    }

    /// The gradient, with the given shortcuts. Without them it is the same, and costs more.
    public static Map<String, RelExpr> gradient(RelExpr loss, Rewrites rewrites, String... wrt) {
        return gradient(loss, rewrites, (node, gradient) -> {}, wrt);
    }

    /// The gradient, told step by step.
    ///
    /// @param steps receives each expression of the loss that matters, and the gradient that arrives at it: perhaps still
    ///     over other keys, from which it is handed on
    public static Map<String, RelExpr> gradient(
            RelExpr loss, Rewrites rewrites, BiConsumer<RelExpr, RelExpr> steps, String... wrt) {
        if (!loss.type().key().isEmpty() || loss.type().shape().rank() != 0) {
            throw new AlgebraException(
                    "loss.type",
                    "loss",
                    "it has the type " + loss.type() + " instead of one number under ⟨⟩",
                    "aggregate it to ⟨⟩, and its value to a scalar");
        }
        return pullback(loss, new Constant(Relation.scalar(1)), rewrites, steps, wrt);
    }

    /// What a gradient of any expression's value gives to relations that it scans: the relation–Jacobian product.
    ///
    /// @param upstream of the same key and shape as the expression; keys that the expression lacks are ignored
    public static Map<String, RelExpr> pullback(RelExpr output, RelExpr upstream, String... wrt) {
        return pullback(output, upstream, Rewrites.all(), wrt);
    }

    /// The relation–Jacobian product, with the given shortcuts.
    public static Map<String, RelExpr> pullback(RelExpr output, RelExpr upstream, Rewrites rewrites, String... wrt) {
        return pullback(output, upstream, rewrites, (node, gradient) -> {}, wrt);
    }

    private static Map<String, RelExpr> pullback(
            RelExpr output,
            RelExpr upstream,
            Rewrites rewrites,
            BiConsumer<RelExpr, RelExpr> steps,
            String... wrt) {
        Sharing sharing = new Sharing();
        RelExpr root = sharing.share(output);
        List<RelExpr> order = Sharing.sorted(root);
        Set<String> names = Set.of(wrt);
        Map<String, RelExpr> gradients = empty(order, wrt);

        Set<RelExpr> matters = Collections.newSetFromMap(new IdentityHashMap<>());
        for (RelExpr each : order) {
            if (each instanceof Scan scan
                    ? names.contains(scan.relation())
                    : each.inputs().stream().anyMatch(matters::contains)) {
                matters.add(each);
            }
        }
        IdentityHashMap<RelExpr, List<Upstream>> received = new IdentityHashMap<>();
        received.computeIfAbsent(root, node -> new ArrayList<>())
                .add(new Upstream(
                        upstream,
                        Optional.empty(),
                        KeyPredicate.always(),
                        output.type().key().isEmpty() && upstream instanceof Constant,
                        rewrites));
        for (RelExpr each : order.reversed()) {
            List<Upstream> contributions = received.getOrDefault(each, List.of());
            if (!contributions.isEmpty() && matters.contains(each)) {
                Upstream total = total(each, contributions);
                steps.accept(each, total.gradient());
                if (each instanceof Scan scan) {
                    gradients.put(scan.relation(), total.exactly(each));
                }
                for (Pullbacks.Contribution part : Pullbacks.of(each, total, matters::contains)) {
                    received.computeIfAbsent(part.to(), node -> new ArrayList<>())
                            .add(part.upstream());
                }
            }
        }
        return gradients;
    }

    /// Forward mode: how an expression's value changes when scanned relations change in given directions. The result
    /// has the keys of
    /// the expression; a parameter's key without a tangent does not change.
    ///
    /// It is the pullback of the pullback, which is linear in its upstream gradient.
    ///
    /// @param tangents for each scanned relation that changes, its direction, of the same type
    public static RelExpr jvp(RelExpr output, Map<String, RelExpr> tangents) {
        return jvp(output, tangents, Rewrites.all());
    }

    /// Forward mode, with the given shortcuts.
    public static RelExpr jvp(RelExpr output, Map<String, RelExpr> tangents, Rewrites rewrites) {
        String free = "upstream";
        Set<String> taken = new HashSet<>();
        for (RelExpr each : Sharing.sorted(output)) {
            if (each instanceof Scan scan) {
                taken.add(scan.relation());
            }
        }
        while (taken.contains(free)) {
            free += "_";
        }
        RelExpr upstream = RelExpr.scan(free, output.type());
        RelExpr zero = output.map(value -> Kernels.multiply(value, Kernels.zeros(value.shape())));
        List<RelExpr> products = new ArrayList<>();
        Map<String, RelExpr> pulled =
                pullback(output, upstream, rewrites, tangents.keySet().toArray(String[]::new));
        for (Map.Entry<String, RelExpr> each : new LinkedHashMap<>(pulled).entrySet()) {
            RelExpr tangent = tangents.get(each.getKey());
            if (tangent != null) {
                products.add(each.getValue()
                        .join(tangent)
                        .on(tangent.type().names().toArray(String[]::new))
                        .with(Kernels::inner)
                        .sum());
            }
        }
        if (products.isEmpty()) {
            return zero;
        }
        RelExpr derivative = gradient(new Add(products), rewrites, free).get(free);
        if (derivative == null) {
            return zero;
        }
        String name = free;
        RelExpr linear = replace(derivative, scan -> scan.relation().equals(name) ? zero : scan);
        return new Add(List.of(zero, linear));
    }

    private static RelExpr replace(RelExpr expression, Function<Scan, RelExpr> scans) {
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(expression)) {
            made.put(
                    each,
                    each instanceof Scan scan
                            ? scans.apply(scan)
                            : each.withInputs(
                                    each.inputs().stream().map(made::get).toList()));
        }
        return Objects.requireNonNull(made.get(expression));
    }

    /// The gradients by relations that nothing reaches; unknown names and relations of two types are errors.
    private static Map<String, RelExpr> empty(List<RelExpr> order, String... wrt) {
        Map<String, Scan> scans = new LinkedHashMap<>();
        for (RelExpr each : order) {
            if (each instanceof Scan scan) {
                Scan other = scans.putIfAbsent(scan.relation(), scan);
                if (other != null && !other.equals(scan)) {
                    throw new AlgebraException(
                            "relation.type",
                            "relation " + scan.relation(),
                            "it is scanned as " + scan.type() + " and as " + other.type(),
                            "scan it with one type and one role");
                }
            }
        }
        Map<String, RelExpr> gradients = new LinkedHashMap<>();
        for (String name : wrt) {
            Scan scan = scans.get(name);
            if (scan == null) {
                throw new AlgebraException(
                        "relation.unknown",
                        "relation " + name,
                        "the program does not scan it",
                        "it scans " + scans.keySet());
            }
            gradients.put(
                    name,
                    new Constant(Relation.empty(scan.type().key(), scan.type().shape())));
        }
        return gradients;
    }

    private static Upstream total(RelExpr node, List<Upstream> contributions) {
        if (contributions.size() == 1) {
            return contributions.getFirst();
        }
        List<RelExpr> exact =
                contributions.stream().map(each -> each.exactly(node)).toList();
        return contributions.getFirst().of(new Add(exact), true);
    }
}
