package org.relata.learn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.AlgebraException;

/// How a step follows a gradient, as algebra: the new parameter is an expression over the old one, the gradient, and
/// relations that are kept from step to step, which have the keys of the parameter and start at zero.
///
/// A key that received no gradient counts as one whose gradient is zero: moments fade there and weights decay as
/// elsewhere. What differs from step to step is a hyper-parameter, so that one compiled program does every step.
public sealed interface Optimizer {
    /// The hyper-parameter that every optimiser reads.
    String RATE = "learning_rate";

    /// What fades more than this may come to 0 in 32 bits.
    double FADED = 1e-6;

    /// What it is called on a command line.
    String name();

    /// How far a step goes.
    double rate();

    /// What is kept for a parameter from step to step, besides its value: a word for each relation.
    List<String> kept();

    /// Which of what is kept is 0, after the first steps, just where no gradient came; nothing if none of it tells.
    default Optional<String> trace(int steps) {
        return Optional.empty();
    }

    /// The new value of a parameter and of what is kept for it.
    ///
    /// @param gradient over keys of the parameter, by its key attributes
    Update update(Scan parameter, RelExpr gradient);

    /// The values of the hyper-parameters at a step, counting from 1.
    default Map<String, Double> numbers(long step) {
        return Map.of(RATE, rate());
    }

    /// The name of a relation that is kept for a parameter.
    static String kept(String parameter, String word) {
        return parameter + "#" + word;
    }

    /// Stochastic gradient descent (Robbins and Monro 1951): θ ← θ − η (g + λ θ).
    ///
    /// @param decay λ, the weight of half the squared parameter in the loss
    record Sgd(double rate, double decay) implements Optimizer {
        /// Checks the numbers.
        public Sgd {
            check(rate, decay);
        }

        /// Without decay.
        public Sgd(double rate) {
            this(rate, 0);
        }

        @Override
        public String name() {
            return "sgd";
        }

        @Override
        public List<String> kept() {
            return List.of();
        }

        @Override
        public Update update(Scan parameter, RelExpr gradient) {
            RelExpr shrunk =
                    decay == 0 ? parameter : parameter.map(value -> Kernels.add(value, backward(times(decay, value))));
            return new Update(shrunk.add(gradient.map(Optimizer::backward)), Map.of());
        }
    }

    /// The heavy ball (Polyak 1964, in the form of Sutskever et al. 2013 without dampening): m ← μ m + g + λ θ,
    /// θ ← θ − η m.
    ///
    /// @param momentum μ
    /// @param decay λ, as for [Sgd]
    record Momentum(double rate, double momentum, double decay) implements Optimizer {
        private static final String VELOCITY = "velocity";

        /// Checks the numbers.
        public Momentum {
            check(rate, decay);
            fraction("momentum", momentum);
        }

        /// With the usual momentum of 0.9 and without decay.
        public Momentum(double rate) {
            this(rate, 0.9, 0);
        }

        @Override
        public String name() {
            return "momentum";
        }

        @Override
        public List<String> kept() {
            return List.of(VELOCITY);
        }

        @Override
        public Optional<String> trace(int steps) {
            return decay == 0 && StrictMath.pow(momentum, steps) > FADED ? Optional.of(VELOCITY) : Optional.empty();
        }

        @Override
        public Update update(Scan parameter, RelExpr gradient) {
            RelExpr old = old(parameter, VELOCITY).map(value -> times(momentum, value));
            RelExpr pulled = decay == 0 ? old : old.add(parameter.map(value -> times(decay, value)));
            RelExpr velocity = pulled.add(gradient);
            return new Update(
                    together(parameter, velocity, (value, speed) -> Kernels.add(value, backward(speed))),
                    Map.of(Optimizer.kept(parameter.relation(), VELOCITY), velocity));
        }
    }

    /// Adagrad (Duchi, Hazan and Singer 2011): s ← s + g², θ ← θ − η g / (√s + ε). A key without gradient stays.
    ///
    /// @param epsilon ε
    record Adagrad(double rate, double epsilon) implements Optimizer {
        private static final String SQUARES = "squares";

        /// Checks the numbers.
        public Adagrad {
            check(rate, 0);
            positive("epsilon", epsilon);
        }

        /// With an ε of 10⁻¹⁰, as in the usual libraries.
        public Adagrad(double rate) {
            this(rate, 1e-10);
        }

        @Override
        public String name() {
            return "adagrad";
        }

        @Override
        public List<String> kept() {
            return List.of(SQUARES);
        }

        @Override
        public Optional<String> trace(int steps) {
            return Optional.of(SQUARES);
        }

        @Override
        public Update update(Scan parameter, RelExpr gradient) {
            RelExpr squares = old(parameter, SQUARES).add(gradient.map(g -> Kernels.multiply(g, g)));
            // From the old squares rather than the new: a join has the keys that have a gradient, a sum has all, and an
            // embedding has many more than a step sees.
            RelExpr change = together(gradient, old(parameter, SQUARES), (g, s) -> {
                Kernel length = Kernels.sqrt(Kernels.add(s, Kernels.multiply(g, g)));
                return backward(Kernels.divide(g, Kernels.add(length, Kernels.constant(epsilon))));
            });
            return new Update(parameter.add(change), Map.of(Optimizer.kept(parameter.relation(), SQUARES), squares));
        }
    }

