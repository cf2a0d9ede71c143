package org.relata.learn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.RelExpr;

/// What one step makes of a parameter.
///
/// @param parameter its new value
/// @param state the new values of the relations that the optimiser keeps for it, by name
public record Update(RelExpr parameter, Map<String, RelExpr> state) {
    /// Copies.
    public Update {
        state = new LinkedHashMap<>(state);
    }
}
