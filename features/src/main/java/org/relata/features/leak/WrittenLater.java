package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ColumnKind;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// Columns of dated tables that are written after the row's time: a row visible at a cut-off shows them already,
/// although
/// nobody could have known them then.
///
/// - `column.later`: a second time that lies after the row's own. When it is also empty in the youngest rows, or never
///   lies past the end of the data, it was recorded rather than planned.
/// - `column.filled-later`: empty in the youngest rows, fuller with age. A leak when being filled goes with the label.
/// - `column.settles`: one value for nearly all young rows, another mix, the same ever after, for older ones.
final class WrittenLater implements Lint {
    /// How many of the most frequent values of a category are looked at.
    private static final int VALUES = 5;
    /// Columns a query looks at together.
    private static final int WIDTH = 64;

    @Override
    public List<DataIssue> findings(LeakContext context) {
        List<DataIssue> findings = new ArrayList<>();
        for (Table table : context.tablesWithRows()) {
            if (table.timeColumn().isPresent()) {
                List<Column> columns = context.plainColumns(table);
                for (int from = 0; from < columns.size(); from += WIDTH) {
                    findings.addAll(
                            look(context, table, columns.subList(from, Math.min(columns.size(), from + WIDTH))));
                }
            }
        }
        return findings;
    }

    /// A value of a category that may be a status not settled yet.
    private record Status(int condition, String column, String value) {}

