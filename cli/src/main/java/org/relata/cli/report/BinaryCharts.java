package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.relata.cli.report.Node.Tag;
import org.relata.database.metric.Metric;
import org.relata.database.task.Split;
import org.relata.learn.fit.ScoredRows;
import org.relata.learn.tabular.Calibration;
import org.relata.learn.tabular.Curves;
import org.relata.learn.tabular.Curves.Point;

/// How good predicted probabilities are: ranking, trust in the numbers, and what acting on them would bring.
final class BinaryCharts {
    private static final int MOST_POINTS = 400;
    private static final double[] CUTS = {0.01, 0.05, 0.1, 0.2, 0.3, 0.5};

    private BinaryCharts() {}

    static List<Tag> of(ReportData data) {
        Optional<ScoredRows> test = data.rows(Split.TEST);
        if (test.isEmpty()) {
            return List.of(Sections.missing("There are no test rows with labels, so no curves."));
        }
        double[] labels = test.get().rows().label();
        double[] scores = ReportData.output(test.get(), 0);
        List<Tag> charts = new ArrayList<>();
        if (Curves.roc(labels, scores).isEmpty()) {
            charts.add(Sections.missing("All test rows have the same label: ranking curves need both."));
        } else {
            charts.add(roc(data, labels, scores));
            charts.add(precisionRecall(data, labels, scores));
        }
        charts.add(ClassCharts.reliability(
                "Can the probabilities be taken at their word?",
                "“" + data.positive() + "” came true",
                Calibration.ofBinary(labels, test.get().predictions(), 10)));
        charts.add(histogram(data, labels, scores));
        return charts;
    }

    private static Tag roc(ReportData data, double[] labels, double[] scores) {
        Plot plot = new Plot(
                "roc",
                "ROC curve",
                "Share of all actual “" + data.positive()
                        + "” rows found (up) against the share of the others caught with"
                        + " them by mistake (across). The further above the diagonal, the better.",
                Axis.unit("False-positive rate"),
                Axis.unit("True-positive rate"));
        plot.line("s-reference", List.of(new Point(0, 0), new Point(1, 1)));
        validation(data).ifPresent(v -> {
            List<Point> points = Curves.roc(v.rows().label(), ReportData.output(v, 0));
            if (!points.isEmpty()) {
                plot.line("s-validation", Curves.thin(points, MOST_POINTS));
                plot.key("dash", "s-validation", "Validation " + Figures.metric(score(Metric.ROC_AUC, v)));
            }
        });
        plot.line("s-test", Curves.thin(Curves.roc(labels, scores), MOST_POINTS));
        return plot.key(
                        "line",
                        "s-test",
                        "Test "
                                + Figures.metric(score(
                                        Metric.ROC_AUC, data.rows(Split.TEST).orElseThrow())))
                .figure();
    }

    private static double score(Metric metric, ScoredRows rows) {
        return metric.value(rows.rows().label(), rows.predictions());
    }

    private static Tag precisionRecall(ReportData data, double[] labels, double[] scores) {
        double rate = DoubleStream.of(labels).average().orElse(0);
        Plot plot = new Plot(
                "pr",
                "Precision and recall",
                "Of the rows flagged, the share that are right (up), against the share of all “" + data.positive()
                        + "” rows found (across). The level line is what flagging at random gives: "
                        + Figures.percent(rate) + ".",
                Axis.unit("Recall"),
                Axis.unit("Precision"));
        plot.line("s-reference", List.of(new Point(0, rate), new Point(1, rate)));
        validation(data).ifPresent(v -> {
            List<Point> points = Curves.precisionRecall(v.rows().label(), ReportData.output(v, 0));
            if (!points.isEmpty()) {
                plot.steps("s-validation", Curves.thin(points, MOST_POINTS));
                plot.key("dash", "s-validation", "Validation " + Figures.metric(score(Metric.AVERAGE_PRECISION, v)));
            }
        });
        plot.steps("s-test", Curves.thin(Curves.precisionRecall(labels, scores), MOST_POINTS));
        return plot.key(
                        "line",
                        "s-test",
                        "Test "
                                + Figures.metric(score(
                                        Metric.AVERAGE_PRECISION,
                                        data.rows(Split.TEST).orElseThrow())))
                .figure();
    }

