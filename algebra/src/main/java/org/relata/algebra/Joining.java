package org.relata.algebra;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyProjection.Column;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.AlgebraException;

/// A join in the making: `x.join(theta).on("col").keep("row", "col").with(Kernels::multiply)`.
public final class Joining {
    private final RelExpr left;
    private final RelExpr right;
    private final KeyMatch match;
    private final Optional<KeyProjection> projection;

    Joining(RelExpr left, RelExpr right) {
        this(left, right, KeyMatch.everything(), Optional.empty());
    }

    private Joining(RelExpr left, RelExpr right, KeyMatch match, Optional<KeyProjection> projection) {
        this.left = left;
        this.right = right;
        this.match = match;
        this.projection = projection;
    }

    /// Attributes of these names are equal on both sides.
    public Joining on(String... names) {
        Joining joining = this;
        for (String name : names) {
            joining = joining.onEqual(name, name);
        }
        return joining;
    }

    /// An attribute of the left side equals one of the right side.
    public Joining onEqual(String leftName, String rightName) {
        return onEqual(KeyTerm.left(leftName), KeyTerm.right(rightName));
    }

    /// A term over the left key equals a term over the right key.
    public Joining onEqual(KeyTerm leftTerm, KeyTerm rightTerm) {
        return new Joining(left, right, match.and(leftTerm, rightTerm), projection);
    }

    /// Any further condition on the two keys.
    public Joining where(KeyPredicate condition) {
        return new Joining(left, right, match.and(condition), projection);
    }

    /// The key of the result: attributes of the left side, else of the right side, under their own names.
    public Joining keep(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            boolean onLeft = left.type().names().contains(name);
            if (!onLeft && !right.type().names().contains(name)) {
                throw new AlgebraException(
                        "key.unknown",
                        "join, keep",
                        "no key attribute \"" + name + "\"",
                        "there are " + left.type().key() + " and "
                                + right.type().key());
            }
            columns.add(new Column(name, onLeft ? KeyTerm.left(name) : KeyTerm.right(name)));
        }
        return project(new KeyProjection(columns));
    }

    /// The key of the result.
    public Joining project(KeyProjection key) {
        return new Joining(left, right, match, Optional.of(key));
    }

    /// The join with its kernel, given the values of the left and the right tuple. Without `keep`, the key is that of
    /// the left side
    /// and what the right side adds to it.
    public RelExpr with(BinaryOperator<Kernel> kernel) {
        Kernel combined = kernel.apply(
                new Argument(0, left.type().shape()),
                new Argument(1, right.type().shape()));
        return new Join(match, projection.orElseGet(this::both), combined, left, right);
    }

    private KeyProjection both() {
        Set<String> equal = new HashSet<>(Typing.matched(match, Side.RIGHT));
        KeyProjection all = KeyProjection.all(left.type().key());
        for (String name : right.type().names()) {
            if (!equal.contains(name)) {
                all = all.and(name, KeyTerm.right(name));
            }
        }
        return all;
    }
}
