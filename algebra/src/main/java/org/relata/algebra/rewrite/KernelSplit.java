package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Derivative;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.value.Shape;

/// Says a join whose kernel is a function of one combination of both values, `relu(W · x)`, as the join with the
/// combination and
/// a select with the function.
///
/// It is done before a program is differentiated: the combination is then linear in each value more often, its
/// derivative needs the other value only, and the pairs need not be kept with both. It is the reverse of what a runner
/// merges, so it stands outside the catalogue.
public final class KernelSplit {
    private KernelSplit() {}

    /// The same programs with their joins split.
    public static Map<String, RelExpr> apply(Map<String, RelExpr> outputs) {
        IdentityHashMap<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            RelExpr rebuilt = each.inputs().stream().allMatch(input -> made.get(input) == input)
                    ? each
                    : each.withInputs(each.inputs().stream()
                            .map(input -> requireNonNull(made.get(input)))
                            .toList());
            made.put(each, rebuilt instanceof Join join ? split(join).orElse(join) : rebuilt);
        }
        Map<String, RelExpr> result = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> result.put(name, requireNonNull(made.get(expression))));
        return result;
    }

    private static Optional<RelExpr> split(Join join) {
        Kernel kernel = new KernelGraph.Sharing().share(join.kernel());
        return combination(kernel)
                .flatMap(core -> function(kernel, core).map(function -> {
                    RelExpr combined = new Join(join.on(), join.project(), core, join.left(), join.right());
                    return new Select(
                            KeyPredicate.always(),
                            KeyProjection.all(combined.type().key()),
                            function,
                            combined);
                }));
    }

    /// The highest kernel, below the whole, that is linear in each value and through which alone the whole reads them;
    /// none
    /// if the whole is.
    private static Optional<Kernel> combination(Kernel kernel) {
        if (isLinear(kernel)) {
            return Optional.empty();
        }
        List<Kernel> order = KernelGraph.sorted(kernel);
        IdentityHashMap<Kernel, Integer> places = new IdentityHashMap<>();
        Set<Kernel> reading = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Kernel each : order) {
            places.put(each, places.size());
            if (each instanceof Leaf.Argument || each.inputs().stream().anyMatch(reading::contains)) {
                reading.add(each);
            }
        }
        TreeMap<Integer, Kernel> open = new TreeMap<>(Map.of(order.size() - 1, kernel));
        while (!open.isEmpty() && !(open.lastEntry().getValue() instanceof Leaf)) {
            Kernel highest = open.pollLastEntry().getValue();
            for (Kernel input : highest.inputs()) {
                if (reading.contains(input)) {
                    open.put(requireNonNull(places.get(input)), input);
                }
            }
            if (open.size() == 1) {
                Kernel only = open.firstEntry().getValue();
                if (isLinear(only)) {
                    return Optional.of(only);
                }
            }
        }
        return Optional.empty();
    }

    /// Whether a kernel reads both values and its derivative by each does not read that one.
    private static boolean isLinear(Kernel kernel) {
        for (int argument = 0; argument < 2; argument++) {
            Optional<Shape> shape = shape(kernel, argument);
            if (shape.isEmpty()
                    || Derivative.pullback(kernel, argument, shape.get(), new Leaf.Argument(2, kernel.shape()))
                            .readsArgument(argument)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Shape> shape(Kernel kernel, int argument) {
        return KernelGraph.sorted(kernel).stream()
                .filter(each -> each instanceof Leaf.Argument leaf && leaf.index() == argument)
                .map(Kernel::shape)
                .findFirst();
    }

    /// The kernel as a function of a part of it; none if it reads keys besides, which the join's result may lack.
    private static Optional<Kernel> function(Kernel kernel, Kernel part) {
        IdentityHashMap<Kernel, Kernel> made = new IdentityHashMap<>();
        made.put(part, new Leaf.Argument(0, part.shape()));
        Set<Kernel> below = Collections.newSetFromMap(new IdentityHashMap<>());
        below.addAll(KernelGraph.sorted(part));
        for (Kernel each : KernelGraph.sorted(kernel)) {
            if (made.containsKey(each)) {
                continue;
            }
            boolean key = each instanceof Leaf.KeyNumber || each instanceof Leaf.KeyTest || each instanceof Leaf.Random;
            if (key && !below.contains(each)) {
                return Optional.empty();
            }
            made.put(
                    each,
                    each.inputs().isEmpty()
                            ? each
                            : each.withInputs(each.inputs().stream()
                                    .map(input -> requireNonNull(made.get(input)))
                                    .toList()));
        }
        Kernel function = requireNonNull(made.get(kernel));
        boolean reads = function.reads(leaf -> leaf instanceof Leaf.KeyNumber
                || leaf instanceof Leaf.KeyTest
                || leaf instanceof Leaf.Random
                || leaf instanceof Leaf.Argument argument && argument.index() == 1);
        return reads ? Optional.empty() : Optional.of(function);
    }
}