    private static Tag histogram(ReportData data, double[] labels, double[] scores) {
        int bins = 24;
        double top = Math.min(
                1, Axis.shares("", DoubleStream.of(scores).max().orElse(1)).high());
        long[] rows = new long[2];
        for (double label : labels) {
            rows[label == 1 ? 1 : 0]++;
        }
        double[][] shares = new double[2][bins];
        for (int i = 0; i < scores.length; i++) {
            int side = labels[i] == 1 ? 1 : 0;
            shares[side][Math.clamp((int) (scores[i] / top * bins), 0, bins - 1)] += 1.0 / rows[side];
        }
        return ClassCharts.mirrored(
                        "How the scores spread",
                        "Test rows by predicted probability: those that turned out “" + data.positive()
                                + "” upwards, the others downwards. The less the two overlap, the easier the call.",
                        "Predicted probability of “" + data.positive() + "”",
                        top,
                        "Share of the class",
                        shares[1],
                        shares[0])
                .key("bar", "s-test", data.positive() + " (" + Figures.count(rows[1]) + ")")
                .key("bar", "s-other", data.negative() + " (" + Figures.count(rows[0]) + ")")
                .figure();
    }

    /// What acting on the highest scores alone would find.
    static List<Tag> lift(ReportData data) {
        Optional<ScoredRows> test = data.rows(Split.TEST);
        if (test.isEmpty()) {
            return List.of();
        }
        double[] labels = test.get().rows().label();
        List<Point> roc = Curves.roc(labels, ReportData.output(test.get(), 0));
        if (roc.isEmpty()) {
            return List.of();
        }
        double positives = DoubleStream.of(labels).sum();
        double rate = positives / labels.length;
        Tag body = tag("tbody");
        for (double cut : CUTS) {
            double rows = Math.rint(cut * labels.length);
            if (rows < 5) {
                continue;
            }
            double hits = found(roc, rows, positives, labels.length - positives);
            body.add(tag("tr")
                    .add(texted("th", Figures.tick(cut * 100) + "%").set("scope", "row"))
                    .add(texted("td", Figures.count((long) rows)))
                    .add(texted("td", Figures.percent(hits / rows)))
                    .add(texted("td", String.format(java.util.Locale.ROOT, "%.1f×", hits / rows / rate)))
                    .add(texted("td", Figures.percent(hits / positives))));
        }
        return List.of(
                texted("h3", "Acting on the highest scores"),
                texted(
                        "p",
                        "aside",
                        "If only the test rows with the highest probability of “" + data.positive()
                                + "” are acted upon: how many of them are right to be, how often that is what chance ("
                                + Figures.percent(rate) + ") gives, and what share of all such rows is found."),
                Sections.table(List.of("Highest", "Rows", "Right", "Lift", "Found"), body, false));
    }

    /// How many rows of class 1 the first rows hold; rows tied at the cut count in proportion.
    private static double found(List<Point> roc, double rows, double positives, double negatives) {
        for (int i = 1; i < roc.size(); i++) {
            double to = roc.get(i).x() * negatives + roc.get(i).y() * positives;
            if (to >= rows - 1e-9) {
                double from = roc.get(i - 1).x() * negatives + roc.get(i - 1).y() * positives;
                double share = to > from ? (rows - from) / (to - from) : 1;
                return positives
                        * (roc.get(i - 1).y()
                                + share * (roc.get(i).y() - roc.get(i - 1).y()));
            }
        }
        return positives;
    }

    private static Optional<ScoredRows> validation(ReportData data) {
        return data.rows(Split.VALIDATION);
    }
}
