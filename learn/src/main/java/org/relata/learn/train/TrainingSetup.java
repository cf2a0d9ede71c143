package org.relata.learn.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.rewrite.LoopInvariants;
import org.relata.algebra.rewrite.Rewrites;

/// What training takes from the algebra: gradients, and which part of a program is computed once.
final class TrainingSetup {
    private TrainingSetup() {}

    /// A program in two parts.
    ///
    /// @param once what no step changes, by the names under which `outputs` scan it
    /// @param outputs the rest
    record Hoisted(Map<String, RelExpr> once, Map<String, RelExpr> outputs) {
        /// Copies.
        Hoisted {
            once = Collections.unmodifiableMap(new LinkedHashMap<>(once));
            outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        }
    }

    static Map<String, RelExpr> gradients(RelExpr loss, String... parameters) {
        return Autodiff.gradient(loss, Rewrites.all(), parameters);
    }

    /// Takes out of a program what it need not compute again at every step.
    ///
    /// @param varying relations that differ from step to step besides the parameters: what is kept for them, and
    /// batches
    static Hoisted hoisted(Map<String, RelExpr> outputs, Set<String> varying) {
        LoopInvariants split = LoopInvariants.of(Rewrites.all().apply(outputs).outputs(), varying);
        return new Hoisted(split.once(), split.each());
    }
}
