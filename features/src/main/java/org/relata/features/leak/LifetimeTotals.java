package org.relata.features.leak;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// `column.total`: a column that equals an aggregate over all rows that refer to its row, later ones included, such as
/// `customers.total_orders`. It crosses every cut-off: it counts what is still to come.
///
/// An aggregate of rows that all came with their parent (the total of an order over its lines) is no leak: only parents
/// with later rows count as evidence.
final class LifetimeTotals implements Lint {
    /// How many parents are looked at; agreement among so many is no chance.
    private static final int PARENTS = 2_000;
    /// How many measures of a child table are tried.
    private static final int MEASURES = 24;
    /// How often column and aggregate must agree.
    private static final double AGREEMENT = 0.95;

    private static final int ENOUGH = 30;
    /// Columns a query reads together.
    private static final int WIDTH = 64;
    /// The relation of the parents looked at: `(up)`.
    private static final String CHOSEN = "temp.main.__leak_parents";

    @Override
    public List<DataIssue> findings(LeakContext context) {
        List<DataIssue> findings = new ArrayList<>();
        for (Table parent : context.tablesWithRows()) {
            List<Column> columns = context.plainColumns(parent).stream()
                    .filter(c -> context.number(parent, c.name()) || context.time(parent, c.name()))
                    .toList();
            List<Descent> descents = columns.isEmpty() ? List.of() : Descent.of(context, parent);
            if (descents.isEmpty()) {
                continue;
            }
            try {
                double[][] values = chosen(context, parent, columns);
                List<String> spoken = new ArrayList<>();
                for (Descent descent : descents) {
                    for (DataIssue finding : look(context, parent, columns, values, descent)) {
                        if (!spoken.contains(finding.column().orElseThrow())) {
                            spoken.add(finding.column().orElseThrow());
                            findings.add(finding);
                        }
                    }
                }
            } finally {
                context.duck().execute("DROP TABLE IF EXISTS " + CHOSEN);
            }
        }
        return findings;
    }

    /// Chooses parents, and reads their columns a few at a time: one array a column, in the order of the rows.
    private static double[][] chosen(LeakContext context, Table parent, List<Column> columns) {
        int most = Math.max(PARENTS / 4, Math.min(2 * PARENTS, 4_000_000 / columns.size()));
        context.duck()
                .execute("CREATE OR REPLACE TEMP TABLE __leak_parents AS SELECT p." + Database.ROW + " AS up FROM "
                        + LeakContext.relation(parent) + " p WHERE "
                        + context.sample("p." + Database.ROW, parent.name(), most) + " ORDER BY up LIMIT " + most);
        double[][] values = new double[columns.size()][];
        for (int from = 0; from < columns.size(); from += WIDTH) {
            List<Column> some = columns.subList(from, Math.min(columns.size(), from + WIDTH));
            StringBuilder sql = new StringBuilder("SELECT 0");
            for (Column column : some) {
                String value = "p." + Sql.id(column.name());
                sql.append(", ")
                        .append(
                                context.time(parent, column.name())
                                        ? "epoch_us(CAST(" + value + " AS TIMESTAMP)) / 1e6"
                                        : "CAST(" + value + " AS DOUBLE)");
            }
            sql.append(" FROM " + CHOSEN + " c JOIN " + LeakContext.relation(parent) + " p ON p." + Database.ROW
                    + " = c.up ORDER BY c.up");
            double[][] read = transposed(
                    context.duck().query(sql.toString(), row -> doubles(row, 1 + some.size())), 1 + some.size());
            for (int c = 0; c < some.size(); c++) {
                values[from + c] = read[1 + c];
            }
        }
        return values;
    }

    /// An aggregate over the rows below a parent.
    ///
    /// @param words what it is: `the number of its orders`
    /// @param sql over the alias `d`, null or 0 when there is no row
    /// @param when whether its value is a time, as seconds
    private record Total(String words, String sql, boolean when) {}

