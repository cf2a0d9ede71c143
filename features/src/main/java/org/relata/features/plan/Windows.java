package org.relata.features.plan;

import java.util.ArrayList;
import java.util.List;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Chooses the recent time spans of a link from how often its rows come.
///
/// Rows of the child table serve as moments in time: for a sample of them, the earlier rows of the same parent are
/// counted
/// within each length of a ladder of round spans. A span is worth having when it holds about two rows on average, and
/// another
/// when it holds three times as many as the one before, up to most of the history.
final class Windows {
    private static final long HOUR = 3_600_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final long[] LADDER = {
        HOUR,
        6 * HOUR,
        DAY,
        3 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
        60 * DAY,
        90 * DAY,
        120 * DAY,
        180 * DAY,
        365 * DAY,
        2 * 365 * DAY,
        5 * 365 * DAY,
        10 * 365 * DAY
    };
    private static final int MOMENTS = 2_000;

    private Windows() {}

    /// Spans in microseconds, shortest first; empty for tables without time or without repetition.
    static List<Long> choose(Database database, Table child, int foreignKey, String before, int wanted) {
        if (child.timeColumn().isEmpty() || wanted == 0) {
            return List.of();
        }
        Duck duck = database.store();
        String relation = "main." + Sql.id(child.name());
        String time = Sql.id(child.timeColumn().get());
        String key = Database.foreignKeyColumn(foreignKey);
        long rows = duck.count("SELECT count(*) FROM " + relation + " WHERE " + time + " < " + before);
        if (rows == 0) {
            return List.of();
        }
        String moments =
                "SELECT " + key + " AS k, " + time + " AS now FROM " + relation + " WHERE " + time + " < " + before
                        + " AND " + key + " IS NOT NULL AND (" + Database.ROW + " * 2654435761) % 1000003 < "
                        + Math.max(1, MOMENTS * 1_000_003L / rows);
        StringBuilder counts = new StringBuilder();
        for (long span : LADDER) {
            counts.append("count(c.k) FILTER (WHERE c.at >= m.now - to_microseconds(")
                    .append(span)
                    .append(")), ");
        }
        List<double[]> means = duck.query(
                "WITH m AS (" + moments + ") SELECT " + counts
                        + "count(c.k), (SELECT count(*) FROM m) FROM m JOIN (SELECT " + key + " AS k, " + time
                        + " AS at FROM " + relation + ") c ON c.k = m.k AND c.at < m.now",
                row -> {
                    double[] mean = new double[LADDER.length + 1];
                    double n = Math.max(1, row.getDouble(LADDER.length + 2));
                    for (int i = 0; i <= LADDER.length; i++) {
                        mean[i] = row.getDouble(i + 1) / n;
                    }
                    return mean;
                });
        return pick(means.getFirst(), wanted);
    }

    private static List<Long> pick(double[] mean, int wanted) {
        double all = mean[LADDER.length];
        List<Long> chosen = new ArrayList<>();
        double last = 0;
        for (int i = 0; i < LADDER.length && chosen.size() < wanted; i++) {
            boolean enough = chosen.isEmpty() ? mean[i] >= Math.min(2, 0.25 * all) : mean[i] >= 2.5 * last;
            if (enough && mean[i] > 0 && mean[i] <= 0.8 * all) {
                chosen.add(LADDER[i]);
                last = mean[i];
            }
        }
        return chosen;
    }
}
