package org.relata.sql.layout;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Shape;

/// Kernels over tensors as relations of their elements: what works element by element stays a kernel, what brings
/// elements
/// together becomes joins and aggregates over their indices.
final class Elementwise {
    private final Pairs pairs;
    private final IdentityHashMap<Kernel, Value> values = new IdentityHashMap<>();

    Elementwise(Pairs pairs) {
        this.pairs = pairs;
    }

    Value value(Kernel kernel) {
        Kernel shared = new KernelGraph.Sharing().share(kernel);
        for (Kernel each : KernelGraph.sorted(shared)) {
            values.put(each, node(each));
        }
        return of(shared);
    }

    private Value of(Kernel kernel) {
        return requireNonNull(values.get(kernel), "inputs come before their users");
    }

    private Value node(Kernel kernel) {
        return switch (kernel) {
            case Leaf leaf -> leaf(leaf);
            case Unary(Unary.Operation operation, Kernel input, var _) ->
                of(input).map(element -> Kernels.unary(operation, element));
            case Binary(Binary.Operation operation, Kernel left, Kernel right, var _) ->
                pairs.combined(of(left), of(right), kernel.shape(), (a, b) -> Kernels.binary(operation, a, b));
            case Where(Kernel condition, Kernel then, Kernel otherwise, var _) ->
                where(of(condition), of(then), of(otherwise), kernel.shape());
            case Linear linear -> linear(linear);
            case Reduce(Reduce.Operation operation, Kernel input, Shape shape) -> reduced(operation, of(input), shape);
        };
    }

    private Value leaf(Leaf leaf) {
        return switch (leaf) {
            case Leaf.Argument(int index, Shape _) -> pairs.argument(index);
            case Leaf.Constant(var tensor) -> pairs.constant(tensor);
            case Leaf.KeyNumber _, Leaf.KeyTest _, Leaf.Hyper _ -> pairs.keyed(leaf, leaf.shape());
            case Leaf.Random(String stream, List<KeyTerm> key, Shape shape) -> random(leaf, stream, key, shape);
        };
    }

    private Value random(Leaf leaf, String stream, List<KeyTerm> key, Shape shape) {
        if (shape.size() == 1) {
            List<KeyTerm> all = new ArrayList<>(key);
            if (shape.rank() > 0) {
                all.add(KeyTerm.literal(0));
            }
            return pairs.keyed(new Leaf.Random(stream, all, Shape.SCALAR), shape);
        }
        Value rows = pairs.expanded(pairs.attached(pairs.keyed(Kernels.constant(1), shape), pairs.needed(leaf)));
        List<KeyTerm> all = new ArrayList<>(key);
        all.add(position(rows));
        return new Value(rows.relation(), rows.sides(), rows.axes(), new Leaf.Random(stream, all, Shape.SCALAR), shape);
    }

