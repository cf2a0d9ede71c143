package org.relata.learn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import org.relata.algebra.Facts;
import org.relata.algebra.RelationType;
import org.relata.algebra.kernel.KernelContext;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// The values that parameters start with. Rows that exist keep theirs; the others get what the initialiser draws, which
/// is a function of seed, relation, key and position alone: the same on every runner, whatever the order.
public final class ParameterInit {
    private ParameterInit() {}

    /// The start of every parameter of a model, by relation.
    public static Map<String, Relation> of(Model model, TrainingData data, long seed) {
        ParameterKeys keys = new ParameterKeys(model, data);
        Map<String, Relation> result = new LinkedHashMap<>();
        for (Input parameter : model.parameters()) {
            result.put(parameter.relation(), of(parameter, data, keys, seed));
        }
        return result;
    }

    /// The same, bound to a runner. Where a runner keeps rows, they are drawn where they stand and never are tuples.
    public static Start start(Model model, TrainingData data, long seed) {
        return runner -> {
            ParameterKeys keys = new ParameterKeys(model, data);
            for (Input parameter : model.parameters()) {
                Optional<Facts.Range> range = ParameterKeys.only(parameter);
                if (runner.keepsRows()
                        && range.isPresent()
                        && data.rows(parameter).isEmpty()) {
                    draw(runner, parameter, range.get(), seed);
                } else {
                    runner.bind(parameter.relation(), of(parameter, data, keys, seed));
                }
            }
        };
    }

    private static void draw(Runner runner, Input parameter, Facts.Range range, long seed) {
        RelationType type = parameter.scan().type();
        Initialiser initialiser = initialiser(parameter);
        if (range.count() > Integer.MAX_VALUE) {
            throw new AlgebraException(
                    "parameter.keys",
                    "parameter " + parameter.relation(),
                    range.count() + " rows are too many for one relation",
                    "take a part of the data");
        }
        int count = (int) range.count();
        runner.bindRange(parameter.relation(), type.names().getFirst(), range.from(), count, type.shape(), rows -> {
            for (int row = 0; row < count; row++) {
                Tensor drawn = draw(initialiser, parameter.relation(), type, Key.of(range.from() + row), seed);
                for (int element = 0; element < rows.width(); element++) {
                    rows.number(row, element, drawn.at(element));
                }
            }
        });
    }

    private static Initialiser initialiser(Input parameter) {
        return parameter
                .column()
                .flatMap(column -> column.learned())
                .orElseThrow(() -> new AlgebraException(
                        "parameter.start", "parameter " + parameter.relation(), "it has no value column", "add one"));
    }

    private static Relation of(Input parameter, TrainingData data, ParameterKeys keys, long seed) {
        RelationType type = parameter.scan().type();
        Map<Key, Optional<Tensor>> rows = data.rows(parameter).orElse(Map.of());
        // A program may count on all keys of a complete relation.
        boolean stated = rows.isEmpty() || type.facts().complete();
        NavigableSet<Key> all = new TreeSet<>(rows.keySet());
        if (stated) {
            NavigableSet<Key> expected = keys.of(parameter);
            all.removeAll(expected);
            if (!all.isEmpty()) {
                throw new AlgebraException(
                        "parameter.row",
                        "parameter " + parameter.relation(),
                        "the table has a row " + all.first() + " that the model file rules out",
                        "delete it or widen the CHECK");
            }
            all.addAll(expected);
        }
        Initialiser initialiser = initialiser(parameter);
        NavigableMap<Key, Tensor> tuples = new TreeMap<>();
        for (Key key : all) {
            tuples.put(
                    key,
                    rows.getOrDefault(key, Optional.empty())
                            .orElseGet(() -> draw(initialiser, parameter.relation(), type, key, seed)));
        }
        return new Relation(type.key(), type.shape(), tuples);
    }

    /// What an initialiser gives to one key of a relation.
    static Tensor draw(Initialiser initialiser, String relation, RelationType type, Key key, long seed) {
        return switch (initialiser) {
            case Initialiser.Zeros() -> Tensor.filled(type.shape(), 0);
            case Initialiser.Normal(double deviation) -> normal(relation, type, key, seed, deviation);
            case Initialiser.Uniform(double from, double to) ->
                uniform(relation, type, key, seed, u -> from + (to - from) * u);
            case Initialiser.Glorot() -> {
                double bound = Math.sqrt(6.0 / fans(type.shape()));
                yield uniform(relation, type, key, seed, u -> bound * (2 * u - 1));
            }
        };
    }

    private static double fans(Shape shape) {
        return switch (shape.rank()) {
            case 0 -> 2;
            case 1 -> 2.0 * shape.extent(0);
            default -> shape.extent(shape.rank() - 2) + (double) shape.extent(shape.rank() - 1);
        };
    }

    /// By the transform of Box and Muller, in the arithmetic that is the same everywhere.
    private static Tensor normal(String relation, RelationType type, Key key, long seed, double deviation) {
        Tensor radius = uniform(
                relation + " radius", type, key, seed, u -> deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - u)));
        Tensor angle = uniform(relation + " angle", type, key, seed, u -> StrictMath.cos(2 * Math.PI * u));
        return radius.zip(angle, (r, cosine) -> r * cosine);
    }

    private static Tensor uniform(String stream, RelationType type, Key key, long seed, DoubleUnaryOperator transform) {
        List<KeyTerm> terms = type.names().stream().map(KeyTerm::left).toList();
        KernelContext context = new KernelContext(
                List.of(),
                new KeyScope("start of " + stream, type.key()),
                key,
                Key.EMPTY,
                new KernelContext.Settings(Map.of(), seed, 0));
        return new Leaf.Random("start of " + stream, terms, type.shape())
                .value(List.of(), context)
                .map(transform);
    }
}
