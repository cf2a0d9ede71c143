package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Sql;
import org.relata.database.Table;

/// `link.later`: a foreign key to a row that is dated after the row it stands in, such as the accepted answer of a
/// question. Feature queries never follow it before the parent's time, but that the key is there tells already. It is a
/// leak when the key is also missing in the youngest rows: then it was written when the parent came.
final class LaterLinks implements Lint {
    @Override
    public List<DataIssue> findings(LeakContext context) {
        List<DataIssue> findings = new ArrayList<>();
        for (Table table : context.tablesWithRows()) {
            for (int i = 0; i < table.foreignKeys().size() && table.timeColumn().isPresent(); i++) {
                look(context, table, i).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<DataIssue> look(LeakContext context, Table table, int index) {
        ForeignKey link = table.foreignKeys().get(index);
        Table parent = context.view().require(link.targetTable());
        if (parent.timeColumn().isEmpty() || context.rows(parent.name()) == 0) {
            return Optional.empty();
        }
        String key = Database.foreignKeyColumn(index);
        String own = "c." + Sql.id(table.timeColumn().orElseThrow());
        String other = "p." + Sql.id(parent.timeColumn().get());
        long[] counts = context.duck()
                .query(
                        "SELECT count(*), count(*) FILTER (WHERE " + other + " > " + own + ") FROM "
                                + LeakContext.relation(table) + " c JOIN " + LeakContext.relation(parent) + " p ON p."
                                + Database.ROW + " = c." + key + " WHERE "
                                + context.sample(
                                        "c." + Database.ROW,
                                        table.name(),
                                        context.options().sampleRows()),
                        row -> new long[] {row.getLong(1), row.getLong(2)})
                .getFirst();
        if (counts[1] == 0) {
            return Optional.empty();
        }
        boolean leak = AgeProfile.of(context, table, List.of("t." + key + " IS NOT NULL"))
                .flatMap(p -> p.risesWithAge(0))
                .isPresent();
        String column = link.columns().getFirst();
        boolean known = context.database().issues().stream()
                .anyMatch(i -> i.code().equals("key.future") && i.table().equals(table.name()));
        if (!leak && known) {
            return Optional.empty();
        }
        String message = "%d of %d rows refer through %s to a row of %s dated after themselves"
                .formatted(counts[1], counts[0], link.label(), parent.name());
        return Optional.of(new DataIssue(
                LeakCodes.LATER_LINK,
                leak ? Severity.ERROR : Severity.WARNING,
                table.name(),
                Optional.of(column),
                counts[1],
                leak ? message + ", and the youngest rows have no such link yet: it is written after the row" : message,
                "leave the link out in database.yaml (tables: %1$s: fkeys:, and drop: [%2$s]) or turn it round: let %3$s refer to %1$s"
                        .formatted(table.name(), column, parent.name())));
    }
}
