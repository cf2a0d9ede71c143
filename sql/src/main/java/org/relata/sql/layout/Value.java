package org.relata.sql.layout;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Shape;

/// A tensor for each tuple (or pair of tuples) that an operator sees, element by element: the scalar kernel of a
/// relation of
/// scalars whose key says which tuple and which element.
///
/// @param relation of scalars; none if the kernel reads keys at most
/// @param sides of the operator whose key attributes the relation has
/// @param axes for each axis of the shape the attribute that is its index; none if the value does not change along it
/// @param kernel over the relation's value as argument 0, and its key as the left one
record Value(Optional<RelExpr> relation, Set<Side> sides, List<Optional<String>> axes, Kernel kernel, Shape shape) {
    Value {
        sides = sides.isEmpty() ? EnumSet.noneOf(Side.class) : EnumSet.copyOf(sides);
        axes = List.copyOf(axes);
    }

    /// The same elements under a function of one element.
    Value map(UnaryOperator<Kernel> function) {
        return new Value(relation, sides, axes, function.apply(kernel), shape);
    }

    /// The same relation seen as another shape.
    Value as(List<Optional<String>> otherAxes, Shape other) {
        return new Value(relation, sides, otherAxes, kernel, other);
    }

    /// The attributes that index elements.
    List<String> indices() {
        return axes.stream().flatMap(Optional::stream).toList();
    }

    /// The key attributes that a kernel reads.
    static Set<String> references(Kernel kernel) {
        Set<String> names = new HashSet<>();
        replaceKeys(kernel, term -> {
            names.add(((KeyTerm.Reference) term).name());
            return term;
        });
        return names;
    }

    /// A kernel with every reference to a key replaced.
    static Kernel replaceKeys(Kernel kernel, UnaryOperator<KeyTerm> references) {
        return KernelGraph.replaceLeaves(kernel, each -> switch ((Leaf) each) {
            case Leaf.Argument argument -> argument;
            case Leaf.KeyNumber(KeyTerm term) -> Kernels.key(term.replace(references));
            case Leaf.KeyTest(KeyPredicate predicate) -> Kernels.test(predicate.replace(references));
            case Leaf.Random(String stream, List<KeyTerm> key, Shape shape) ->
                new Leaf.Random(
                        stream,
                        key.stream().map(term -> term.replace(references)).toList(),
                        shape);
            case Leaf.Constant constant -> constant;
            case Leaf.Hyper hyper -> hyper;
        });
    }

    /// A kernel with the argument of one number under another.
    static Kernel moved(Kernel kernel, Map<Integer, Integer> arguments) {
        return KernelGraph.replaceLeaves(
                kernel,
                each -> each instanceof Leaf.Argument(int index, Shape shape)
                        ? new Leaf.Argument(arguments.getOrDefault(index, index), shape)
                        : each);
    }
}
