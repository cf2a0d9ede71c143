package org.relata.synth.config;

import java.util.List;
import org.relata.database.RelataException;
import org.relata.synth.random.Draws;

/// A set of values.
///
/// @param values the values, at least one
public record OneOf<T>(List<T> values) implements Choices<T> {
    /// Copies the values; refuses an empty set.
    public OneOf {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw RelataException.usage("synth.set", "set []", "it has no value to choose", "name at least one value");
        }
    }

    @Override
    public T draw(Draws draws) {
        return draws.pick(values);
    }
}
