package org.relata.learn.fit;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.Regime;
import org.relata.database.task.Split;
import org.relata.database.task.Task;
import org.relata.database.task.TaskRows;
import org.relata.features.EntityTimes;

/// What each row may see: the protocol of a regime, as cut-off times.
///
/// Rolling: every row sees what is dated before its seed. Frozen: rows of validation see nothing dated after V and rows
/// of
/// test nothing after T, however late their seed. A frozen test row may so be years older than any training row, which
/// sees
/// everything up to its seed; a model fitted on such rows has never met stale data. [#stale] therefore gives training
/// rows
/// the same delays that evaluation rows have: it hides the last months of history from them too.
public final class CutOffs {
    private final Task task;
    private final Regime regime;

    private CutOffs(Task task, Regime regime) {
        this.task = task;
        this.regime = regime;
    }

    /// The cut-offs of a task under a regime; auto-complete rows always see up to their own time.
    public static CutOffs of(Task task, Regime regime) {
        return switch (task) {
            case ForecastTask forecast -> new CutOffs(forecast, regime);
            case AutoCompleteTask complete -> new CutOffs(complete, Regime.ROLLING);
        };
    }

    /// The regime that is in force.
    public Regime regime() {
        return regime;
    }

    /// The rows of a split as they are scored.
    public EntityTimes scored(Split split, TaskRows rows) {
        long cap = switch (split) {
            case TRAIN -> Long.MAX_VALUE;
            case VALIDATION -> micros(task.validationTime());
            case TEST -> micros(task.testTime());
        };
        long[] cutoff = switch (regime) {
            case ROLLING -> rows.seed();
            case FROZEN ->
                Arrays.stream(rows.seed()).map(seed -> Math.min(seed, cap)).toArray();
        };
        return new EntityTimes(rows.entity(), cutoff, rows.seed());
    }

    /// How many windows after the freeze the latest evaluation seed lies: 0 when seeds and freeze coincide.
    int delays(TaskRows evaluation, LocalDateTime freeze) {
        long latest = Arrays.stream(evaluation.seed()).max().orElse(Long.MIN_VALUE);
        if (regime == Regime.ROLLING || latest <= micros(freeze)) {
            return 0;
        }
        return (int) ((latest - micros(freeze)) / (task.window().toNanos() / 1000));
    }

    /// Rows with delays drawn as evaluation rows have them: copy number `copy` of `copies` draws its delays from its
    /// own
    /// part of `0 … delays` windows, so that all copies together cover them evenly.
    EntityTimes stale(TaskRows rows, int delays, int copy, int copies) {
        if (delays == 0) {
            return new EntityTimes(rows.entity(), rows.seed(), rows.seed());
        }
        long window = task.window().toNanos() / 1000;
        SplittableRandom random = new SplittableRandom(0x9E3779B97F4A7C15L + copy);
        long[] cutoff = new long[rows.size()];
        for (int i = 0; i < cutoff.length; i++) {
            long delay = (long) ((copy + random.nextDouble()) / copies * (delays + 1));
            cutoff[i] = rows.seed()[i] - delay * window;
        }
        return new EntityTimes(rows.entity(), cutoff, rows.seed());
    }

    static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + time.getNano() / 1000;
    }
}
