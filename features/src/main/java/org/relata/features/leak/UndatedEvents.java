package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.ForeignKey;
import org.relata.database.Table;
import org.relata.database.check.BorrowedTime;

/// `time.missing`: a table without a time column whose rows refer to dated rows. They cannot be older than what they
/// refer to, yet nothing says so, and every path that reaches them another way sees them from the beginning.
final class UndatedEvents implements Lint {
    @Override
    public List<DataIssue> findings(LeakContext context) {
        List<DataIssue> findings = new ArrayList<>();
        for (Table table : context.tablesWithRows()) {
            boolean known = context.database().issues().stream()
                    .anyMatch(
                            i -> i.code().equals(LeakCodes.NO_TIME) && i.table().equals(table.name()));
            List<ForeignKey> dated = table.foreignKeys().stream()
                    .filter(link -> context.view()
                            .require(link.targetTable())
                            .timeColumn()
                            .isPresent())
                    .toList();
            if (table.timeColumn().isEmpty() && !dated.isEmpty() && !known) {
                findings.add(finding(context, table, dated));
            }
        }
        return findings;
    }

    private static DataIssue finding(LeakContext context, Table table, List<ForeignKey> dated) {
        ForeignKey link = dated.getFirst();
        Table parent = context.view().require(link.targetTable());
        return new DataIssue(
                LeakCodes.NO_TIME,
                Severity.WARNING,
                table.name(),
                Optional.empty(),
                context.rows(table.name()),
                "its rows belong to dated rows of %s but carry no time, so they are visible from the beginning"
                        .formatted(dated.stream()
                                .map(ForeignKey::targetTable)
                                .distinct()
                                .collect(Collectors.joining(", "))),
                BorrowedTime.remedy(
                        table.name(),
                        link.columns(),
                        parent.name(),
                        parent.primaryKey(),
                        parent.timeColumn().orElseThrow()));
    }
}
