package org.relata.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyProjection.Column;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;

/// Random programs over five small relations, and random data for them: joins of every kind, relations used many times,
/// dropped
/// tuples, nested aggregates, empty groups, scalars, vectors and matrices.
public final class RandomPrograms {
    private static final Shape VECTOR = Shape.of(2);
    private static final Shape MATRIX = Shape.of(2, 2);
    private static final Map<String, RelationType> TYPES = Map.of(
            "a", RelationType.of(Shape.SCALAR, "i", "j"),
            "b", RelationType.of(Shape.SCALAR, "j", "k").range("j", 0, 3).range("k", 0, 3),
            "x", RelationType.of(VECTOR, "i"),
            "w", RelationType.of(MATRIX),
            "data",
                    RelationType.of(Shape.SCALAR, "i", "k")
                            .range("i", 0, 3)
                            .range("k", 0, 3)
                            .complete());

    private final Random random;
    private final List<RelExpr> made = new ArrayList<>();

    private RandomPrograms(Random random) {
        this.random = random;
    }

    /// A program of at most the given depth.
    public static RelExpr program(Random random, int depth) {
        return new RandomPrograms(random).expression(depth);
    }

    /// Relations for all programs.
    public static Map<String, Relation> data(Random random) {
        Map<String, Relation> data = new HashMap<>();
        TYPES.forEach((name, type) -> data.put(
                name,
                GradientCheck.random(type, 3, name.equals("w") || name.equals("data") ? 0 : 0.3, random, -1.5, 1.5)));
        return data;
    }

    private RelExpr expression(int depth) {
        if (!made.isEmpty() && random.nextInt(5) == 0) {
            return made.get(random.nextInt(made.size()));
        }
        RelExpr expression = depth == 0 ? scan() : operator(depth);
        made.add(expression);
        return expression;
    }

    private RelExpr scan() {
        List<String> names = List.of("a", "b", "x", "w", "data", "a", "x");
        String name = names.get(random.nextInt(names.size()));
        return RelExpr.scan(name, TYPES.get(name));
    }

