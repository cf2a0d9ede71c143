package org.relata.algebra.rewrite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.relata.algebra.RelExpr;

/// Programs after rewriting.
///
/// @param outputs under the names they had
/// @param now what an expression of the programs before has become; empty if it is not computed any more
/// @param applied how often each rewrite was, in the order of the catalogue
public record Rewritten(
        Map<String, RelExpr> outputs, Function<RelExpr, Optional<RelExpr>> now, Map<String, Integer> applied) {
    /// Copies.
    public Rewritten {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        applied = Collections.unmodifiableMap(new LinkedHashMap<>(applied));
    }
}
