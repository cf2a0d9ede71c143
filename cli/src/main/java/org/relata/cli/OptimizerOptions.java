package org.relata.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relata.cli.train.OptimizerChoice;
import org.relata.learn.train.Optimizer;
import picocli.CommandLine.Option;

/// Another optimiser than a preset's.
final class OptimizerOptions {
    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "How a step follows the gradient: sgd, momentum, adagrad or adam.")
    private @Nullable String name;

    @Option(names = "--lr", paramLabel = "RATE", description = "The learning rate.")
    private @Nullable Double rate;

    /// The optimiser, as far as it is said; the rest is the preset's.
    Optimizer or(Optimizer preset) {
        boolean same = name == null || name.equals(preset.name());
        Optional<Double> chosen =
                Optional.ofNullable(rate).or(() -> same ? Optional.of(preset.rate()) : Optional.empty());
        return new OptimizerChoice(name == null ? preset.name() : name, chosen, 0).optimizer();
    }
}