    /// Adam (Kingma and Ba 2015), with the decay apart from the gradient (Loshchilov and Hutter 2019):
    /// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², θ ← θ − η (m̂ / (√v̂ + ε) + λ θ), where m̂ and v̂ are m and v
    /// over 1 − βᵗ.
    ///
    /// @param beta1 β₁
    /// @param beta2 β₂
    /// @param epsilon ε
    /// @param decay λ
    record Adam(double rate, double beta1, double beta2, double epsilon, double decay) implements Optimizer {
        private static final String FIRST = "moment1";
        private static final String SECOND = "moment2";
        private static final String CORRECTION1 = "adam_correction1";
        private static final String CORRECTION2 = "adam_correction2";

        /// Checks the numbers.
        public Adam {
            check(rate, decay);
            fraction("beta1", beta1);
            fraction("beta2", beta2);
            positive("epsilon", epsilon);
        }

        /// With the numbers of the paper, β₁ = 0.9, β₂ = 0.999 and ε = 10⁻⁸, and without decay.
        public Adam(double rate) {
            this(rate, 0.9, 0.999, 1e-8, 0);
        }

        @Override
        public String name() {
            return "adam";
        }

        @Override
        public List<String> kept() {
            return List.of(FIRST, SECOND);
        }

        @Override
        public Optional<String> trace(int steps) {
            return StrictMath.pow(beta2, steps) > FADED ? Optional.of(SECOND) : Optional.empty();
        }

        @Override
        public Map<String, Double> numbers(long step) {
            return Map.of(
                    RATE, rate,
                    CORRECTION1, 1 / (1 - StrictMath.pow(beta1, step)),
                    CORRECTION2, 1 / (1 - StrictMath.pow(beta2, step)));
        }

        @Override
        public Update update(Scan parameter, RelExpr gradient) {
            RelExpr first = faded(parameter, FIRST, beta1).add(gradient.map(g -> times(1 - beta1, g)));
            RelExpr second =
                    faded(parameter, SECOND, beta2).add(gradient.map(g -> times(1 - beta2, Kernels.multiply(g, g))));
            RelExpr direction = together(first, second, (m, v) -> {
                Kernel length = Kernels.sqrt(Kernels.multiply(Kernels.hyper(CORRECTION2), v));
                return Kernels.divide(
                        Kernels.multiply(Kernels.hyper(CORRECTION1), m),
                        Kernels.add(length, Kernels.constant(epsilon)));
            });
            RelExpr next = together(
                    parameter,
                    direction,
                    (value, towards) -> Kernels.add(value, backward(Kernels.add(towards, times(decay, value)))));
            Map<String, RelExpr> state = new LinkedHashMap<>();
            state.put(Optimizer.kept(parameter.relation(), FIRST), first);
            state.put(Optimizer.kept(parameter.relation(), SECOND), second);
            return new Update(next, state);
        }

        private static RelExpr faded(Scan parameter, String word, double beta) {
            return old(parameter, word).map(value -> times(beta, value));
        }
    }

    /// Any of them, followed by a step to the nearest parameter without a negative number (projected descent).
    ///
    /// @param inner what is done first
    record NonNegative(Optimizer inner) implements Optimizer {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public double rate() {
            return inner.rate();
        }

        @Override
        public List<String> kept() {
            return inner.kept();
        }

        @Override
        public Optional<String> trace(int steps) {
            return inner.trace(steps);
        }

        @Override
        public Map<String, Double> numbers(long step) {
            return inner.numbers(step);
        }

        @Override
        public Update update(Scan parameter, RelExpr gradient) {
            Update free = inner.update(parameter, gradient);
            return new Update(free.parameter().map(Kernels::relu), free.state());
        }
    }

    private static RelExpr old(Scan parameter, String word) {
        return RelExpr.scan(kept(parameter.relation(), word), parameter.type());
    }

    /// Tuples of one key, under that key.
    private static RelExpr together(RelExpr left, RelExpr right, BinaryOperator<Kernel> kernel) {
        return left.join(right).on(left.type().names().toArray(String[]::new)).with(kernel);
    }

    /// −η x.
    private static Kernel backward(Kernel x) {
        return Kernels.negate(Kernels.multiply(Kernels.hyper(RATE), x));
    }

    private static Kernel times(double factor, Kernel x) {
        return Kernels.multiply(Kernels.constant(factor), x);
    }

    private static void check(double rate, double decay) {
        positive("learning rate", rate);
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw wrong("weight decay", decay, "give a number that is not negative");
        }
    }

    private static void positive(String what, double number) {
        if (!(number > 0) || Double.isInfinite(number)) {
            throw wrong(what, number, "give a number above 0");
        }
    }

    private static void fraction(String what, double number) {
        if (!(number >= 0 && number < 1)) {
            throw wrong(what, number, "give a number from 0 to below 1");
        }
    }

    private static AlgebraException wrong(String what, double number, String remedy) {
        return new AlgebraException("optimizer.number", what, number + " makes no sense there", remedy);
    }
}
