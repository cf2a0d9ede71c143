package org.relata.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.relata.algebra.kernel.KernelContext;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.KernelOrder;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// What the algebra means, executed over maps in float64. Every runner is tested against it. Made to be read; joins are
/// hashed on their equalities, kernels are put in order once, and beyond that nothing is done for speed.
public final class Reference {
    private final Map<String, Relation> relations;
    private final Settings settings;
    private final Sharing sharing = new Sharing();
    private final IdentityHashMap<RelExpr, Relation> results = new IdentityHashMap<>();

    /// An execution on the given relations. Expressions it is asked about share what they have in common.
    public Reference(Map<String, Relation> relations, Settings settings) {
        this.relations = Map.copyOf(relations);
        this.settings = settings;
    }

    /// The value of one expression.
    public static Relation run(RelExpr expression, Map<String, Relation> relations) {
        return new Reference(relations, Settings.NONE).run(expression);
    }

    /// The value of an expression.
    public Relation run(RelExpr expression) {
        RelExpr shared = sharing.share(expression);
        for (RelExpr each : Sharing.sorted(shared)) {
            if (!results.containsKey(each)) {
                results.put(each, evaluate(each));
            }
        }
        return value(shared);
    }

    private Relation evaluate(RelExpr expression) {
        return switch (expression) {
            case Scan scan -> scan(scan);
            case Constant constant -> constant.relation();
            case Select select -> select(select);
            case Aggregate aggregate -> aggregate(aggregate);
            case Join join -> join(join);
            case Add add -> add(add);
        };
    }

    private Relation scan(Scan scan) {
        Relation relation = relations.get(scan.relation());
        if (relation == null) {
            throw new AlgebraException(
                    "relation.missing", "relation " + scan.relation(), "it was not given", "bind it");
        }
        if (!relation.attributes().equals(scan.type().key())
                || !relation.shape().equals(scan.type().shape())) {
            throw new AlgebraException(
                    "relation.type",
                    "relation " + scan.relation(),
                    "key " + relation.attributes() + " with shape " + relation.shape() + " was given",
                    "the program reads key " + scan.type().key() + " with shape "
                            + scan.type().shape());
        }
        return relation;
    }

    private Relation select(Select select) {
        KeyScope scope = new KeyScope("select", select.input().type().key());
        KernelOrder kernel = new KernelOrder(select.kernel());
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        value(select.input()).tuples().forEach((key, value) -> {
            if (select.where().holds(scope, key, Key.EMPTY)) {
                KernelContext context = new KernelContext(List.of(value), scope, key, Key.EMPTY, settings);
                put(tuples, select, select.project().apply(scope, key, Key.EMPTY), kernel.evaluate(context));
            }
        });
        return relation(select, tuples);
    }

    private Relation aggregate(Aggregate aggregate) {
        KeyScope scope = new KeyScope("aggregate", aggregate.input().type().key());
        NavigableMap<Key, List<Tensor>> groups = new TreeMap<>();
        value(aggregate.input())
                .tuples()
                .forEach((key, value) -> groups.computeIfAbsent(
                                aggregate.groupBy().apply(scope, key, Key.EMPTY), group -> new ArrayList<>())
                        .add(value));
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        groups.forEach(
                (group, values) -> aggregate.aggregator().apply(values).ifPresent(result -> tuples.put(group, result)));
        return relation(aggregate, tuples);
    }

    private Relation join(Join join) {
        KeyScope scope = new KeyScope(
                "join", join.left().type().key(), join.right().type().key());
        KernelOrder kernel = new KernelOrder(join.kernel());
        Map<List<Object>, List<Map.Entry<Key, Tensor>>> matches = new HashMap<>();
        value(join.right())
                .tuples()
                .entrySet()
                .forEach(tuple -> matches.computeIfAbsent(
                                join.on().equalities().stream()
                                        .map(equality -> equality.right().value(scope, Key.EMPTY, tuple.getKey()))
                                        .toList(),
                                values -> new ArrayList<>())
                        .add(tuple));
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        value(join.left()).tuples().forEach((leftKey, leftValue) -> {
            List<Object> values = join.on().equalities().stream()
                    .map(equality -> equality.left().value(scope, leftKey, Key.EMPTY))
                    .toList();
            for (Map.Entry<Key, Tensor> right : matches.getOrDefault(values, List.of())) {
                Key rightKey = right.getKey();
                if (join.on().residual().holds(scope, leftKey, rightKey)) {
                    List<Tensor> arguments = List.of(leftValue, right.getValue());
                    KernelContext context = new KernelContext(arguments, scope, leftKey, rightKey, settings);
                    KeyProjection project = join.project();
                    put(tuples, join, project.apply(scope, leftKey, rightKey), kernel.evaluate(context));
                }
            }
        });
        return relation(join, tuples);
    }

    private Relation add(Add add) {
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        for (RelExpr input : add.inputs()) {
            value(input).tuples().forEach((key, value) -> tuples.merge(key, value, (a, b) -> a.zip(b, Double::sum)));
        }
        return relation(add, tuples);
    }

    private static void put(Map<Key, Tensor> tuples, RelExpr place, Key key, Tensor value) {
        if (tuples.put(key, value) != null) {
            throw Typing.merges(place.label(), "into " + key);
        }
    }

    private Relation value(RelExpr expression) {
        Relation result = results.get(expression);
        if (result == null) {
            throw new IllegalStateException("inputs come before their users: " + expression.label());
        }
        return result;
    }

    private static Relation relation(RelExpr expression, NavigableMap<Key, Tensor> tuples) {
        return new Relation(expression.type().key(), expression.type().shape(), tuples);
    }
}
