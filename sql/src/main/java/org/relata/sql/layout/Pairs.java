package org.relata.sql.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// The tuples (or pairs of tuples) that an operator sees, and how values that belong to them are brought together.
///
/// @param left the left, or only, side
/// @param match of the sides, over the names of the pair
/// @param sides that there are
record Pairs(Part left, Part right, KeyMatch match, Set<Side> sides) {
    /// One side: a relation of scalars under the pair's names.
    ///
    /// @param names of the tuple's key attributes
    /// @param axes of the index attributes
    /// @param one a relation with one element of each tuple
    record Part(RelExpr relation, List<String> names, List<String> axes, Shape shape, RelExpr one) {}

    private Part part(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// The value of an argument.
    Value argument(int index) {
        Side side = index == 0 ? Side.LEFT : Side.RIGHT;
        Part part = part(side);
        List<Optional<String>> axes = new ArrayList<>();
        int next = 0;
        for (int extent : part.shape.extents()) {
            axes.add(extent > 1 ? Optional.of(part.axes.get(next++)) : Optional.empty());
        }
        return new Value(Optional.of(part.relation), Set.of(side), axes, new Argument(0, Shape.SCALAR), part.shape);
    }

    /// A value that is computed from keys at most.
    Value keyed(Kernel kernel, Shape shape) {
        return new Value(
                Optional.empty(),
                Set.of(),
                shape.extents().stream().map(extent -> Optional.<String>empty()).toList(),
                kernel,
                shape);
    }

    /// A fixed tensor.
    Value constant(Tensor tensor) {
        if (tensor.isFilledWith(tensor.at(0))) {
            return keyed(Kernels.constant(tensor.at(0)), tensor.shape());
        }
        List<String> names = Scalarise.names(tensor.shape(), taken());
        Relation relation = Scalarise.elements(
                Relation.empty(List.of(), tensor.shape()).plus(Key.EMPTY, tensor),
                names.stream().map(Attribute::integer).toList());
        List<Optional<String>> axes = new ArrayList<>();
        int next = 0;
        for (int extent : tensor.shape().extents()) {
            axes.add(extent > 1 ? Optional.of(names.get(next++)) : Optional.empty());
        }
        return new Value(
                Optional.of(RelExpr.constant(relation)), Set.of(), axes, new Argument(0, Shape.SCALAR), tensor.shape());
    }

    /// The names that tuples of given sides are told apart by.
    List<String> names(Set<Side> some) {
        Set<String> names = new LinkedHashSet<>();
        if (some.contains(Side.LEFT)) {
            names.addAll(left.names);
        }
        if (some.contains(Side.RIGHT)) {
            names.addAll(right.names);
        }
        return List.copyOf(names);
    }

    private Set<String> taken() {
        Set<String> taken = new HashSet<>(left.names);
        taken.addAll(right.names);
        return taken;
    }

    /// The value with (at least) the key attributes of given sides.
    Value attached(Value value, Set<Side> wanted) {
        if (value.relation().isEmpty()) {
            if (wanted.isEmpty()) {
                return value;
            }
            Side first = wanted.contains(Side.LEFT) ? Side.LEFT : Side.RIGHT;
            Value tuples = attached(presence(first), wanted);
            return new Value(tuples.relation(), tuples.sides(), value.axes(), value.kernel(), value.shape());
        }
        Value result = value;
        for (Side side : Side.values()) {
            if (wanted.contains(side) && !result.sides().contains(side)) {
                result = joined(result, presence(side), result.shape(), (kernel, one) -> kernel);
            }
        }
        return result;
    }

    /// 1 for each tuple of a side.
    private Value presence(Side side) {
        return new Value(Optional.of(part(side).one), Set.of(side), List.of(), Kernels.constant(1), Shape.SCALAR);
    }

    /// The sides that a kernel's references to keys need.
    Set<Side> needed(Kernel kernel) {
        Set<Side> needed = EnumSet.noneOf(Side.class);
        for (String name : Value.references(kernel)) {
            if (left.names.contains(name)) {
                needed.add(Side.LEFT);
            } else if (right.names.contains(name)) {
                needed.add(Side.RIGHT);
            }
        }
        return needed;
    }

    /// A kernel of the elements of two values, each repeated along the axes it lacks.
    Value combined(Value a, Value b, Shape shape, BinaryOperator<Kernel> kernel) {
        if (a.relation().isEmpty() && b.relation().isEmpty()) {
            return new Value(Optional.empty(), Set.of(), a.axes(), kernel.apply(a.kernel(), b.kernel()), shape);
        }
        if (b.relation().isEmpty()) {
            Value ready = attached(a, needed(b.kernel()));
            return new Value(
                    ready.relation(), ready.sides(), ready.axes(), kernel.apply(ready.kernel(), b.kernel()), shape);
        }
        if (a.relation().isEmpty()) {
            return combined(b, a, shape, (first, second) -> kernel.apply(second, first));
        }
        if (sameElements(a, b)) {
            return new Value(a.relation(), a.sides(), a.axes(), kernel.apply(a.kernel(), b.kernel()), shape);
        }
        return joined(a, b, shape, kernel);
    }

    private static boolean sameElements(Value a, Value b) {
        return a.relation().orElseThrow() == b.relation().orElseThrow()
                && a.axes().equals(b.axes());
    }

    private Value joined(Value a, Value b, Shape shape, BinaryOperator<Kernel> kernel) {
        if (a.sides().equals(Set.of(Side.RIGHT)) && b.sides().equals(Set.of(Side.LEFT))) {
            return joined(b, a, shape, (first, second) -> kernel.apply(second, first));
        }
        Set<Side> both = EnumSet.noneOf(Side.class);
        both.addAll(a.sides());
        both.retainAll(b.sides());
        KeyMatch on = KeyMatch.everything();
        if (a.sides().equals(Set.of(Side.LEFT)) && b.sides().equals(Set.of(Side.RIGHT))) {
            on = match;
        } else {
            on = KeyMatch.on(names(both).toArray(String[]::new));
        }
        KeyProjection key = KeyProjection.keep(names(a.sides()).toArray(String[]::new));
        Set<String> present = new HashSet<>(names(a.sides()));
        for (String name : names(b.sides())) {
            if (present.add(name)) {
                key = key.and(name, KeyTerm.right(name));
            }
        }
        Set<String> taken = taken();
        List<Optional<String>> axes = new ArrayList<>();
        // A value of fewer axes is one of the last ones; scalars have none.
        for (int axis = 0; axis < Math.max(a.axes().size(), b.axes().size()); axis++) {
            Optional<String> first = axis < a.axes().size() ? a.axes().get(axis) : Optional.empty();
            Optional<String> second = axis < b.axes().size() ? b.axes().get(axis) : Optional.empty();
            if (first.isPresent() && second.isPresent()) {
                on = on.and(KeyTerm.left(first.get()), KeyTerm.right(second.get()));
            }
            Optional<KeyTerm> term = first.<KeyTerm>map(KeyTerm::left).or(() -> second.map(KeyTerm::right));
            if (term.isPresent()) {
                String name = Scalarise.fresh(first.or(() -> second).orElseThrow(), taken);
                key = key.and(name, term.get());
                axes.add(Optional.of(name));
            } else {
                axes.add(Optional.empty());
            }
        }
        Kernel right = Value.replaceKeys(
                Value.moved(b.kernel(), Map.of(0, 1)), term -> KeyTerm.right(((KeyTerm.Reference) term).name()));
        Set<Side> sides = EnumSet.noneOf(Side.class);
        sides.addAll(a.sides());
        sides.addAll(b.sides());
        RelExpr join = new Join(
                on,
                key,
                kernel.apply(a.kernel(), right),
                a.relation().orElseThrow(),
                b.relation().orElseThrow());
        return new Value(Optional.of(join), sides, axes, new Argument(0, Shape.SCALAR), shape);
    }

    /// The value with an index for each axis longer than 1.
    Value expanded(Value value) {
        Value result = value;
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            int extent = value.shape().extent(axis);
            if (extent > 1 && result.axes().get(axis).isEmpty()) {
                Value range = range(value.shape(), axis);
                result = result.relation().isEmpty()
                        ? new Value(range.relation(), range.sides(), range.axes(), result.kernel(), result.shape())
                        : joined(result, range, result.shape(), (kernel, one) -> kernel);
            }
        }
        return result;
    }

    /// 1 at each index of one axis of a shape.
    private Value range(Shape shape, int axis) {
        String name = Scalarise.fresh("i", taken());
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (int index = 0; index < shape.extent(axis); index++) {
            tuples.put(Key.of(index), Tensor.scalar(1));
        }
        Relation relation = new Relation(List.of(Attribute.integer(name)), Shape.SCALAR, tuples);
        List<Optional<String>> axes = new ArrayList<>();
        for (int each = 0; each < shape.rank(); each++) {
            axes.add(each == axis ? Optional.of(name) : Optional.empty());
        }
        return new Value(Optional.of(RelExpr.constant(relation)), Set.of(), axes, Kernels.constant(1), shape);
    }
}
