package org.relata.algebra.rewrite;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.Join;
import org.relata.algebra.RelationType;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;

/// Questions about keys that several rewrites ask.
final class Keys {
    private Keys() {}

    static Set<Reference> references(KeyTerm term) {
        Set<Reference> read = new LinkedHashSet<>();
        term.replace(collect(read));
        return read;
    }

    static Set<Reference> references(KeyPredicate predicate) {
        Set<Reference> read = new LinkedHashSet<>();
        predicate.replace(collect(read));
        return read;
    }

    static Set<Reference> references(KeyProjection projection) {
        Set<Reference> read = new LinkedHashSet<>();
        projection.replace(collect(read));
        return read;
    }

    static Set<Reference> references(KeyMatch match) {
        Set<Reference> read = references(match.residual());
        for (KeyMatch.Equality equality : match.equalities()) {
            read.addAll(references(equality.left()));
            read.addAll(references(equality.right()));
        }
        return read;
    }

    private static UnaryOperator<KeyTerm> collect(Set<Reference> read) {
        return reference -> {
            read.add((Reference) reference);
            return reference;
        };
    }

    /// Whether a selection surely gives different tuples different keys.
    static boolean injective(Select select) {
        return select.input().type().determinedBy(plain(select.project(), Side.LEFT));
    }

    /// Whether a join surely gives different pairs different keys.
    static boolean injective(Join join) {
        Map<Side, Set<String>> known = new HashMap<>();
        for (Side side : Side.values()) {
            known.put(side, new HashSet<>(plain(join.project(), side)));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Side side : Side.values()) {
                RelationType type =
                        side == Side.LEFT ? join.left().type() : join.right().type();
                more |= of(known, side).addAll(type.closure(of(known, side)));
            }
            for (KeyMatch.Equality equality : join.on().equalities()) {
                more |= learn(known, equality.left(), equality.right());
                more |= learn(known, equality.right(), equality.left());
            }
        }
        return of(known, Side.LEFT).containsAll(join.left().type().names())
                && of(known, Side.RIGHT).containsAll(join.right().type().names());
    }

    private static boolean learn(Map<Side, Set<String>> known, KeyTerm from, KeyTerm to) {
        return to instanceof Reference(Side side, String name)
                && references(from).stream()
                        .allMatch(each -> of(known, each.side()).contains(each.name()))
                && of(known, side).add(name);
    }

    private static Set<String> of(Map<Side, Set<String>> known, Side side) {
        return known.getOrDefault(side, Set.of());
    }

    /// The attributes of a side that a projection keeps as they are.
    static Set<String> plain(KeyProjection projection, Side side) {
        Set<String> names = new HashSet<>();
        for (KeyProjection.Column column : projection.columns()) {
            if (column.term() instanceof Reference(Side of, String name) && of == side) {
                names.add(name);
            }
        }
        return names;
    }

    /// The attributes of a side that a match fixes, given the other side.
    static Set<String> fixed(KeyMatch on, Side side) {
        Set<String> names = new HashSet<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            if ((side == Side.LEFT ? equality.left() : equality.right()) instanceof Reference(Side _, String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// A term over an only input, said about one side of a join.
    static UnaryOperator<KeyTerm> onto(Side side) {
        return reference -> new Reference(side, ((Reference) reference).name());
    }

    /// What stood over the result of a selection that was one side of a join, said about the selection's input.
    static UnaryOperator<KeyTerm> through(KeyProjection projection, Side side) {
        return reference -> ((Reference) reference).side() == side
                ? projection.resolve(reference).replace(onto(side))
                : reference;
    }

    static int index(Side side) {
        return side == Side.LEFT ? 0 : 1;
    }

    static Side other(Side side) {
        return side == Side.LEFT ? Side.RIGHT : Side.LEFT;
    }

    /// Whether a kernel hands on the value as it is.
    static boolean passes(Kernel kernel) {
        return kernel instanceof Argument;
    }

    /// Whether composing kernels would make a formula that nobody wants to read, or compute a part of it many times.
    static boolean grows(Kernel composed, Kernel... parts) {
        double before = 0;
        for (Kernel part : parts) {
            before += KernelGraph.written(part);
        }
        return KernelGraph.written(composed) > Math.min(64, before + 8);
    }
}