    private RelExpr operator(int depth) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> select(expression(depth - 1));
            case 2, 3 -> aggregate(expression(depth - 1));
            case 4 -> {
                RelExpr input = expression(depth - 1);
                yield input.add(select(input, false));
            }
            default -> join(expression(depth - 1), expression(depth - 1));
        };
    }

    private RelExpr select(RelExpr input) {
        return select(input, true);
    }

    private RelExpr select(RelExpr input, boolean rekey) {
        List<String> names = input.type().names();
        RelExpr result = input;
        if (!names.isEmpty() && random.nextInt(2) == 0) {
            result = result.where(condition(names));
        }
        if (rekey && !names.isEmpty() && random.nextInt(3) == 0) {
            String moved = names.get(random.nextInt(names.size()));
            List<Column> columns = new ArrayList<>();
            for (String name : names) {
                KeyTerm term = KeyTerm.left(name);
                columns.add(
                        new Column(name, name.equals(moved) ? KeyTerm.literal(2).minus(term) : term));
            }
            result = result.project(new KeyProjection(columns));
        }
        return result.map(value -> rekey ? function(value) : Kernels.broadcast(function(value), value.shape()));
    }

    private KeyPredicate condition(List<String> names) {
        KeyTerm term = KeyTerm.left(names.get(random.nextInt(names.size())));
        KeyTerm other = names.size() > 1 && random.nextBoolean()
                ? KeyTerm.left(names.get(random.nextInt(names.size())))
                : KeyTerm.literal(random.nextInt(3));
        Comparison[] comparisons = Comparison.values();
        KeyPredicate one = KeyPredicate.compare(term, comparisons[random.nextInt(comparisons.length)], other);
        return switch (random.nextInt(3)) {
            case 0 -> one;
            case 1 -> one.not();
            default -> one.or(KeyPredicate.equal(term.plus(other).modulo(KeyTerm.literal(2)), KeyTerm.literal(0)));
        };
    }

    private Kernel function(Kernel value) {
        return switch (random.nextInt(10)) {
            case 0 -> Kernels.tanh(value);
            case 1 -> Kernels.sigmoid(value);
            case 2 -> Kernels.softplus(value);
            case 3 -> Kernels.multiply(value, value);
            case 4 -> Kernels.exp(Kernels.tanh(value));
            case 5 -> Kernels.relu(value);
            case 6 -> value.shape().rank() > 0 ? Kernels.softmax(value) : Kernels.gelu(value);
            case 7 -> value.shape().rank() == 2 ? Kernels.transpose(value) : Kernels.abs(value);
            case 8 -> value.shape().rank() > 0 ? Kernels.sum(value) : Kernels.negate(value);
            default -> value;
        };
    }

    private RelExpr aggregate(RelExpr input) {
        Aggregator[] aggregators = Aggregator.values();
        Aggregator aggregator = aggregators[random.nextInt(aggregators.length)];
        if (aggregator == Aggregator.PRODUCT && input.type().key().size() > 2) {
            // A second derivative costs the cube of the group.
            aggregator = Aggregator.SUM;
        }
        List<Column> columns = new ArrayList<>();
        for (String name : input.type().names()) {
            if (random.nextBoolean()) {
                KeyTerm term = KeyTerm.left(name);
                columns.add(new Column(name, random.nextInt(4) == 0 ? term.modulo(KeyTerm.literal(2)) : term));
            }
        }
        return bounded(new Aggregate(new KeyProjection(columns), aggregator, input));
    }

    private RelExpr join(RelExpr left, RelExpr right) {
        List<String> shared = new ArrayList<>(left.type().names());
        shared.retainAll(right.type().names());
        Joining joining = left.join(right);
        KeyProjection key = KeyProjection.all(left.type().key());
        Set<String> taken = new HashSet<>(left.type().names());
        for (String name : right.type().names()) {
            if (shared.contains(name) && random.nextInt(4) != 0) {
                joining = random.nextInt(5) == 0
                        ? joining.where(KeyPredicate.equal(KeyTerm.left(name), KeyTerm.right(name)))
                        : joining.on(name);
            } else {
                String fresh = name;
                while (!taken.add(fresh)) {
                    fresh += "_";
                }
                key = key.and(fresh, KeyTerm.right(name));
            }
        }
        RelExpr joined = joining.project(key).with(this::combination);
        if (joined.type().key().size() > 3) {
            joined = joined.sum(
                    joined.type().names().get(random.nextInt(joined.type().key().size())));
        }
        return bounded(joined);
    }

    private Kernel combination(Kernel left, Kernel right) {
        if (left.shape().rank() == 2 && right.shape().rank() == 2 && random.nextBoolean()) {
            return Kernels.matmul(left, right);
        }
        if (left.shape().rank() == 2 && right.shape().rank() == 1 && random.nextBoolean()) {
            return Kernels.matvec(left, right);
        }
        if (left.shape().rank() == 1 && right.shape().rank() == 1 && random.nextInt(3) == 0) {
            return random.nextBoolean() ? Kernels.inner(left, right) : Kernels.outer(left, right);
        }
        return switch (random.nextInt(6)) {
            case 0 -> Kernels.add(left, right);
            case 1 -> Kernels.subtract(left, right);
            case 2 -> Kernels.divide(left, Kernels.add(Kernels.constant(1), Kernels.multiply(right, right)));
            case 3 -> Kernels.maximum(left, right);
            default -> Kernels.multiply(left, right);
        };
    }

    /// Values that stay of the size of 1, so that tolerances mean the same everywhere.
    private RelExpr bounded(RelExpr expression) {
        return expression.map(value -> Kernels.tanh(Kernels.multiply(Kernels.constant(0.5), value)));
    }
}
