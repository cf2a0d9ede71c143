package org.relata.learn.train;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.KernelSplit;
import org.relata.algebra.rewrite.LoopInvariants;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.run.Runner;

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

        /// Computes what no step changes, and binds it.
        void prepare(Runner runner, Settings settings) {
            if (!once.isEmpty()) {
                try (Program program = runner.compile(once)) {
                    program.run(settings);
                    once.keySet().forEach(name -> program.keep(name, name));
                }
            }
        }

        /// What a runner says of the memory of a step, with the part of it that was prepared; empty where it says
        /// nothing.
        Optional<String> forecast(Program program, Runner runner) {
            long bytes = once.keySet().stream()
                    .mapToLong(name -> runner.keepsRows() ? runner.look(name, Hoisted::bytes) : 0)
                    .sum();
            return program.forecast()
                    .map(text -> bytes == 0
                            ? text
                            : text
                                    + String.format(
                                            Locale.ROOT,
                                            "; %,d MiB of the relations were computed once for all steps",
                                            Math.ceilDiv(bytes, 1 << 20)));
        }

        private static long bytes(RowReader rows) {
            long row = (long) rows.width() * (rows.single() ? Float.BYTES : Double.BYTES)
                    + (long) rows.attributes().size() * Long.BYTES;
            return rows.count() * row;
        }
    }

    /// The loss as it is best differentiated.
    static RelExpr split(RelExpr loss) {
        return requireNonNull(KernelSplit.apply(Map.of("loss", loss)).get("loss"));
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
