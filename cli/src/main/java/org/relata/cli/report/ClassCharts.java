package org.relata.cli.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.relata.cli.report.Node.Tag;
import org.relata.learn.tabular.Calibration;
import org.relata.learn.tabular.Curves.Point;

/// Charts that tasks of two and of more classes share.
final class ClassCharts {
    private ClassCharts() {}

    /// Predicted against observed shares, with Wilson intervals.
    ///
    /// @param title the question it answers
    /// @param what what came true, as the end of `how often …`
    static Tag reliability(String title, String what, Calibration calibration) {
        List<Calibration.Bin> bins = calibration.bins();
        double most = bins.stream()
                .mapToDouble(bin -> Math.max(bin.meanProbability(), wilson(bin, 1)))
                .max()
                .orElse(1);
        double high = Math.min(1, Axis.shares("", most).high());
        Plot plot = new Plot(
                "reliability",
                title,
                "Test rows in groups of like probability: what was predicted (across) and how often " + what
                        + " (up), with 95% intervals. Dots on the diagonal can be taken at their word. Mean gap: "
                        + Figures.percent(calibration.expectedCalibrationError()) + "; Brier score: "
                        + Figures.metric(calibration.brier()) + ".",
                Axis.percent(Axis.of("Predicted probability", 0, high)),
                Axis.percent(Axis.of("Observed share", 0, high)));
        plot.line("s-reference", List.of(new Point(0, 0), new Point(high, high)));
        for (Calibration.Bin bin : bins) {
            plot.span("s-whisker", bin.meanProbability(), wilson(bin, -1), wilson(bin, 1));
        }
        for (Calibration.Bin bin : bins) {
            plot.dot(
                    "s-test",
                    new Point(bin.meanProbability(), bin.share()),
                    4.5,
                    "predicted " + Figures.percent(bin.meanProbability()) + ", observed " + Figures.percent(bin.share())
                            + " in " + Figures.count(bin.rows(), "row"));
        }
        return plot.figure();
    }

    /// An end of the Wilson score interval at 95%.
    private static double wilson(Calibration.Bin bin, int side) {
        double z = 1.959964;
        double n = bin.rows();
        double p = bin.share();
        double centre = p + z * z / (2 * n);
        double half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        return Math.clamp((centre + side * half) / (1 + z * z / n), 0, 1);
    }

    /// A histogram with one kind of rows upwards and the other downwards.
    ///
    /// @param across the label of the axis of probabilities
    /// @param top where that axis ends
    /// @param shareOf the label of the axis of shares
    /// @param up the share of each bar upwards
    /// @param down the share of each bar downwards, as many
    static Plot mirrored(
            String title, String caption, String across, double top, String shareOf, double[] up, double[] down) {
        double high = DoubleStream.concat(Arrays.stream(up), Arrays.stream(down))
                .max()
                .orElse(0);
        double half = Axis.round("", 0, high == 0 ? 1 : high).high();
        Plot plot = new Plot(
                "scores",
                title,
                caption,
                Axis.percent(Axis.of(across, 0, top)),
                Axis.percent(Axis.of(shareOf, -half, half)).absolute());
        for (int b = 0; b < up.length; b++) {
            double from = top * b / up.length;
            double to = top * (b + 1) / up.length;
            if (up[b] > 0) {
                plot.bar("s-test", from, to, 0, up[b], Figures.percent(up[b]));
            }
            if (down[b] > 0) {
                plot.bar("s-other", from, to, 0, -down[b], Figures.percent(down[b]));
            }
        }
        return plot;
    }
}
