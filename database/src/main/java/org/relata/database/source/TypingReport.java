package org.relata.database.source;

import java.util.Optional;
import org.relata.database.DataIssue.Severity;
import org.relata.database.RelataException;
import org.relata.database.config.Choice;
import org.relata.database.config.IssueCodes;
import org.relata.database.infer.Relation;
import org.relata.database.infer.TextTyping;
import org.relata.database.infer.TextTyping.Typing;

/// Reports the texts that are not of the type their column took, or nearly took.
final class TypingReport {
    private TypingReport() {}

    static void add(LoadContext context, TextTyping typing, Relation relation, String column, Typing found) {
        boolean date = found.type().equals("DATE") || found.type().equals("TIMESTAMP");
        boolean isTimeColumn =
                context.config().table(relation.name()).timeColumn() instanceof Choice.Given<String>(String time)
                        && time.equals(column);
        if (found.failures() > 0) {
            String examples = String.join(", ", typing.examplesOfFailures(relation, column, found));
            if (isTimeColumn && found.failures() * 2 > found.values()) {
                throw RelataException.usage(
                        "time.type",
                        "table " + relation.name() + ", column " + column,
                        found.failures() + " of " + found.values() + " values of the time column are no dates ("
                                + examples + ")",
                        "name another time_col, or say how its dates are written: `columns: {" + column
                                + ": {kind: timestamp, format: '%d/%m/%Y'}}`");
            }
            context.issues()
                    .add(
                            date ? IssueCodes.UNPARSABLE_TIME : IssueCodes.MIXED,
                            Severity.WARNING,
                            relation.name(),
                            Optional.of(column),
                            found.failures(),
                            found.failures() + " of " + found.values() + " values are not "
                                    + (date ? "dates" : "of type " + found.type()) + " and become null: " + examples,
                            "correct them, or declare the column as text");
        }
        found.nearMiss()
                .ifPresent(miss -> context.issues()
                        .add(
                                IssueCodes.MIXED,
                                Severity.INFO,
                                relation.name(),
                                Optional.of(column),
                                found.values(),
                                miss + ", the others are not, so the column stays text",
                                "declare its kind in database.yaml"));
    }
}
