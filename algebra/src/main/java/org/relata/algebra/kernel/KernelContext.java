package org.relata.algebra.kernel;

import java.util.List;
import java.util.Map;
import org.relata.algebra.key.KeyScope;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;

/// What a kernel is evaluated on.
///
/// @param arguments the values of the tuples, left first
/// @param scope the attributes of their keys
/// @param left the left, or only, key
/// @param right the right key, ⟨⟩ if there is none
/// @param settings what does not vary from tuple to tuple
public record KernelContext(List<Tensor> arguments, KeyScope scope, Key left, Key right, Settings settings) {
    /// What does not vary from tuple to tuple.
    ///
    /// @param numbers hyper-parameters by name
    /// @param seed of all random numbers
    /// @param step of training; random numbers differ from step to step
    public record Settings(Map<String, Double> numbers, long seed, long step) {
        /// No hyper-parameters, seed 0, step 0.
        public static final Settings NONE = new Settings(Map.of(), 0, 0);

        /// Copies.
        public Settings {
            numbers = Map.copyOf(numbers);
        }
    }

    /// A context without keys, for tests and constant folding.
    public static KernelContext of(Tensor... arguments) {
        return new KernelContext(
                List.of(arguments), new KeyScope("kernel", List.of()), Key.EMPTY, Key.EMPTY, Settings.NONE);
    }
}
