package org.relata.database.task;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.relata.database.RelataException;

/// The seed times of the three splits, as RelBench lays them out: training seeds go backwards from V - D, validation
/// seeds
/// forwards from V, test seeds forwards from T, each a window D after the other, and no window reaches past the data it
/// may see.
final class SeedTimes {
    /// Fewer training seeds than this say too little about how the label changes with time.
    static final int LEAST_TRAINING_SEEDS = 3;

    private static final DateTimeFormatter DAY_OR_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private SeedTimes() {}

    /// The seed times of a split, in ascending order.
    ///
    /// @param task the task
    /// @param split the split
    /// @param first the earliest time in the rows the split may see
    /// @param last the latest time in those rows: up to T for training and validation, all for test
    /// @throws RelataException `task.seeds` when the data has no room for the split
    static List<LocalDateTime> of(ForecastTask task, Split split, LocalDateTime first, LocalDateTime last) {
        return switch (split) {
            case TRAIN -> training(task, first, last);
            case VALIDATION ->
                forward(task, split, task.validationTime(), task.testTime().minus(task.window()), first, last);
            case TEST -> forward(task, split, task.testTime(), last.minus(task.window()), first, last);
        };
    }

    private static List<LocalDateTime> training(ForecastTask task, LocalDateTime first, LocalDateTime last) {
        List<LocalDateTime> seeds = new ArrayList<>();
        for (LocalDateTime seed = task.validationTime().minus(task.window());
                !seed.isBefore(first);
                seed = seed.minus(task.window())) {
            seeds.add(seed);
        }
        if (seeds.size() < LEAST_TRAINING_SEEDS) {
            throw RelataException.usage(
                    "task.seeds",
                    "task " + task.name(),
                    "only " + seeds.size() + " training seed time(s) fit between the first row (" + show(first)
                            + ") and val_timestamp (" + show(task.validationTime()) + ") with windows of "
                            + Durations.format(task.window()) + "; at least " + LEAST_TRAINING_SEEDS
                            + " are needed (the data ends " + show(last) + ")",
                    "shorten timedelta or move val_timestamp and test_timestamp later");
        }
        return seeds.reversed();
    }

    private static List<LocalDateTime> forward(
            ForecastTask task,
            Split split,
            LocalDateTime start,
            LocalDateTime end,
            LocalDateTime first,
            LocalDateTime last) {
        if (start.plus(task.window()).isAfter(last)) {
            throw RelataException.usage(
                    "task.seeds",
                    "task " + task.name(),
                    "the first " + split.label() + " window, from " + show(start) + " for "
                            + Durations.format(task.window()) + ", reaches past the data, which spans " + show(first)
                            + " to " + show(last),
                    "move val_timestamp and test_timestamp earlier, or shorten timedelta");
        }
        List<LocalDateTime> seeds = new ArrayList<>();
        LocalDateTime seed = start;
        while (seeds.size() < task.evaluationSeeds() && !seed.isAfter(end)) {
            seeds.add(seed);
            seed = seed.plus(task.window());
        }
        return seeds;
    }

    /// A time as messages show it: without the clock at midnight.
    static String show(LocalDateTime time) {
        return time.toLocalTime().toSecondOfDay() == 0 ? time.toLocalDate().toString() : DAY_OR_TIME.format(time);
    }
}
