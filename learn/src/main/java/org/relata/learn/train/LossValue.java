package org.relata.learn.train;

import java.util.Optional;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;

/// A loss that was computed, and what can be wrong with it.
final class LossValue {
    private LossValue() {}

    /// The number of an output; nothing if no row reached it.
    static Optional<Double> of(Program program, String output) {
        return program.output(output).get(Key.EMPTY).map(Tensor::number);
    }

    /// The loss, unless nothing more can be learned from it.
    ///
    /// @param place where it came up
    static double finite(double loss, String place, Optimizer optimizer) {
        if (Double.isFinite(loss)) {
            return loss;
        }
        throw new AlgebraException(
                "loss.not-finite",
                place,
                "the loss is " + (Double.isNaN(loss) ? "not a number" : loss > 0 ? "infinite" : "minus infinity"),
                "lower the learning rate (it is " + optimizer.rate()
                        + "), or look for a logarithm of 0, a division by 0 or a large exponent in the loss");
    }

    /// There is none.
    static AlgebraException none() {
        return new AlgebraException(
                "loss.empty", "the loss", "no row reaches it", "check that the tables hold rows that join");
    }
}
