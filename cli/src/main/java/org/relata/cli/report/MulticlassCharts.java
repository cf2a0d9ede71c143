package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.cli.report.Node.Tag;
import org.relata.database.metric.Metric;
import org.relata.database.task.Split;
import org.relata.learn.fit.ScoredRows;
import org.relata.learn.tabular.Calibration;

/// How good predicted classes are: which are taken for which, and how sure the model is when it is right.
final class MulticlassCharts {
    /// Beyond this many classes the rarest share a row and a column of the confusion matrix.
    private static final int MOST_IN_MATRIX = 10;

    private static final int MOST_IN_TABLE = 40;

    private MulticlassCharts() {}

    static List<Tag> charts(ReportData data) {
        Optional<ScoredRows> test = data.rows(Split.TEST);
        if (test.isEmpty()) {
            return List.of(Sections.missing("There are no test rows with labels, so no curves."));
        }
        double[][] predictions = test.get().predictions();
        double[] labels = test.get().rows().label();
        double[] sure = new double[labels.length];
        boolean[] right = new boolean[labels.length];
        for (int i = 0; i < sure.length; i++) {
            int best = best(predictions[i]);
            sure[i] = predictions[i][best];
            right[i] = best == (int) labels[i];
        }
        return List.of(
                ClassCharts.reliability(
                        "Is it right as often as it is sure?",
                        "the likeliest class was right",
                        Calibration.ofClasses(labels, predictions, 10)),
                confidence(sure, right));
    }

    /// How sure the model is, rows it has right upwards, rows it has wrong downwards.
    private static Tag confidence(double[] sure, boolean[] right) {
        int bins = 20;
        double[] up = new double[bins];
        double[] down = new double[bins];
        for (int i = 0; i < sure.length; i++) {
            (right[i] ? up : down)[Math.clamp((int) (sure[i] * bins), 0, bins - 1)] += 1.0 / sure.length;
        }
        return ClassCharts.mirrored(
                        "How sure it is",
                        "Test rows by the probability of their likeliest class: those it has right upwards, those it has"
                                + " wrong downwards.",
                        "Probability of the likeliest class",
                        1,
                        "Share of test rows",
                        up,
                        down)
                .key("bar", "s-test", "Right")
                .key("bar", "s-other", "Wrong")
                .figure();
    }

    static List<Tag> tables(ReportData data) {
        Optional<ScoredRows> test = data.rows(Split.TEST);
        if (test.isEmpty()) {
            return List.of();
        }
        int classes = Math.max(
                data.classes().size(),
                (int) Arrays.stream(test.get().rows().label()).max().orElse(0) + 1);
        long[][] confusion = new long[classes][classes];
        double[] labels = test.get().rows().label();
        for (int i = 0; i < labels.length; i++) {
            confusion[(int) labels[i]][best(test.get().predictions()[i])]++;
        }
        List<Integer> byRows = IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparingLong(
                        c -> -Arrays.stream(confusion[c]).sum()))
                .toList();
        return List.of(
                texted("h3", "Which class is taken for which"),
                texted(
                        "p",
                        "aside",
                        "Test rows by their actual class (down) and the likeliest class by the model (across), as a share of"
                                + " the actual class. The diagonal is right."),
                matrix(data, confusion, byRows),
                texted("h3", "Class by class"),
                perClass(data, confusion, byRows, test.get()));
    }

    private static Tag matrix(ReportData data, long[][] confusion, List<Integer> byRows) {
        boolean folded = byRows.size() > MOST_IN_MATRIX;
        List<List<Integer>> groups = new ArrayList<>();
        int single = folded ? MOST_IN_MATRIX - 1 : byRows.size();
        // Classes that keep a row of their own stay in the order of the labels.
        byRows.subList(0, single).stream().sorted().forEach(c -> groups.add(List.of(c)));
        if (folded) {
            groups.add(byRows.subList(single, byRows.size()));
        }
        Tag head = tag("tr").add(texted("th", "corner", "actual ↓ predicted →").set("scope", "col"));
        groups.forEach(g -> head.add(texted("th", name(data, g)).set("scope", "col")));
        Tag body = tag("tbody");
        for (List<Integer> actual : groups) {
            long all = sum(confusion, actual, byRows);
            Tag row = tag("tr").add(texted("th", name(data, actual)).set("scope", "row"));
            for (List<Integer> predicted : groups) {
                long count = sum(confusion, actual, predicted);
                double share = all == 0 ? 0 : (double) count / all;
                row.add(texted(
                                "td",
                                actual.equals(predicted) ? "right" : "wrong",
                                count == 0 ? "·" : Figures.percent(share))
                        .set("title", Figures.count(count, "row"))
                        .set("style", "--share:" + Math.round(share * 100) + "%"));
            }
            body.add(row);
        }
        return tag("div", "scroll")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", "Confusion matrix")
                .add(tag("table", "matrix").add(tag("thead").add(head), body));
    }

    private static String name(ReportData data, List<Integer> group) {
        return group.size() == 1 ? data.className(group.getFirst()) : Figures.count(group.size(), "other");
    }

    private static long sum(long[][] confusion, List<Integer> actual, List<Integer> predicted) {
        return actual.stream()
                .mapToLong(
                        a -> predicted.stream().mapToLong(p -> confusion[a][p]).sum())
                .sum();
    }

    private static Tag perClass(ReportData data, long[][] confusion, List<Integer> byRows, ScoredRows test) {
        Tag body = tag("tbody");
        for (int c : byRows.subList(0, Math.min(MOST_IN_TABLE, byRows.size()))) {
            long rows = Arrays.stream(confusion[c]).sum();
            long called = Arrays.stream(confusion).mapToLong(row -> row[c]).sum();
            double right = confusion[c][c];
            double area = c < test.predictions()[0].length ? areaAgainstRest(c, test) : Double.NaN;
            body.add(tag("tr")
                    .add(texted("th", data.className(c)).set("scope", "row"))
                    .add(Sections.cell(Figures.count(rows), rows))
                    .add(Sections.cell(Figures.percent(right / called), right / called))
                    .add(Sections.cell(Figures.percent(right / rows), right / rows))
                    .add(Sections.cell(Figures.metric(2 * right / (called + rows)), 2 * right / (called + rows)))
                    .add(Sections.cell(Figures.metric(area), area)));
        }
        return Sections.table(
                List.of("Class", "Test rows", "Precision", "Recall", "F1", "AUROC against the rest"), body, true);
    }

    private static double areaAgainstRest(int c, ScoredRows test) {
        return Metric.ROC_AUC.value(
                Arrays.stream(test.rows().label())
                        .map(label -> label == c ? 1 : 0)
                        .toArray(),
                Arrays.stream(test.predictions()).map(p -> new double[] {p[c]}).toArray(double[][]::new));
    }

    /// The class of the highest probability; the first of several.
    static int best(double[] probabilities) {
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return best;
    }
}
