package org.relata.database.task;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;

/// Whether labels stay inside their window.
final class WindowLint {
    private static final Pattern INTERVAL =
            Pattern.compile("INTERVAL\\s*\\(?\\s*'?\\s*(\\d+)\\s*\\)?\\s*'?\\s*([A-Za-z]+)", Pattern.CASE_INSENSITIVE);
    private static final String INSIDE = "temp.main.__relata_lint_inside";
    private static final String ALL = "temp.main.__relata_lint_all";

    private WindowLint() {}

    static List<DataIssue> check(Database database, ForecastTask task, TaskTables tables) {
        List<DataIssue> issues = new ArrayList<>();
        writtenOut(task).ifPresent(issues::add);
        trimmed(database, task, tables).ifPresent(issues::add);
        return issues;
    }

    /// Lengths of time in the SQL, none of which is the declared one, where the declared one is not inserted.
    private static Optional<DataIssue> writtenOut(ForecastTask task) {
        if (task.labelSql().contains("{timedelta}")) {
            return Optional.empty();
        }
        List<String> written = new ArrayList<>();
        Matcher interval = INTERVAL.matcher(task.labelSql());
        while (interval.find()) {
            String text = interval.group(1) + " " + interval.group(2).toLowerCase(Locale.ROOT);
            if (length(text).equals(Optional.of(task.window()))) {
                return Optional.empty();
            }
            written.add(text);
        }
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new DataIssue(
                        "task.window-text",
                        DataIssue.Severity.WARNING,
                        task.entityTable(),
                        Optional.empty(),
                        written.size(),
                        "task " + task.name() + " declares a window of " + Durations.format(task.window())
                                + ", but its SQL speaks of "
                                + written.stream().distinct().collect(Collectors.joining(", ")),
                        "write INTERVAL '{timedelta}' in the SQL, or correct timedelta"));
    }

    private static Optional<Duration> length(String text) {
        try {
            return Optional.of(Durations.parse(text, "interval"));
        } catch (RelataException e) {
            // Months and years have no fixed length, and so are never the declared window.
            return Optional.empty();
        }
    }

    /// Computes the labels of the middle training seed from the rows up to the end of its window, and from all rows up
    /// to T.
    private static Optional<DataIssue> trimmed(Database database, ForecastTask task, TaskTables tables) {
        TaskRows train = tables.train();
        LocalDateTime seed = TaskRows.time(train.seed()[train.size() / 2]);
        LocalDateTime end = seed.plus(task.window());
        Duck store = database.store();
        try {
            labels(database, task, seed, end, INSIDE);
            labels(database, task, seed, task.testTime(), ALL);
            long differing =
                    store.count("SELECT count(*) FROM (SELECT DISTINCT coalesce(a.entity, b.entity) FROM " + INSIDE
                            + " AS a FULL JOIN " + ALL + " AS b ON a.entity = b.entity"
                            + " WHERE a.label IS DISTINCT FROM b.label OR a.seed IS NULL OR b.seed IS NULL)");
            if (differing == 0) {
                return Optional.empty();
            }
            return Optional.of(new DataIssue(
                    "task.window",
                    DataIssue.Severity.WARNING,
                    task.entityTable(),
                    Optional.empty(),
                    differing,
                    "labels of task " + task.name() + " depend on rows after their window: at seed time "
                            + SeedTimes.show(seed) + ", " + differing
                            + " label row(s) change or vanish when rows after "
                            + SeedTimes.show(end) + " are taken away",
                    "bound every time in the label SQL above by timestamps.timestamp + INTERVAL '{timedelta}'"));
        } finally {
            store.execute("DROP TABLE IF EXISTS " + INSIDE);
            store.execute("DROP TABLE IF EXISTS " + ALL);
        }
    }

    private static void labels(
            Database database, ForecastTask task, LocalDateTime seed, LocalDateTime upTo, String table) {
        try (LabelSpace _ = LabelSpace.open(database, task.hidden(), Optional.of(upTo), List.of(seed))) {
            LabelQuery.of(task, Split.TRAIN).into(database.store(), table);
        }
    }
}
