package org.relata.engine.plan;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf;

/// What the values of an operator depend on, directly or not: as long as it stays the same they need not be computed
/// again.
///
/// @param relations by name
/// @param varies whether hyper-parameters or random numbers are among it
/// @param learns whether something learned is among it: then it is computed at every step of training
record Dependence(Set<String> relations, boolean varies, boolean learns) {
    /// Whether what depends on this may as well be computed whenever what depends on the other is.
    boolean moves(Dependence other) {
        return learns && other.learns || equals(other);
    }

    /// Whether what depends on this is computed at every step of training.
    boolean changes() {
        return learns || varies;
    }

    static Dependence of(Keyed keyed, Map<Keyed, Dependence> known) {
        Set<String> relations = new HashSet<>();
        boolean varies = switch (keyed.expression()) {
            case Scan scan -> {
                relations.add(scan.relation());
                yield false;
            }
            case Select select -> varies(select.kernel());
            case Join join -> varies(join.kernel());
            case Constant _, Aggregate _, Add _ -> false;
        };
        boolean learns = keyed.expression() instanceof Scan scan && scan.role() == Scan.Role.PARAMETER;
        for (Keyed input : keyed.inputs()) {
            Dependence below = known.getOrDefault(input, new Dependence(Set.of(), false, false));
            relations.addAll(below.relations);
            varies |= below.varies;
            learns |= below.learns;
        }
        return new Dependence(relations, varies, learns);
    }

    private static boolean varies(Kernel kernel) {
        return kernel.reads(leaf -> leaf instanceof Leaf.Hyper || leaf instanceof Leaf.Random);
    }
}