    private static List<DataIssue> look(
            LeakContext context, Table parent, List<Column> columns, double[][] values, Descent descent) {
        List<Total> totals = totals(context, descent);
        double[][] below = below(context, parent, descent, totals);
        List<DataIssue> findings = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            boolean when = context.time(parent, columns.get(c).name());
            for (int t = 0; t < totals.size(); t++) {
                if (totals.get(t).when() != when) {
                    continue;
                }
                Optional<String> agreement = agree(values[c], below[2 + t], below[0], below[1], when, values[c].length);
                if (agreement.isPresent()) {
                    findings.add(Findings.column(
                            Severity.ERROR,
                            LeakCodes.TOTAL,
                            parent.name(),
                            columns.get(c).name(),
                            context.rows(parent.name()),
                            "it equals %s over all time %s"
                                    .formatted(totals.get(t).words(), agreement.get())));
                    break;
                }
            }
        }
        return findings;
    }

    private static List<Total> totals(LeakContext context, Descent descent) {
        List<Total> totals = new ArrayList<>();
        String whose = descent.words();
        totals.add(new Total("the number of its " + whose, "count(*)", false));
        descent.time().ifPresent(time -> {
            String seconds = "epoch_us(d." + Sql.id(time) + ") / 1e6";
            totals.add(new Total("the time of the last of its " + whose, "max(" + seconds + ")", true));
            totals.add(new Total("the time of the first of its " + whose, "min(" + seconds + ")", true));
        });
        int tried = 0;
        for (Column column : context.plainColumns(descent.table())) {
            String value = "d." + Sql.id(column.name());
            boolean number = context.number(descent.table(), column.name());
            boolean truth = column.kind() == ColumnKind.BOOLEAN
                    && context.type(descent.table(), column.name()).equals("BOOLEAN");
            if ((!number && !truth) || tried++ >= MEASURES) {
                continue;
            }
            String measure = truth ? "CAST(" + value + " AS INTEGER)" : "CAST(" + value + " AS DOUBLE)";
            String of = " of " + column.name() + " of its " + whose;
            totals.add(new Total("the sum" + of, "sum(" + measure + ")", false));
            totals.add(new Total("the mean" + of, "avg(" + measure + ")", false));
            if (number) {
                totals.add(new Total("the largest" + of, "max(" + measure + ")", false));
                totals.add(new Total("the smallest" + of, "min(" + measure + ")", false));
                totals.add(new Total("the last" + of, "arg_max(" + measure + ", d." + Database.ROW + ")", false));
            }
        }
        return totals;
    }

    /// For each chosen parent: the number of rows below it, of later ones among them, and the totals; NaN where there
    /// is no row.
    private static double[][] below(LeakContext context, Table parent, Descent descent, List<Total> totals) {
        StringBuilder sql =
                new StringBuilder("WITH totals AS (SELECT d.__up AS up, count(*) AS n, count(*) FILTER (WHERE "
                        + later(context, parent, descent) + ") AS later");
        for (int t = 0; t < totals.size(); t++) {
            sql.append(", ").append(totals.get(t).sql()).append(" AS a").append(t);
        }
        sql.append(" FROM " + CHOSEN + " c JOIN " + descent.sql() + " d ON d.__up = c.up JOIN "
                + LeakContext.relation(parent) + " p ON p." + Database.ROW + " = c.up GROUP BY d.__up)");
        sql.append(" SELECT coalesce(t.n, 0), coalesce(t.later, 0)");
        for (int t = 0; t < totals.size(); t++) {
            sql.append(", t.a").append(t);
        }
        sql.append(" FROM " + CHOSEN + " c LEFT JOIN totals t USING (up) ORDER BY c.up");
        int width = 2 + totals.size();
        return transposed(context.duck().query(sql.toString(), row -> doubles(row, width)), width);
    }

    private static double[][] transposed(List<double[]> rows, int width) {
        double[][] columns = new double[width][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int c = 0; c < width; c++) {
                columns[c][i] = rows.get(i)[c];
            }
        }
        return columns;
    }

    /// When a child comes after what its parent's row could know: an hour after the parent, or, where the parent has no
    /// time, after the first seed.
    private static String later(LeakContext context, Table parent, Descent descent) {
        if (descent.time().isEmpty()) {
            return "FALSE";
        }
        String child = "d." + Sql.id(descent.time().get());
        return child + " > "
                + parent.timeColumn()
                        .map(t -> "p." + Sql.id(t) + " + INTERVAL 1 HOUR")
                        .orElse(Sql.timestamp(context.firstSeed()));
    }

    private static double[] doubles(ResultSet row, int width) throws SQLException {
        double[] values = new double[width];
        for (int c = 0; c < width; c++) {
            double value = row.getDouble(c + 1);
            values[c] = row.wasNull() ? Double.NaN : value;
        }
        return values;
    }

    /// How column and total agree among parents with later rows; nothing when they do not, or when too little varies to
    /// tell.
    private static Optional<String> agree(
            double[] column, double[] total, double[] n, double[] later, boolean when, int rows) {
        int seen = 0;
        int equal = 0;
        int several = 0;
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            if (later[i] > 0 && !Double.isNaN(total[i])) {
                boolean same = !Double.isNaN(column[i]) && near(column[i], total[i], when);
                values[seen++] = total[i];
                equal += same ? 1 : 0;
                several += n[i] > 1 ? 1 : 0;
            }
        }
        if (seen < ENOUGH || several < ENOUGH / 3 || equal < AGREEMENT * seen) {
            return Optional.empty();
        }
        double usual = mode(Arrays.copyOf(values, seen));
        int unusual = 0;
        int unusualEqual = 0;
        for (int i = 0; i < rows; i++) {
            if (later[i] > 0 && !Double.isNaN(total[i]) && total[i] != usual) {
                unusual++;
                unusualEqual += !Double.isNaN(column[i]) && near(column[i], total[i], when) ? 1 : 0;
            }
        }
        return unusual >= ENOUGH / 3 && unusualEqual >= 0.9 * unusual
                ? Optional.of("in %d of %d rows looked at that have later ones".formatted(equal, seen))
                : Optional.empty();
    }

    private static boolean near(double a, double b, boolean when) {
        return Math.abs(a - b) <= (when ? 86_400 : 0.005 * Math.abs(b) + 1e-9);
    }

    private static double mode(double[] values) {
        Arrays.sort(values);
        double best = values[0];
        int bestRun = 0;
        int run = 0;
        for (int i = 0; i < values.length; i++) {
            run = i > 0 && values[i] == values[i - 1] ? run + 1 : 1;
            if (run > bestRun) {
                bestRun = run;
                best = values[i];
            }
        }
        return best;
    }
}
