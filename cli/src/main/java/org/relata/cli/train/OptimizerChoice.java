package org.relata.cli.train;

import java.util.List;
import java.util.Optional;
import org.relata.database.RelataException;
import org.relata.learn.train.Optimizer;

/// An optimiser as a command line names it.
///
/// @param name `sgd`, `momentum`, `adagrad` or `adam`
/// @param rate the learning rate; the optimiser's usual one if it is not given
/// @param decay the weight decay, 0 for none
public record OptimizerChoice(String name, Optional<Double> rate, double decay) {
    private static final List<String> NAMES = List.of("sgd", "momentum", "adagrad", "adam");

    /// The optimiser.
    public Optimizer optimizer() {
        return switch (name) {
            case "sgd" -> new Optimizer.Sgd(rate.orElse(0.01), decay);
            case "momentum" -> new Optimizer.Momentum(rate.orElse(0.01), 0.9, decay);
            case "adagrad" -> {
                if (decay != 0) {
                    throw RelataException.usage(
                            "optimizer.decay",
                            "--weight-decay " + decay,
                            "adagrad has no weight decay",
                            "leave it out, or write the penalty into the loss");
                }
                yield new Optimizer.Adagrad(rate.orElse(0.01));
            }
            case "adam" -> new Optimizer.Adam(rate.orElse(0.001), 0.9, 0.999, 1e-8, decay);
            // Text from a command line.
            default ->
                throw RelataException.usage(
                        "optimizer.unknown",
                        "--optimizer " + name,
                        "there is no such optimiser",
                        "there are " + String.join(", ", NAMES));
        };
    }
}
