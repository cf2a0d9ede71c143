package org.relata.database.task;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.DataIssue;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Whether having a label row means having an event in the label window, so that only the future knows whom to ask
/// about.
///
/// The experiment, for each table of events that links to the entity table: of the entities with an event in the window
/// before a seed time, some share has none in the window after it. If the label rows were chosen without looking ahead,
/// about
/// that share of them would have none either. When several are expected and there is none at all, the rows were chosen
/// by
/// looking ahead.
final class PopulationLint {
    /// How many training seed times are looked at, evenly spread.
    private static final int SEEDS = 12;
    /// How many label rows are looked at a seed time.
    private static final int ROWS_PER_SEED = 20_000;
    /// With this many expected, seeing none by chance has a probability under one in a thousand.
    private static final double LEAST_EXPECTED = 7;

    private static final String ROWS = "__relata_lint_rows";

    private PopulationLint() {}

    static List<DataIssue> check(Database database, ForecastTask task, TaskTables tables) {
        Duck store = database.store();
        List<Finding> findings = new ArrayList<>();
        try {
            store.execute("CREATE OR REPLACE TEMP TABLE " + ROWS + " (seed BIGINT, entity BIGINT)");
            append(store, tables.train());
            for (Table child : database.schema().tables()) {
                for (int i = 0; i < child.foreignKeys().size(); i++) {
                    if (child.timeColumn().isPresent()
                            && child.foreignKeys().get(i).targetTable().equals(task.entityTable())) {
                        findings.add(measure(store, task, child, i));
                    }
                }
            }
        } finally {
            store.execute("DROP TABLE IF EXISTS " + ROWS);
        }
        // Several tables may fit, such as results and standings; the one whose active entities are the rows is the
        // source.
        return findings.stream()
                .filter(Finding::telling)
                .max(Comparator.comparingDouble(Finding::coverage))
                .map(finding -> List.of(issue(task, finding)))
                .orElse(List.of());
    }

    private static void append(Duck store, TaskRows rows) {
        long[] seeds = Arrays.stream(rows.seed()).distinct().toArray();
        long[] chosen = IntStream.range(0, Math.min(SEEDS, seeds.length))
                .map(i -> seeds.length <= SEEDS ? i : (int) ((long) i * (seeds.length - 1) / (SEEDS - 1)))
                .mapToLong(i -> seeds[i])
                .toArray();
        try (DuckDBAppender appender =
                store.connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", ROWS)) {
            for (long seed : chosen) {
                int start = firstAtOrAfter(rows.seed(), seed);
                int end = firstAtOrAfter(rows.seed(), seed + 1);
                int step = Math.max(1, (end - start + ROWS_PER_SEED - 1) / ROWS_PER_SEED);
                for (int i = start; i < end; i += step) {
                    appender.beginRow().append(seed).append(rows.entity()[i]).endRow();
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.append", ROWS, String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    /// The first position in a sorted array whose value is at least the given one.
    private static int firstAtOrAfter(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Finding measure(Duck store, ForecastTask task, Table child, int key) {
        String time = "epoch_us(c." + Sql.id(child.timeColumn().orElseThrow()) + ")";
        String entity = "c." + Database.foreignKeyColumn(key);
        long window = task.window().toNanos() / 1000;
        String events =
                "SELECT s.seed, " + entity + " AS entity, bool_or(" + time + " > s.seed) AS after, bool_or(" + time
                        + " <= s.seed) AS before FROM (SELECT DISTINCT seed FROM " + ROWS + ") AS s JOIN "
                        + Sql.id(child.name()) + " AS c ON " + time + " > s.seed - " + window + " AND " + time
                        + " <= s.seed + " + window + " WHERE " + entity + " IS NOT NULL GROUP BY ALL";
        return store.query(
                        "WITH events AS (" + events + ") SELECT (SELECT count(*) FROM " + ROWS
                                + "), (SELECT count(*) FROM " + ROWS
                                + " AS r JOIN events AS e ON e.seed = r.seed AND e.entity = r.entity AND e.after),"
                                + " count(*) FILTER (after), count(*) FILTER (before), count(*) FILTER (before AND NOT after)"
                                + " FROM events",
                        row -> new Finding(
                                child,
                                key,
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5)))
                .getFirst();
    }

    private static DataIssue issue(ForecastTask task, Finding finding) {
        LocalDateTime now = task.testTime();
        return new DataIssue(
                "task.population",
                DataIssue.Severity.WARNING,
                task.entityTable(),
                Optional.empty(),
                finding.rows,
                String.format(
                        Locale.ROOT,
                        "the population of task %s is known only afterwards: each of %d training rows looked at has a row in %s"
                                + " within its window, although %.1f %% of the entities with one in the window before have none;"
                                + " at %s nobody could have said which %s to predict for",
                        task.name(),
                        finding.rows,
                        finding.child.name(),
                        100.0 * finding.lapsed / finding.before,
                        SeedTimes.show(now),
                        task.entityTable()),
                "in the label SQL choose entities by rows of " + finding.child.name()
                        + " dated at or before the seed time, and give those without an event in the window a label too;"
                        + " or read scores as those of a question asked with hindsight");
    }

    /// @param child the table of events
    /// @param key which of its foreign keys links to the entity
    /// @param rows how many label rows were looked at
    /// @param active how many of them have an event in the window
    /// @param after how many (seed, entity) pairs have an event in the window
    /// @param before how many have one in the window before
    /// @param lapsed how many of these have none in the window
    private record Finding(Table child, int key, long rows, long active, long after, long before, long lapsed) {
        boolean telling() {
            return rows > 0 && active == rows && before > 0 && (double) rows * lapsed / before >= LEAST_EXPECTED;
        }

        double coverage() {
            return (double) active / after;
        }
    }
}
