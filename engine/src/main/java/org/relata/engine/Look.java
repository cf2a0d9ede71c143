package org.relata.engine;

import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Values;

/// Looks at a relation where it stands, without a copy; it is the engine's, and valid until programs run or relations
/// change.
///
/// @param <T> what comes of it
@FunctionalInterface
public interface Look<T> {
    /// Sees keys and values, row by row the same.
    T at(KeySet keys, Values values);
}
