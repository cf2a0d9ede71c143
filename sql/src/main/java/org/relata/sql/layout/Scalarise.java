package org.relata.sql.layout;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Facts;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyProjection.Column;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Programs over tensors as programs over scalars: a relation of tensors becomes one with a tuple an element, whose key
/// has
/// an index attribute more for each axis longer than 1. The portable layout of any SQL database.
public final class Scalarise {
    private static final List<String> STEMS = List.of("i", "j", "l", "m");

    /// A relation of scalars in the place of one of tensors.
    ///
    /// @param axes the index attributes, which stand last in the key
    private record Lowered(RelExpr expression, List<String> axes) {}

    private final IdentityHashMap<RelExpr, Lowered> made = new IdentityHashMap<>();

    private Scalarise() {}

    /// The same outputs over relations of scalars.
    public static SequencedMap<String, RelExpr> apply(SequencedMap<String, RelExpr> outputs) {
        Scalarise lowering = new Scalarise();
        Sharing sharing = new Sharing();
        SequencedMap<String, RelExpr> shared = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> shared.put(name, sharing.share(expression)));
        for (RelExpr each : Sharing.sorted(shared.values().toArray(RelExpr[]::new))) {
            lowering.made.put(each, lowering.lower(each));
        }
        SequencedMap<String, RelExpr> result = new LinkedHashMap<>();
        shared.forEach((name, expression) -> result.put(name, lowering.of(expression).expression));
        return result;
    }

    private Lowered of(RelExpr expression) {
        return requireNonNull(made.get(expression), "inputs come before their users");
    }

    private Lowered lower(RelExpr expression) {
        if (!expression.inputs().isEmpty() && isScalar(expression)) {
            return new Lowered(
                    expression.withInputs(expression.inputs().stream()
                            .map(input -> of(input).expression)
                            .toList()),
                    List.of());
        }
        return switch (expression) {
            case Scan scan -> scan(scan);
            case Constant constant -> constant(constant);
            case Select select -> select(select);
            case Aggregate aggregate -> aggregate(aggregate);
            case Join join -> join(join);
            case Add add -> add(add);
        };
    }

    /// Whether nothing in an operator has elements.
    private static boolean isScalar(RelExpr expression) {
        if (expression.inputs().stream().anyMatch(input -> input.type().shape().rank() > 0)
                || expression.type().shape().rank() > 0) {
            return false;
        }
        return switch (expression) {
            case Select select -> isScalar(select.kernel());
            case Join join -> isScalar(join.kernel());
            case Scan _, Constant _, Aggregate _, Add _ -> true;
        };
    }

    private static boolean isScalar(Kernel kernel) {
        return KernelGraph.sorted(kernel).stream().allMatch(each -> each.shape().rank() == 0);
    }

    /// Names for the axes of a shape that are longer than 1, beside others.
    static List<String> names(Shape shape, Set<String> taken) {
        Set<String> all = new HashSet<>(taken);
        List<String> names = new ArrayList<>();
        for (int axis = 0; axis < Layout.SCALAR.axes(shape).size(); axis++) {
            names.add(fresh(STEMS.get(Math.min(axis, STEMS.size() - 1)), all));
        }
        return names;
    }

    /// A name that is not taken; it is from now on.
    static String fresh(String stem, Set<String> taken) {
        String name = stem;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "_" + number;
        }
        return name;
    }

    private static Lowered scan(Scan scan) {
        RelationType type = scan.type();
        List<Integer> extents = Layout.SCALAR.axes(type.shape());
        List<String> axes = names(type.shape(), new HashSet<>(type.names()));
        List<Attribute> key = new ArrayList<>(type.key());
        axes.forEach(axis -> key.add(Attribute.integer(axis)));
        // Another kind of fact would have to be carried over here.
        Set<Set<String>> unique = new HashSet<>();
        for (Set<String> names : type.facts().unique()) {
            Set<String> longer = new HashSet<>(names);
            longer.addAll(axes);
            unique.add(longer);
        }
        RelationType lowered = new RelationType(key, Shape.SCALAR, Facts.NONE);
        for (Map.Entry<String, Facts.Range> range : type.facts().ranges().entrySet()) {
            lowered = lowered.range(
                    range.getKey(), range.getValue().from(), range.getValue().to());
        }
        for (int axis = 0; axis < axes.size(); axis++) {
            lowered = lowered.range(axes.get(axis), 0, extents.get(axis));
        }
        for (Set<String> names : unique) {
            lowered = lowered.unique(names.toArray(String[]::new));
        }
        if (type.facts().size().isPresent()) {
            lowered = lowered.size(
                    type.facts().size().getAsDouble() * type.shape().size());
        }
        if (type.facts().complete()) {
            lowered = lowered.complete();
        }
        return new Lowered(new Scan(scan.relation(), lowered, scan.role()), axes);
    }

    private static Lowered constant(Constant constant) {
        Relation relation = constant.relation();
        List<String> names = relation.attributes().stream().map(Attribute::name).toList();
        List<String> axes = names(relation.shape(), new HashSet<>(names));
        List<Attribute> key = new ArrayList<>(relation.attributes());
        axes.forEach(axis -> key.add(Attribute.integer(axis)));
        return new Lowered(RelExpr.constant(elements(relation, key)), axes);
    }

    /// The elements of a relation under a key with an index for each axis longer than 1.
    static Relation elements(Relation relation, List<Attribute> key) {
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        relation.tuples().forEach((at, tensor) -> {
            for (int position = 0; position < relation.shape().size(); position++) {
                List<Object> values = new ArrayList<>(at.values());
                Layout.indices(relation.shape(), position).forEach(index -> values.add((long) index));
                tuples.put(new Key(values), Tensor.scalar(tensor.at(position)));
            }
        });
        return new Relation(key, Shape.SCALAR, tuples);
    }

    private Lowered add(Add add) {
        Lowered first = of(add.inputs().getFirst());
        List<RelExpr> inputs = new ArrayList<>();
        for (RelExpr input : add.inputs()) {
            Lowered lowered = of(input);
            inputs.add(
                    lowered.axes.equals(first.axes)
                            ? lowered.expression
                            : lowered.expression.project(renaming(input.type().names(), lowered.axes, first.axes)));
        }
        return new Lowered(new Add(inputs), first.axes);
    }

    /// Attributes under their names, and others under new ones.
    private static KeyProjection renaming(List<String> kept, List<String> from, List<String> to) {
        KeyProjection projection = KeyProjection.keep(kept.toArray(String[]::new));
        for (int index = 0; index < from.size(); index++) {
            projection = projection.and(to.get(index), KeyTerm.left(from.get(index)));
        }
        return projection;
    }

    private Lowered aggregate(Aggregate aggregate) {
        Lowered input = of(aggregate.input());
        if (aggregate.aggregator() == Aggregator.COUNT) {
            return new Lowered(
                    new Aggregate(
                            aggregate.groupBy(),
                            Aggregator.COUNT,
                            one(input, aggregate.input().type().names())),
                    List.of());
        }
        List<String> groups =
                aggregate.groupBy().columns().stream().map(Column::name).toList();
        List<String> axes = names(aggregate.type().shape(), new HashSet<>(groups));
        KeyProjection by = aggregate.groupBy();
        for (int axis = 0; axis < axes.size(); axis++) {
            by = by.and(axes.get(axis), KeyTerm.left(input.axes.get(axis)));
        }
        return new Lowered(new Aggregate(by, aggregate.aggregator(), input.expression), axes);
    }

    /// One element of each tuple.
    private static RelExpr one(Lowered relation, List<String> key) {
        if (relation.axes.isEmpty()) {
            return relation.expression;
        }
        KeyPredicate first = KeyPredicate.always();
        for (String axis : relation.axes) {
            first = first.and(KeyPredicate.equal(KeyTerm.left(axis), KeyTerm.literal(0)));
        }
        return new Select(
                first,
                KeyProjection.keep(key.toArray(String[]::new)),
                new Argument(0, Shape.SCALAR),
                relation.expression);
    }

    private Lowered select(Select select) {
        Lowered input = of(select.input());
        List<String> names = select.input().type().names();
        RelExpr kept = select.where().isTrue() ? input.expression : input.expression.where(select.where());
        Lowered rows = new Lowered(kept, input.axes);
        Pairs pairs = new Pairs(
                side(rows, names, select.input().type().shape()),
                side(rows, List.of(), Shape.SCALAR),
                KeyMatch.everything(),
                Set.of(Side.LEFT));
        return finished(
                new Elementwise(pairs).value(select.kernel()),
                pairs,
                select.project(),
                select.type().shape());
    }

    private static Pairs.Part side(Lowered relation, List<String> names, Shape shape) {
        return new Pairs.Part(relation.expression, names, relation.axes, shape, one(relation, names));
    }

    private Lowered join(Join join) {
        Lowered left = of(join.left());
        Lowered right = of(join.right());
        List<String> leftNames = join.left().type().names();
        Map<String, String> renamed = pairNames(join, left);
        // The right side under names that do not meet those of the left one, unless the match makes them equal.
        Set<String> taken = new HashSet<>(left.expression.type().names());
        taken.addAll(renamed.values());
        List<String> rightNames = join.right().type().names().stream()
                .map(name -> requireNonNull(renamed.get(name)))
                .toList();
        List<String> rightAxes = new ArrayList<>();
        KeyProjection projection = KeyProjection.nothing();
        for (String name : join.right().type().names()) {
            projection = projection.and(requireNonNull(renamed.get(name)), KeyTerm.left(name));
        }
        for (String axis : right.axes) {
            String fresh = fresh(axis, taken);
            rightAxes.add(fresh);
            projection = projection.and(fresh, KeyTerm.left(axis));
        }
        boolean same = rightNames.equals(join.right().type().names()) && rightAxes.equals(right.axes);
        Lowered moved = new Lowered(same ? right.expression : right.expression.project(projection), rightAxes);
        KeyMatch match = new KeyMatch(
                join.on().equalities().stream()
                        .map(equality -> new KeyMatch.Equality(
                                equality.left(), equality.right().replace(term -> toPair(term, renamed, Side.RIGHT))))
                        .toList(),
                join.on().residual().replace(term -> toPair(term, renamed, Side.RIGHT)));
        Pairs pairs = new Pairs(
                side(left, leftNames, join.left().type().shape()),
                side(moved, rightNames, join.right().type().shape()),
                match,
                Set.of(Side.LEFT, Side.RIGHT));
        Kernel kernel = Value.replaceKeys(join.kernel(), term -> toPair(term, renamed, Side.LEFT));
        KeyProjection project = join.project().replace(term -> toPair(term, renamed, Side.LEFT));
        return finished(
                new Elementwise(pairs).value(kernel),
                pairs,
                project,
                join.type().shape());
    }

    /// For each right attribute its name among those of the pair: that of a left one which the match makes equal, else
    /// one
    /// of its own.
    private static Map<String, String> pairNames(Join join, Lowered left) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> shared = new HashSet<>();
        for (KeyMatch.Equality equality : join.on().equalities()) {
            if (equality.left() instanceof KeyTerm.Reference(Side _, String mine)
                    && equality.right() instanceof KeyTerm.Reference(Side _, String its)
                    && !names.containsKey(its)
                    && shared.add(mine)) {
                names.put(its, mine);
            }
        }
        Set<String> taken = new HashSet<>(left.expression.type().names());
        for (String name : join.right().type().names()) {
            if (!names.containsKey(name)) {
                names.put(name, fresh(name, taken));
            }
        }
        return names;
    }

    /// A reference over both keys as one over the pair's; right attributes stand on the given side.
    private static KeyTerm toPair(KeyTerm term, Map<String, String> renamed, Side side) {
        KeyTerm.Reference reference = (KeyTerm.Reference) term;
        return reference.side() == Side.LEFT
                ? reference
                : new KeyTerm.Reference(side, requireNonNull(renamed.get(reference.name())));
    }

    /// The relation of an operator's results.
    private static Lowered finished(Value value, Pairs pairs, KeyProjection project, Shape shape) {
        Value full = pairs.expanded(pairs.attached(value, pairs.sides()));
        List<String> names = project.columns().stream().map(Column::name).toList();
        List<String> axes = names(shape, new HashSet<>(names));
        KeyProjection key = project;
        List<String> indices = full.indices();
        for (int axis = 0; axis < axes.size(); axis++) {
            key = key.and(axes.get(axis), KeyTerm.left(indices.get(axis)));
        }
        return new Lowered(
                new Select(
                        KeyPredicate.always(),
                        key,
                        full.kernel(),
                        full.relation().orElseThrow()),
                axes);
    }
}
