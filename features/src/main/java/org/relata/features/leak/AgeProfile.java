package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// How often each of some conditions holds among the rows of a dated table, from its youngest rows to its oldest.
///
/// A column that is written after the row shows here: it is empty in the youngest rows and fills with age.
final class AgeProfile {
    /// The shares of the rows, youngest first, at which bins end.
    private static final double[] EDGES = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1};
    /// How sure a difference between young and old rows must be, in standard deviations.
    private static final double SURE = 5;

    private final long[] rows;
    private final long[][] holds;

    private AgeProfile(long[] rows, long[][] holds) {
        this.rows = rows;
        this.holds = holds;
    }

    /// The profile of conditions over a table.
    ///
    /// @param conditions DuckDB conditions over the alias `t`
    /// @return nothing when the table is not dated or too small to tell
    static Optional<AgeProfile> of(LeakContext context, Table table, List<String> conditions) {
        if (table.timeColumn().isEmpty() || context.end().isEmpty() || conditions.isEmpty()) {
            return Optional.empty();
        }
        String time = "t." + Sql.id(table.timeColumn().get());
        // Rows are numbered by time; what is dated after the end of the data is a plan, not yet an event.
        long dated = context.duck()
                .count("SELECT count(*) FROM " + LeakContext.relation(table) + " t WHERE " + time + " <= "
                        + Sql.timestamp(context.end().get()));
        if (dated < 300) {
            return Optional.empty();
        }
        StringBuilder bin = new StringBuilder("CASE");
        for (int i = 0; i < EDGES.length; i++) {
            long from = Math.round(dated * (1 - EDGES[i]));
            bin.append(" WHEN t." + Database.ROW + " >= ")
                    .append(from)
                    .append(" THEN ")
                    .append(i);
        }
        StringBuilder select = new StringBuilder("SELECT " + bin + " END AS bin, count(*)");
        conditions.forEach(
                c -> select.append(", count(*) FILTER (WHERE ").append(c).append(')'));
        select.append(" FROM " + LeakContext.relation(table) + " t WHERE t." + Database.ROW + " < " + dated + " AND ")
                .append(context.sample(
                        "t." + Database.ROW, table.name(), context.options().sampleRows()))
                .append(" GROUP BY bin");
        long[] rows = new long[EDGES.length];
        long[][] holds = new long[conditions.size()][EDGES.length];
        context.duck().query(select.toString(), row -> {
            int at = row.getInt(1);
            rows[at] = row.getLong(2);
            for (int c = 0; c < conditions.size(); c++) {
                holds[c][at] = row.getLong(3 + c);
            }
            return true;
        });
        return Optional.of(new AgeProfile(rows, holds));
    }

    /// What a condition's profile comes to.
    ///
    /// @param young the share among the youngest rows
    /// @param youngRows how many those are
    /// @param old the share among the older half
    record Rise(double young, long youngRows, double old) {}

    /// Whether a condition hardly holds in the youngest rows and holds more and more often with age.
    ///
    /// @return the figures, when it does beyond doubt
    Optional<Rise> risesWithAge(int condition) {
        long[] hits = holds[condition];
        double old = share(hits, EDGES.length / 2 + 1, EDGES.length);
        if (Double.isNaN(old) || old < 0.02) {
            return Optional.empty();
        }
        long n = 0;
        long k = 0;
        for (int i = 0; i <= 5; i++) {
            n += rows[i];
            k += hits[i];
            double expected = n * old;
            double sigmas = (expected - k) / Math.sqrt(expected * (1 - old) + 1);
            boolean hardly = n >= 25 && (double) k / n <= 0.4 * old;
            if (hardly && sigmas >= SURE && neverFalls(hits)) {
                return Optional.of(new Rise((double) k / n, n, old));
            }
        }
        return Optional.empty();
    }

    /// Whether a condition that holds for nearly all young rows holds for far fewer of the older ones, among which its
    /// share no longer changes: the mark of a status that settles.
    Optional<Rise> settles(int condition) {
        long[] hits = holds[condition];
        double middle = share(hits, 5, 8);
        double old = share(hits, 8, EDGES.length);
        if (Double.isNaN(middle) || Double.isNaN(old)) {
            return Optional.empty();
        }
        long n = 0;
        long k = 0;
        for (int i = 0; i <= 3; i++) {
            n += rows[i];
            k += hits[i];
            double young = n == 0 ? 0 : (double) k / n;
            double sigmas = (young - middle) * Math.sqrt(n) / Math.sqrt(Math.max(0.01, middle * (1 - middle)));
            boolean plateau = Math.abs(middle - old) <= 0.05 + 0.2 * Math.min(middle, old);
            if (n >= 25 && young >= 0.7 && middle <= 0.35 && plateau && sigmas >= SURE) {
                return Optional.of(new Rise(young, n, old));
            }
        }
        return Optional.empty();
    }

    private double share(long[] hits, int from, int to) {
        long n = 0;
        long k = 0;
        for (int i = from; i < to; i++) {
            n += rows[i];
            k += hits[i];
        }
        return n == 0 ? Double.NaN : (double) k / n;
    }

    /// From young to old no bin lies clearly below the one before.
    private boolean neverFalls(long[] hits) {
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] >= 25) {
                filled.add(i);
            }
        }
        for (int j = 1; j < filled.size(); j++) {
            int a = filled.get(j - 1);
            int b = filled.get(j);
            double younger = (double) hits[a] / rows[a];
            double older = (double) hits[b] / rows[b];
            double both = (double) (hits[a] + hits[b]) / (rows[a] + rows[b]);
            double deviation = Math.sqrt(Math.max(1e-9, both * (1 - both)) * (1.0 / rows[a] + 1.0 / rows[b]));
            if (younger - older > 0.03 + 3 * deviation) {
                return false;
            }
        }
        return true;
    }
}
