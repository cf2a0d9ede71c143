package org.relata.algebra.rewrite;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;

/// What is added to itself is multiplied instead: the derivative of a square, v + v, becomes 2 · v, and a relation that
/// a sum reads twice is read once.
///
/// Equal terms are the same object, which [org.relata.algebra.Sharing] has seen to.
record EqualTerms() implements Rewrite {
    @Override
    public String name() {
        return "equal-terms";
    }

    @Override
    public String what() {
        return "what is added to itself, a relation or a value, is multiplied by how often it is added";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return switch (expression) {
            case Scan _, Constant _, Aggregate _ -> Optional.empty();
            case Add add -> once(add);
            case Select select ->
                once(select.kernel())
                        .map(kernel -> new Select(select.where(), select.project(), kernel, select.input()));
            case Join join ->
                once(join.kernel())
                        .map(kernel -> new Join(join.on(), join.project(), kernel, join.left(), join.right()));
        };
    }

    private static Optional<RelExpr> once(Add add) {
        Map<RelExpr, Integer> times = new IdentityHashMap<>();
        add.inputs().forEach(input -> times.merge(input, 1, Integer::sum));
        if (times.size() == add.inputs().size()) {
            return Optional.empty();
        }
        List<RelExpr> rest = new ArrayList<>();
        for (RelExpr input : add.inputs()) {
            int many = times.getOrDefault(input, 0);
            times.put(input, 0);
            if (many > 0) {
                rest.add(many == 1 ? input : input.map(value -> Kernels.multiply(Kernels.constant(many), value)));
            }
        }
        return Optional.of(rest.size() == 1 ? rest.getFirst() : new Add(rest));
    }

    private static Optional<Kernel> once(Kernel kernel) {
        IdentityHashMap<Kernel, Kernel> made = new IdentityHashMap<>();
        boolean changed = false;
        for (Kernel each : KernelGraph.sorted(kernel)) {
            List<Kernel> inputs = each.inputs().stream().map(made::get).toList();
            boolean doubled = each instanceof Binary(Binary.Operation operation, Kernel left, Kernel right, var _)
                    && operation == Binary.Operation.ADD
                    && same(left, right);
            changed |= doubled;
            made.put(
                    each,
                    doubled
                            ? Kernels.multiply(Kernels.constant(2), inputs.getFirst())
                            : inputs.isEmpty() ? each : each.withInputs(inputs));
        }
        return changed ? Optional.of(requireNonNull(made.get(kernel))) : Optional.empty();
    }

    private static boolean same(Kernel one, Kernel other) {
        return one == other || one instanceof Leaf && one.equals(other);
    }
}
