package org.relata.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// Compares symbolic gradients with central differences of fourth order in float64.
public final class GradientCheck {
    private static final double STEP = 1e-3;
    private static final double TOLERANCE = 1e-6;

    private GradientCheck() {}

    /// How a comparison went.
    ///
    /// @param compared how many slopes were
    /// @param kinks how many were left out, because differences of two step sizes disagree: a kink is near
    /// @param fault the first slope that is wrong
    public record Outcome(int compared, int kinks, Optional<String> fault) {
        Outcome plus(Outcome other) {
            return new Outcome(compared + other.compared, kinks + other.kinks, fault.or(other::fault));
        }
    }

    /// One number from any expression: a weighted sum in which every element has a weight of its own.
    public static RelExpr loss(RelExpr output, String stream) {
        KeyTerm[] key = output.type().names().stream().map(KeyTerm::left).toArray(KeyTerm[]::new);
        return output.map(value -> Kernels.inner(
                        value, Kernels.add(Kernels.random(stream, value.shape(), key), Kernels.constant(0.25))))
                .sum();
    }

    /// First order and, through the gradient's own loss, second order.
    public static Outcome bothOrders(RelExpr output, Map<String, Relation> data, Random random, String... wrt) {
        RelExpr loss = loss(output, "first");
        Outcome outcome = firstOrder(loss, data, random, wrt);
        if (outcome.fault.isEmpty()) {
            Map<String, RelExpr> gradients = Autodiff.gradient(loss, wrt);
            for (String name : wrt) {
                RelExpr second = loss(gradients.get(name), "second " + name);
                String[] scanned = Sharing.sorted(second).stream()
                        .filter(each ->
                                each instanceof Scan scan && List.of(wrt).contains(scan.relation()))
                        .map(each -> ((Scan) each).relation())
                        .distinct()
                        .toArray(String[]::new);
                outcome = outcome.plus(firstOrder(second, data, random, scanned));
            }
        }
        return outcome;
    }

    /// The gradient of a loss, in one coordinate and one random direction for each relation.
    public static Outcome firstOrder(RelExpr loss, Map<String, Relation> data, Random random, String... wrt) {
        Outcome outcome = new Outcome(0, 0, Optional.empty());
        Map<String, RelExpr> gradients = Autodiff.gradient(loss, wrt);
        Reference run = new Reference(data, Settings.NONE);
        for (String name : wrt) {
            Relation relation = data.get(name);
            Relation gradient = run.run(gradients.get(name));
            if (!relation.tuples().keySet().containsAll(gradient.tuples().keySet())) {
                return new Outcome(1, 0, Optional.of("gradient of " + name + " has keys that the relation lacks"));
            }
            for (Relation direction : directions(relation, random)) {
                double symbolic = inner(gradient, direction);
                double near = change(loss, data, name, direction, STEP);
                double far = change(loss, data, name, direction, 2 * STEP);
                double farther = change(loss, data, name, direction, 4 * STEP);
                double numeric = (8 * near - far) / (12 * STEP);
                double coarse = (8 * far - farther) / (24 * STEP);
                if (Math.abs(numeric - coarse) > 0.3 * TOLERANCE * scale(numeric, coarse)
                        || !Double.isFinite(numeric)) {
                    outcome = outcome.plus(new Outcome(0, 1, Optional.empty()));
                } else if (!(Math.abs(symbolic - numeric) <= TOLERANCE * scale(symbolic, numeric))) {
                    return outcome.plus(new Outcome(
                            1,
                            0,
                            Optional.of("by " + name + " along " + direction.tuples() + ": " + symbolic
                                    + ", differences say " + numeric)));
                } else {
                    outcome = outcome.plus(new Outcome(1, 0, Optional.empty()));
                }
            }
        }
        return outcome;
    }

    private static double scale(double one, double other) {
        return Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
    }

    /// How much the loss changes from `by` against a direction to `by` along it.
    private static double change(RelExpr loss, Map<String, Relation> data, String name, Relation direction, double by) {
        return value(loss, data, name, direction, by) - value(loss, data, name, direction, -by);
    }

    private static double value(RelExpr loss, Map<String, Relation> data, String name, Relation direction, double by) {
        Map<String, Relation> moved = new HashMap<>(data);
        TreeMap<Key, Tensor> tuples = new TreeMap<>(data.get(name).tuples());
        direction
                .tuples()
                .forEach((key, tensor) ->
                        tuples.merge(key, tensor, (at, toward) -> at.zip(toward, (a, b) -> a + by * b)));
        moved.put(name, new Relation(direction.attributes(), direction.shape(), tuples));
        return Reference.run(loss, moved).get(Key.EMPTY).map(Tensor::number).orElse(0.0);
    }

    /// The sum of the products of two relations' elements.
    public static double inner(Relation one, Relation other) {
        double sum = 0;
        for (var tuple : one.tuples().entrySet()) {
            Tensor product = other.get(tuple.getKey())
                    .map(tensor -> tensor.zip(tuple.getValue(), (a, b) -> a == 0 ? 0 : a * b))
                    .orElse(Tensor.scalar(0));
            for (double number : product.toArray()) {
                sum += number;
            }
        }
        return sum;
    }

    private static List<Relation> directions(Relation relation, Random random) {
        List<Relation> directions = new ArrayList<>();
        if (relation.size() == 0) {
            return directions;
        }
        Relation everywhere = Relation.empty(relation.attributes(), relation.shape());
        for (Key key : relation.tuples().keySet()) {
            double[] numbers = random.doubles(relation.shape().size(), -1, 1).toArray();
            everywhere = everywhere.plus(key, Tensor.of(relation.shape(), numbers));
        }
        directions.add(everywhere);
        List<Key> keys = List.copyOf(relation.tuples().keySet());
        double[] unit = new double[relation.shape().size()];
        unit[random.nextInt(unit.length)] = 1;
        directions.add(Relation.empty(relation.attributes(), relation.shape())
                .plus(keys.get(random.nextInt(keys.size())), Tensor.of(relation.shape(), unit)));
        return directions;
    }

    /// Random numbers in [from, to) under every combination of key values below `extent`, of which a share is left out.
    public static Relation random(RelationType type, int extent, double left, Random random, double from, double to) {
        List<Key> keys = new ArrayList<>(List.of(Key.EMPTY));
        for (int attribute = 0; attribute < type.key().size(); attribute++) {
            List<Key> longer = new ArrayList<>();
            for (Key key : keys) {
                for (long value = 0; value < extent; value++) {
                    List<Object> values = new ArrayList<>(key.values());
                    values.add(value);
                    longer.add(new Key(values));
                }
            }
            keys = longer;
        }
        TreeMap<Key, Tensor> tuples = new TreeMap<>();
        for (Key key : keys) {
            if (random.nextDouble() >= left) {
                tuples.put(
                        key,
                        Tensor.of(
                                type.shape(),
                                random.doubles(type.shape().size(), from, to).toArray()));
            }
        }
        return new Relation(type.key(), type.shape(), tuples);
    }
}
