package org.relata.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.relata.cli.report.Node.Tag;
import org.relata.database.task.Split;
import org.relata.learn.fit.ScoredRows;
import org.relata.learn.tabular.Curves;
import org.relata.learn.tabular.Curves.Group;
import org.relata.learn.tabular.Curves.Point;

/// How good predicted values are: how near, how biased, and how errors spread.
final class RegressionCharts {
    private static final int MOST_DOTS = 1500;

    private RegressionCharts() {}

    static List<Tag> of(ReportData data) {
        Optional<ScoredRows> test = data.rows(Split.TEST);
        if (test.isEmpty()) {
            return List.of(Sections.missing("There are no test rows with labels, so no pictures of errors."));
        }
        double[] labels = test.get().rows().label();
        double[] values = ReportData.output(test.get(), 0);
        return List.of(scatter(labels, values), residuals(labels, values), groups(labels, values));
    }

    private static Tag scatter(double[] labels, double[] values) {
        double low = Math.min(quantile(labels, 0.002), quantile(values, 0.002));
        double high = Math.max(quantile(labels, 0.998), quantile(values, 0.998));
        Axis across = Axis.round("Predicted", low, high);
        Axis up = Axis.round("Actual", low, high);
        int step = Math.max(1, (labels.length + MOST_DOTS - 1) / MOST_DOTS);
        List<Point> dots = new ArrayList<>();
        for (int i = 0; i < labels.length; i += step) {
            dots.add(new Point(values[i], labels[i]));
        }
        return new Plot(
                        "scatter",
                        "Predicted and actual",
                        "One dot for each "
                                + (step == 1 ? "test row" : "of " + Figures.count(dots.size()) + " test rows")
                                + ". On the diagonal the prediction was exact; above it, it was too low.",
                        across,
                        up)
                .line(
                        "s-reference",
                        List.of(new Point(across.low(), across.low()), new Point(across.high(), across.high())))
                .cloud("s-test", dots)
                .figure();
    }

    private static Tag residuals(double[] labels, double[] values) {
        double[] errors = new double[labels.length];
        Arrays.setAll(errors, i -> values[i] - labels[i]);
        double reach = Math.max(Math.abs(quantile(errors, 0.005)), Math.abs(quantile(errors, 0.995)));
        Axis across = Axis.round("Predicted minus actual", -reach, reach);
        int bins = 25;
        double width = (across.high() - across.low()) / bins;
        double[] shares = new double[bins];
        double within = 0;
        double absolute = quantile(Arrays.stream(errors).map(Math::abs).toArray(), 0.5);
        for (double error : errors) {
            shares[Math.clamp((int) Math.floor((error - across.low()) / width), 0, bins - 1)] += 1.0 / errors.length;
            within += error;
        }
        double mean = within / errors.length;
        Axis up = Axis.percent(
                Axis.round("Share of test rows", 0, Arrays.stream(shares).max().orElse(1)));
        Plot plot = new Plot(
                "residuals",
                "How far it is off",
                "Errors of the test rows; left of zero the prediction was too low. Half of all rows are off by less than "
                        + Figures.metric(absolute) + "; the mean error is " + Figures.signed(mean)
                        + ". The outermost bars hold all that lies beyond.",
                across,
                up);
        for (int b = 0; b < bins; b++) {
            double from = across.low() + b * width;
            plot.bar("s-test", from, from + width, 0, shares[b], Figures.percent(shares[b]) + " of rows");
        }
        return plot.span("s-reference", 0, 0, up.high()).figure();
    }

    private static Tag groups(double[] labels, double[] values) {
        List<Group> bins = Curves.groups(labels, values, 10);
        double low = bins.stream()
                .mapToDouble(b -> Math.min(b.meanPrediction(), b.meanLabel()))
                .min()
                .orElse(0);
        double high = bins.stream()
                .mapToDouble(b -> Math.max(b.meanPrediction(), b.meanLabel()))
                .max()
                .orElse(1);
        Axis across = Axis.round("Mean prediction", low, high);
        Axis up = Axis.round("Mean actual value", low, high);
        Plot plot = new Plot(
                "reliability",
                "Right on average?",
                "Test rows in ten groups of like prediction: the mean prediction of each (across) and the mean of what came"
                        + " (up). Dots on the diagonal are unbiased.",
                across,
                up);
        plot.line(
                "s-reference", List.of(new Point(across.low(), across.low()), new Point(across.high(), across.high())));
        for (Group bin : bins) {
            plot.dot(
                    "s-test",
                    new Point(bin.meanPrediction(), bin.meanLabel()),
                    4.5,
                    "predicted " + Figures.metric(bin.meanPrediction()) + ", actual " + Figures.metric(bin.meanLabel())
                            + " in " + Figures.count(bin.rows(), "row"));
        }
        return plot.figure();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.rint(share * (sorted.length - 1))];
    }
}
