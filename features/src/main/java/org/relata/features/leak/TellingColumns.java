package org.relata.features.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.database.DataIssue;
import org.relata.database.DataIssue.Severity;
import org.relata.database.task.AutoCompleteTask;
import org.relata.database.task.ForecastTask;
import org.relata.database.task.TaskType;

/// Columns of the entity row, or of a row it refers to, that give the label away.
///
/// - `label.copied`: the column is the label;
/// - `label.derivable`: the label follows from the column;
/// - `label.predicted`: the column alone predicts the label better than anything honest does;
/// - `label.named`: a column of the entity table has the label's name.
///
/// Each is looked for among all known labels, among those of validation, and at single seeds: a label that was written
/// into the entity table once agrees with the labels of one seed only.
final class TellingColumns implements Lint {
    private static final int ENOUGH = 100;
    private static final int ENOUGH_RARE = 20;
    private static final int SEEDS = 6;
    /// From this AUROC on a column is as good as the label.
    private static final double CERTAIN = 0.99;

    /// Rows that are judged together.
    private record Group(String words, int[] rows) {}

    @Override
    public List<DataIssue> findings(LeakContext context) {
        LabelledColumn.Rows labels = LabelledColumn.rows(context);
        List<Group> groups = groups(context, labels);
        List<DataIssue> findings = new ArrayList<>();
        LabelledColumn.forEach(
                context,
                labels.labels().length,
                column -> groups.stream()
                        .map(g -> judge(context, labels, column, g))
                        .flatMap(Optional::stream)
                        // The gravest; among equals the one from the most rows, which comes first.
                        .reduce((a, b) -> b.severity().compareTo(a.severity()) > 0 ? b : a)
                        .or(() -> named(context, column))
                        .ifPresent(findings::add));
        return findings;
    }

    private static List<Group> groups(LeakContext context, LabelledColumn.Rows labels) {
        int n = labels.labels().length;
        List<Group> groups = new ArrayList<>();
        groups.add(new Group(
                "over all training and validation rows", IntStream.range(0, n).toArray()));
        long[] validation = context.tables().validation().seed();
        if (validation.length > 0) {
            long first = validation[0];
            groups.add(new Group(
                    "over the validation rows",
                    IntStream.range(0, n)
                            .filter(i -> labels.seeds()[i] >= first)
                            .toArray()));
        }
        long[] seeds = Arrays.stream(labels.seeds()).distinct().sorted().toArray();
        int asked = 0;
        for (int s = seeds.length - 1; s >= 0 && asked < SEEDS && seeds.length > 1; s--) {
            long seed = seeds[s];
            int[] rows =
                    IntStream.range(0, n).filter(i -> labels.seeds()[i] == seed).toArray();
            if (rows.length >= ENOUGH) {
                groups.add(new Group("at seed " + LeakContext.time(seed).toLocalDate(), rows));
                asked++;
            }
        }
        return groups;
    }

    private static Optional<DataIssue> judge(
            LeakContext context, LabelledColumn.Rows all, LabelledColumn whole, Group group) {
        if (group.rows().length < ENOUGH) {
            return Optional.empty();
        }
        double[] labels =
                IntStream.of(group.rows()).mapToDouble(i -> all.labels()[i]).toArray();
        long[] entities =
                IntStream.of(group.rows()).mapToLong(i -> all.entities()[i]).toArray();
        LabelledColumn column = whole.at(group.rows());
        Optional<Telling> telling = switch (context.task().type()) {
            case REGRESSION -> Telling.ofNumbers(column, labels, entities);
            case BINARY_CLASSIFICATION, MULTICLASS_CLASSIFICATION ->
                Telling.ofClasses(column, labels, entities, context.tables().classes(), ENOUGH_RARE);
        };
        return telling.flatMap(t -> finding(context, column, t, group, labels.length));
    }

    private static Optional<DataIssue> finding(
            LeakContext context, LabelledColumn column, Telling telling, Group group, int rows) {
        boolean completes = switch (context.task()) {
            case AutoCompleteTask _ -> true;
            case ForecastTask _ -> false;
        };
        String where = group.words() + " (%d rows)".formatted(rows);
        boolean number = context.task().type() == TaskType.REGRESSION;
        if (telling.copied() >= CERTAIN) {
            return Optional.of(Findings.column(
                    Severity.ERROR,
                    LeakCodes.COPIED,
                    column.table(),
                    column.column(),
                    rows,
                    "it equals the label in %s of the rows %s".formatted(Findings.percent(telling.copied()), where)));
        }
        if (telling.derived() >= CERTAIN) {
            return Optional.of(Findings.column(
                    completes ? Severity.WARNING : Severity.ERROR,
                    LeakCodes.DERIVABLE,
                    column.table(),
                    column.column(),
                    rows,
                    "the label follows from it in %s of the rows %s"
                            .formatted(Findings.percent(telling.derived()), where)));
        }
        if (telling.strength() >= context.options().tooGood()) {
            return Optional.of(Findings.column(
                    !completes && telling.strength() >= CERTAIN ? Severity.ERROR : Severity.WARNING,
                    LeakCodes.PREDICTED,
                    column.table(),
                    column.column(),
                    rows,
                    "alone it predicts the label with %s %s %s"
                            .formatted(
                                    number ? "a rank correlation of" : "an AUROC of",
                                    Findings.figure(telling.strength()),
                                    where)));
        }
        return Optional.empty();
    }

    private static Optional<DataIssue> named(LeakContext context, LabelledColumn column) {
        boolean same = column.table().equals(context.task().entityTable())
                && (column.column().equalsIgnoreCase(context.task().targetColumn())
                        || column.column().equalsIgnoreCase(context.task().name()));
        return same
                ? Optional.of(Findings.column(
                        Severity.WARNING,
                        LeakCodes.NAMED,
                        column.table(),
                        column.column(),
                        column.numbers().length,
                        "it has the name of what is predicted: make sure that it was written before the seed time"))
                : Optional.empty();
    }
}