    private static List<DataIssue> look(LeakContext context, Table table, List<Column> columns) {
        List<String> conditions = new ArrayList<>();
        List<Integer> filled = new ArrayList<>();
        for (Column column : columns) {
            filled.add(conditions.size());
            conditions.add("t." + Sql.id(column.name()) + " IS NOT NULL");
        }
        List<Status> statuses = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnKind kind = columns.get(i).kind();
            if (kind == ColumnKind.CATEGORICAL || kind == ColumnKind.BOOLEAN) {
                for (String value : frequent(context, table, columns.get(i))) {
                    statuses.add(new Status(conditions.size(), columns.get(i).name(), value));
                    conditions.add("CAST(t." + Sql.id(columns.get(i).name()) + " AS VARCHAR) = " + Sql.text(value));
                }
            }
        }
        Optional<AgeProfile> profile = AgeProfile.of(context, table, conditions);
        List<DataIssue> findings = new ArrayList<>();
        List<String> spoken = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int condition = filled.get(i);
            String name = columns.get(i).name();
            Optional<AgeProfile.Rise> rise = profile.flatMap(p -> p.risesWithAge(condition));
            Optional<DataIssue> finding = context.time(table, name)
                    ? laterTime(context, table, name, rise)
                    : rise.map(r -> filledLater(context, table, name, r));
            finding.ifPresent(findings::add);
            finding.flatMap(DataIssue::column).ifPresent(spoken::add);
        }
        for (Status status : statuses) {
            Optional<AgeProfile.Rise> settled = profile.flatMap(p -> p.settles(status.condition()));
            if (settled.isPresent() && !spoken.contains(status.column())) {
                spoken.add(status.column());
                findings.add(settling(table, status, settled.get()));
            }
        }
        return findings;
    }

    private static List<String> frequent(LeakContext context, Table table, Column column) {
        String value = "CAST(t." + Sql.id(column.name()) + " AS VARCHAR)";
        List<String> values = context.duck()
                .query(
                        "SELECT " + value + " AS v, count(*) AS n FROM " + LeakContext.relation(table) + " t WHERE t."
                                + Sql.id(column.name()) + " IS NOT NULL AND "
                                + context.sample("t." + Database.ROW, table.name(), 20_000)
                                + " GROUP BY v ORDER BY n DESC, v LIMIT 21",
                        row -> row.getString(1));
        return values.size() > 20 ? List.of() : values.subList(0, Math.min(VALUES, values.size()));
    }

    private record Lateness(long rows, long later, long past, double medianDays) {}

    private static Optional<DataIssue> laterTime(
            LeakContext context, Table table, String column, Optional<AgeProfile.Rise> rise) {
        String own = "t." + Sql.id(table.timeColumn().orElseThrow());
        String other = "CAST(t." + Sql.id(column) + " AS TIMESTAMP)";
        String end = Sql.timestamp(context.end().orElseThrow());
        Lateness found = context.duck()
                .query(
                        "SELECT count(*), count(*) FILTER (WHERE o > w), count(*) FILTER (WHERE o > " + end
                                + " + INTERVAL 1 DAY), coalesce(median(date_diff('second', w, o))"
                                + " FILTER (WHERE o > w) / 86400.0, 0) FROM (SELECT " + own + " AS w, " + other
                                + " AS o FROM " + LeakContext.relation(table) + " t WHERE " + own + " <= " + end
                                + " AND t." + Sql.id(column) + " IS NOT NULL AND "
                                + context.sample(
                                        "t." + Database.ROW,
                                        table.name(),
                                        context.options().sampleRows())
                                + ")",
                        row -> new Lateness(row.getLong(1), row.getLong(2), row.getLong(3), row.getDouble(4)))
                .getFirst();
        double share = found.rows() == 0 ? 0 : (double) found.later() / found.rows();
        if (share < 0.02 || found.later() < 5) {
            return rise.map(r -> filledLater(context, table, column, r));
        }
        boolean recorded = rise.isPresent() && found.past() == 0;
        String evidence = "%s of its values lie after the row's own time %s, in the middle by %.1f days"
                .formatted(Findings.percent(share), table.timeColumn().orElseThrow(), found.medianDays());
        if (found.past() > 0) {
            // Times still to come cannot have been recorded: they are plans, known when the row was written.
            return Optional.of(Findings.column(
                    Severity.INFO,
                    LeakCodes.LATER_TIME,
                    table.name(),
                    column,
                    found.later(),
                    evidence + "; some lie past the end of the data, so they look planned rather than recorded"));
        }
        return Optional.of(Findings.column(
                recorded && share >= 0.5 ? Severity.ERROR : Severity.WARNING,
                LeakCodes.LATER_TIME,
                table.name(),
                column,
                found.later(),
                evidence
                        + rise.map(r -> "; " + filling(r) + ": it is written after the row")
                                .orElse("; unless it was known beforehand, it is written after the row")));
    }

    private static DataIssue filledLater(LeakContext context, Table table, String column, AgeProfile.Rise rise) {
        Optional<Double> tells = FilledAndLabel.z(context, table, column);
        boolean leak = tells.isPresent() && Math.abs(tells.get()) >= 6;
        return Findings.column(
                leak ? Severity.ERROR : Severity.WARNING,
                LeakCodes.FILLED_LATER,
                table.name(),
                column,
                rise.youngRows(),
                filling(rise)
                        + (leak
                                ? ", and being filled goes with the label (%.0f standard deviations at equal age): it is written after the fact"
                                        .formatted(Math.abs(tells.get()))
                                : ": it is either filled in after the row's time or no longer recorded"));
    }

    private static String filling(AgeProfile.Rise rise) {
        return "it is filled in %s of the %d youngest rows but in %s of the older half"
                .formatted(Findings.percent(rise.young()), rise.youngRows(), Findings.percent(rise.old()));
    }

    private static DataIssue settling(Table table, Status status, AgeProfile.Rise rise) {
        return Findings.column(
                Severity.WARNING,
                LeakCodes.SETTLES,
                table.name(),
                status.column(),
                rise.youngRows(),
                "%s of the %d youngest rows say '%s' but %s of the older half, whatever their age: it looks like a status that changes after the row's time"
                        .formatted(
                                Findings.percent(rise.young()),
                                rise.youngRows(),
                                status.value(),
                                Findings.percent(rise.old())));
    }
}