    /// Where an element stands when all are counted, last axis fastest.
    private static KeyTerm position(Value value) {
        KeyTerm position = KeyTerm.literal(0);
        boolean first = true;
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            if (value.axes().get(axis).isPresent()) {
                KeyTerm index = KeyTerm.left(value.axes().get(axis).get());
                position = first
                        ? index
                        : position.times(KeyTerm.literal(value.shape().extent(axis)))
                                .plus(index);
                first = false;
            }
        }
        return position;
    }

    private Value where(Value condition, Value then, Value otherwise, Shape shape) {
        Kernel zero = Kernels.constant(0);
        Set<RelExpr> relations = Collections.newSetFromMap(new IdentityHashMap<>());
        List.of(condition, then, otherwise).forEach(value -> value.relation().ifPresent(relations::add));
        if (relations.size() <= 1) {
            // One relation at most: one CASE. The middle step only carries it along.
            List<Kernel> carried = new ArrayList<>();
            Value first = pairs.combined(condition, then, shape, (c, t) -> {
                carried.add(c);
                carried.add(t);
                return c;
            });
            if (first.relation().isEmpty()
                    || relations.contains(first.relation().get())) {
                return pairs.combined(first, otherwise, shape, (c, o) -> Kernels.where(c, carried.get(1), o));
            }
        }
        Value chosen = pairs.combined(condition, then, shape, (c, t) -> Kernels.where(c, t, zero));
        Value rest = pairs.combined(condition, otherwise, shape, (c, o) -> Kernels.where(c, zero, o));
        return pairs.combined(chosen, rest, shape, Kernels::add);
    }

    private Value linear(Linear linear) {
        return switch (linear) {
            case Linear.MatMul(Kernel left, Kernel right, var _) -> product(of(left), of(right), linear.shape());
            case Linear.Transpose(Kernel input, var _) -> {
                Value value = of(input);
                yield value.as(List.of(value.axes().get(1), value.axes().get(0)), linear.shape());
            }
            case Linear.Reshape(Kernel input, Shape shape) -> reshaped(of(input), shape);
            case Linear.Broadcast(Kernel input, Shape shape) -> {
                Value value = of(input);
                List<Optional<String>> axes = new ArrayList<>(
                        Collections.nCopies(shape.rank() - value.shape().rank(), Optional.empty()));
                axes.addAll(value.axes());
                yield value.as(axes, shape);
            }
            case Linear.Concat(List<Kernel> inputs, int axis, var _) -> concatenated(inputs, axis, linear.shape());
            case Linear.Slice(Kernel input, int axis, int from, int to, var _) ->
                sliced(of(input), axis, from, to, linear.shape());
        };
    }

    private Value product(Value left, Value right, Shape shape) {
        int rows = shape.extent(0);
        int inner = left.shape().extent(1);
        int columns = shape.extent(1);
        Shape cube = Shape.of(rows, inner, columns);
        Value a = left.as(List.of(left.axes().get(0), left.axes().get(1), Optional.empty()), cube);
        Value b = right.as(
                List.of(Optional.empty(), right.axes().get(0), right.axes().get(1)), cube);
        Value summed = reduced(
                Reduce.Operation.SUM, pairs.combined(a, b, cube, Kernels::multiply), Shape.of(rows, 1, columns));
        return summed.as(List.of(summed.axes().get(0), summed.axes().get(2)), shape);
    }

    private Value reduced(Reduce.Operation operation, Value value, Shape shape) {
        int lead = value.shape().rank() - shape.rank();
        List<String> gone = new ArrayList<>();
        List<Optional<String>> kept = new ArrayList<>();
        int repeated = 1;
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            int extent = value.shape().extent(axis);
            boolean stays = axis >= lead && shape.extent(axis - lead) == extent;
            if (!stays && value.axes().get(axis).isPresent()) {
                gone.add(value.axes().get(axis).get());
            } else if (!stays) {
                repeated *= extent;
            }
            if (axis >= lead) {
                kept.add(stays ? value.axes().get(axis) : Optional.empty());
            }
        }
        Value folded = value.as(kept, shape);
        if (!gone.isEmpty()) {
            List<String> by = new ArrayList<>(pairs.names(value.sides()));
            folded.indices().forEach(by::add);
            RelExpr elements = new Select(
                    KeyPredicate.always(),
                    KeyProjection.all(value.relation().orElseThrow().type().key()),
                    value.kernel(),
                    value.relation().orElseThrow());
            Aggregator aggregator = switch (operation) {
                case SUM -> Aggregator.SUM;
                case MAXIMUM -> Aggregator.MAXIMUM;
                case LOGSUMEXP -> Aggregator.LOGSUMEXP;
            };
            RelExpr sums = new Aggregate(KeyProjection.keep(by.toArray(String[]::new)), aggregator, elements);
            folded = new Value(Optional.of(sums), value.sides(), kept, new Leaf.Argument(0, Shape.SCALAR), shape);
        }
        if (repeated == 1) {
            return folded;
        }
        Kernel times = Kernels.constant(repeated);
        return switch (operation) {
            case SUM -> folded.map(element -> Kernels.multiply(element, times));
            case MAXIMUM -> folded;
            case LOGSUMEXP -> folded.map(element -> Kernels.add(element, Kernels.log(times)));
        };
    }

    private Value reshaped(Value value, Shape shape) {
        if (Layout.SCALAR.axes(value.shape()).equals(Layout.SCALAR.axes(shape))) {
            List<Optional<String>> long1 = new ArrayList<>();
            for (int axis = 0; axis < value.shape().rank(); axis++) {
                if (value.shape().extent(axis) > 1) {
                    long1.add(value.axes().get(axis));
                }
            }
            List<Optional<String>> axes = new ArrayList<>();
            int next = 0;
            for (int extent : shape.extents()) {
                axes.add(extent > 1 ? long1.get(next++) : Optional.empty());
            }
            return value.as(axes, shape);
        }
        if (value.relation().isEmpty() || value.indices().isEmpty()) {
            return value.as(
                    shape.extents().stream()
                            .map(extent -> Optional.<String>empty())
                            .toList(),
                    shape);
        }
        Value full = pairs.expanded(value);
        KeyTerm position = position(full);
        KeyProjection key = tupleKey(full);
        Set<String> taken = new HashSet<>(pairs.names(pairs.sides()));
        List<Optional<String>> axes = new ArrayList<>();
        int stride = shape.size();
        for (int extent : shape.extents()) {
            stride /= extent;
            if (extent > 1) {
                String name = Scalarise.fresh("i", taken);
                KeyTerm index = stride == 1 ? position : position.dividedBy(KeyTerm.literal(stride));
                key = key.and(
                        name, (long) stride * extent == shape.size() ? index : index.modulo(KeyTerm.literal(extent)));
                axes.add(Optional.of(name));
            } else {
                axes.add(Optional.empty());
            }
        }
        return rekeyed(full, KeyPredicate.always(), key, axes, shape);
    }

    private KeyProjection tupleKey(Value value) {
        return KeyProjection.keep(pairs.names(value.sides()).toArray(String[]::new));
    }

    private static Value rekeyed(
            Value value, KeyPredicate where, KeyProjection key, List<Optional<String>> axes, Shape shape) {
        RelExpr moved = new Select(where, key, value.kernel(), value.relation().orElseThrow());
        return new Value(Optional.of(moved), value.sides(), axes, new Leaf.Argument(0, Shape.SCALAR), shape);
    }

    private Value sliced(Value value, int axis, int from, int to, Shape shape) {
        Optional<String> index = value.axes().get(axis);
        if (index.isEmpty()) {
            return value.as(value.axes(), shape);
        }
        KeyTerm term = KeyTerm.left(index.get());
        KeyPredicate inside = KeyPredicate.compare(term, Comparison.AT_LEAST, KeyTerm.literal(from))
                .and(KeyPredicate.compare(term, Comparison.LESS, KeyTerm.literal(to)));
        KeyProjection key = tupleKey(value);
        List<Optional<String>> axes = new ArrayList<>();
        for (int each = 0; each < value.shape().rank(); each++) {
            Optional<String> name = value.axes().get(each);
            if (each == axis && to - from > 1) {
                key = key.and(index.get(), from == 0 ? term : term.minus(KeyTerm.literal(from)));
                axes.add(index);
            } else if (each != axis && name.isPresent()) {
                key = key.and(name.get(), KeyTerm.left(name.get()));
                axes.add(name);
            } else {
                axes.add(Optional.empty());
            }
        }
        return rekeyed(value, inside, key, axes, shape);
    }

    private Value concatenated(List<Kernel> inputs, int axis, Shape shape) {
        Set<Side> sides = EnumSet.noneOf(Side.class);
        inputs.forEach(input -> {
            sides.addAll(of(input).sides());
            sides.addAll(pairs.needed(of(input).kernel()));
        });
        List<String> names = pairs.names(sides);
        Set<String> taken = new HashSet<>(names);
        List<Optional<String>> axes = new ArrayList<>();
        for (int extent : shape.extents()) {
            axes.add(extent > 1 ? Optional.of(Scalarise.fresh("i", taken)) : Optional.empty());
        }
        List<RelExpr> parts = new ArrayList<>();
        int offset = 0;
        for (Kernel input : inputs) {
            Value attached = pairs.attached(of(input), sides);
            Value part = pairs.expanded(attached);
            KeyProjection key = KeyProjection.keep(names.toArray(String[]::new));
            for (int each = 0; each < shape.rank(); each++) {
                if (axes.get(each).isPresent()) {
                    KeyTerm index =
                            part.axes().get(each).<KeyTerm>map(KeyTerm::left).orElse(KeyTerm.literal(0));
                    boolean moved = each == axis && offset > 0;
                    key = key.and(
                            axes.get(each).get(),
                            !moved
                                    ? index
                                    : part.axes().get(each).isPresent()
                                            ? index.plus(KeyTerm.literal(offset))
                                            : KeyTerm.literal(offset));
                }
            }
            RelExpr rows =
                    part.relation().orElseGet(() -> RelExpr.constant(org.relata.algebra.value.Relation.scalar(1)));
            parts.add(new Select(KeyPredicate.always(), key, part.kernel(), rows));
            offset += input.shape().extent(axis);
        }
        return new Value(Optional.of(new Add(parts)), sides, axes, new Leaf.Argument(0, Shape.SCALAR), shape);
    }
}
