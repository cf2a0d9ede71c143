package org.relata.learn.train;

import java.util.Optional;
import java.util.function.ToLongFunction;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.run.Runner;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Tells of keys that no gradient reaches: they keep the value that they started with, which is seldom meant.
///
/// What an optimiser keeps shows it after the first epoch, for nothing. Where it does not, or an epoch need not see all
/// data, the gradient over all data is computed for it once.
///
/// @param trace the word of what shows it, if anything does
record Unreached(Runner runner, Model model, Optional<String> trace, TrainingListener listener) {
    static Unreached of(Runner runner, Model model, TrainingOptions options, Feed feed, TrainingListener listener) {
        boolean all = options.batches().filter(Batches::sample).isEmpty();
        return new Unreached(runner, model, all ? options.optimizer().trace(feed.steps()) : Optional.empty(), listener);
    }

    /// Computes it, unless the first epoch will show it.
    void before(StepProgram step, Settings settings) {
        if (trace.isPresent()) {
            return;
        }
        try (Program program = runner.compile(step.reached())) {
            program.run(settings);
            report(parameter -> Math.round(LossValue.of(program, parameter).orElse(0.0)));
        }
    }

    /// Looks at what the first epoch left.
    void after() {
        trace.ifPresent(word -> report(parameter -> runner.look(Optimizer.kept(parameter, word), Unreached::touched)));
    }

    private static long touched(RowReader rows) {
        long touched = 0;
        for (int row = 0; row < rows.count(); row++) {
            int element = 0;
            while (element < rows.width() && rows.number(row, element) == 0) {
                element++;
            }
            touched += element < rows.width() ? 1 : 0;
        }
        return touched;
    }

    private void report(ToLongFunction<String> reached) {
        for (Input parameter : model.parameters()) {
            String name = parameter.relation();
            int keys = runner.rows(name);
            long missed = keys - reached.applyAsLong(name);
            if (missed > 0) {
                listener.note(
                        name + ": no gradient reached " + missed + " of " + keys + (keys == 1 ? " key" : " keys"));
            }
        }
    }
}
