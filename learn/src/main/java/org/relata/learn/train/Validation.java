package org.relata.learn.train;

import java.util.function.ToDoubleFunction;
import org.relata.algebra.RelExpr;
import org.relata.algebra.run.Runner;

/// What patience looks at after an epoch: a number that is to fall.
public sealed interface Validation {
    /// What it is, in a few characters that differ where it does.
    String name();

    /// A loss, on data that is bound to the runner beside what is learned from.
    record Loss(RelExpr expression) implements Validation {
        @Override
        public String name() {
            return "loss " + Checksum.of(expression.explain()).text();
        }
    }

    /// Anything else that parameters come to.
    ///
    /// @param of a runner to which the parameters are bound
    record Figure(String name, ToDoubleFunction<Runner> of) implements Validation {}
}
