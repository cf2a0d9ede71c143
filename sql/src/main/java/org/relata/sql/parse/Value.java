package org.relata.sql.parse;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Shape;

/// What a value expression means, before it is known where it is computed. Keys are referred to by the variables of the
/// block, as references of the left side.
sealed interface Value {
    /// Its shape.
    Shape shape();

    /// A value column of a table in FROM, counted from 0.
    record Column(int table, String name, Shape shape) implements Value {}

    /// A constant or hyper-parameter.
    record Fixed(Leaf leaf) implements Value {
        @Override
        public Shape shape() {
            return leaf.shape();
        }
    }

    /// A function of keys alone.
    record OfKeys(Leaf leaf) implements Value {
        @Override
        public Shape shape() {
            return leaf.shape();
        }
    }

    /// A function of other values.
    ///
    /// @param height how many functions are on top of each other
    record Apply(Operation operation, List<Value> inputs, Shape shape, int height) implements Value {
        /// Copies.
        public Apply {
            inputs = List.copyOf(inputs);
        }

        /// The function, its shape derived.
        Apply(Operation operation, List<Value> inputs) {
            this(
                    operation,
                    inputs,
                    operation.shape(inputs.stream().map(Value::shape).toList()),
                    1 + inputs.stream().mapToInt(Value::heightOf).max().orElse(0) + inputs.size() / 16);
        }

        /// The same function of other values.
        Apply with(List<Value> others) {
            return new Apply(operation, others);
        }
    }

    /// An aggregate.
    record Aggregated(Aggregator aggregator, Value input) implements Value {
        @Override
        public Shape shape() {
            return aggregator.shape(input.shape());
        }
    }

    /// What a relation carries, while it is planned.
    record Held(int id, Shape shape) implements Value {}

    /// How many functions are on top of each other.
    private static int heightOf(Value value) {
        return value instanceof Apply apply ? apply.height : 0;
    }

    /// A leaf over other keys.
    static Leaf rekey(Leaf leaf, UnaryOperator<KeyTerm> references) {
        return rekeyTerms(leaf, term -> term.replace(references));
    }

    /// A leaf over other terms.
    static Leaf rekeyTerms(Leaf leaf, UnaryOperator<KeyTerm> terms) {
        return switch (leaf) {
            case Leaf.KeyNumber number -> new Leaf.KeyNumber(terms.apply(number.term()));
            case Leaf.KeyTest test -> new Leaf.KeyTest(rekeyTerms(test.predicate(), terms));
            case Leaf.Random random ->
                new Leaf.Random(
                        random.stream(), random.key().stream().map(terms).toList(), random.shape());
            case Leaf.Argument _, Leaf.Constant _, Leaf.Hyper _ -> leaf;
        };
    }

    private static KeyPredicate rekeyTerms(KeyPredicate predicate, UnaryOperator<KeyTerm> terms) {
        return switch (predicate) {
            case KeyPredicate.Compare(var comparison, var left, var right) ->
                new KeyPredicate.Compare(comparison, terms.apply(left), terms.apply(right));
            case KeyPredicate.And(var parts) ->
                new KeyPredicate.And(
                        parts.stream().map(part -> rekeyTerms(part, terms)).toList());
            case KeyPredicate.Or(var parts) ->
                new KeyPredicate.Or(
                        parts.stream().map(part -> rekeyTerms(part, terms)).toList());
            case KeyPredicate.Not(var part) -> new KeyPredicate.Not(rekeyTerms(part, terms));
        };
    }

    /// A fixed number.
    static Value number(double number) {
        return new Fixed((Leaf) Kernels.constant(number));
    }

    /// This as a kernel.
    ///
    /// @param leaves the kernels of columns, aggregates and what is held
    /// @param keys the terms of variables
    default Kernel kernel(Function<Value, Kernel> leaves, UnaryOperator<KeyTerm> keys) {
        return switch (this) {
            case Fixed fixed -> fixed.leaf;
            case OfKeys ofKeys -> rekey(ofKeys.leaf, keys);
            case Apply apply ->
                apply.operation.build(apply.inputs.stream()
                        .map(input -> input.kernel(leaves, keys))
                        .toList());
            case Column _, Aggregated _, Held _ -> leaves.apply(this);
        };
    }
}
