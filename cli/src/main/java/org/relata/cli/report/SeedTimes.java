package org.relata.cli.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.relata.cli.report.Node.Tag;
import org.relata.database.metric.Metric;
import org.relata.database.task.Split;
import org.relata.database.task.TaskType;
import org.relata.learn.fit.ScoredRows;
import org.relata.learn.tabular.Curves.Point;

/// How the score moves as time goes by: one point a seed time, or one a span of time when there are many.
final class SeedTimes {
    private static final int MOST_SEEDS = 60;
    private static final int SPANS = 30;

    private SeedTimes() {}

    /// The chart, when there is more than one point to show.
    static Optional<Tag> chart(ReportData data) {
        List<Slice> validation = slices(data, Split.VALIDATION);
        List<Slice> test = slices(data, Split.TEST);
        if (test.size() < 2) {
            return Optional.empty();
        }
        double[] scores = Stream.concat(validation.stream(), test.stream())
                .mapToDouble(Slice::score)
                .toArray();
        double[] times = Stream.concat(validation.stream(), test.stream())
                .mapToDouble(Slice::time)
                .toArray();
        MetricWords metric = MetricWords.of(metric(data));
        double low = Arrays.stream(scores).min().orElse(0);
        double high = Arrays.stream(scores).max().orElse(1);
        Axis up = metric.higherIsBetter() ? Axis.round(metric.title(), low, high) : Axis.round(metric.title(), 0, high);
        Plot plot = new Plot(
                "over-time",
                "Does it hold over time?",
                metric.title()
                        + " at each time of prediction. Few rows make a point jump; a steady drift means that the"
                        + " past describes the future less and less. Point at a dot for its date and rows.",
                Axis.time(
                        "Time of prediction",
                        Arrays.stream(times).min().orElse(0),
                        Arrays.stream(times).max().orElse(1)),
                up);
        if (metric(data) == Metric.ROC_AUC && up.low() < 0.5 && up.high() > 0.5) {
            plot.line("s-reference", List.of(new Point(-1e300, 0.5), new Point(1e300, 0.5)));
        }
        draw(plot, "s-validation", validation, metric);
        draw(plot, "s-test", test, metric);
        if (!validation.isEmpty()) {
            plot.key("dot", "s-validation", "Validation");
        }
        return Optional.of(plot.key("dot", "s-test", "Test").figure());
    }

    private static void draw(Plot plot, String styleClass, List<Slice> slices, MetricWords metric) {
        plot.line(
                styleClass + " thin",
                slices.stream().map(s -> new Point(s.time(), s.score())).toList());
        for (Slice slice : slices) {
            plot.dot(
                    styleClass,
                    new Point(slice.time(), slice.score()),
                    3.5,
                    Figures.day(Figures.time((long) slice.time())) + ": " + metric.title() + " "
                            + Figures.metric(slice.score()) + " over " + Figures.count(slice.rows(), "row"));
        }
    }

    /// The metric that decides, or the usual one when it is none of ours.
    private static Metric metric(ReportData data) {
        TaskType type = data.result().type();
        return Metric.of(type).stream()
                .filter(metric -> metric.label().equals(data.result().primary()))
                .findFirst()
                .orElse(Metric.primary(type));
    }

    /// Rows come sorted by seed time, so a slice is a range of them.
    private static List<Slice> slices(ReportData data, Split split) {
        Optional<ScoredRows> found = data.rows(split);
        if (found.isEmpty()) {
            return List.of();
        }
        ScoredRows rows = found.get();
        long[] seeds = rows.rows().seed();
        boolean each = Arrays.stream(seeds).distinct().limit(MOST_SEEDS + 1L).count() <= MOST_SEEDS;
        int least = each ? 1 : (seeds.length + SPANS - 1) / SPANS;
        List<Slice> slices = new ArrayList<>();
        int start = 0;
        while (start < seeds.length) {
            int end = Math.min(start + least, seeds.length);
            while (end < seeds.length && seeds[end] == seeds[end - 1]) {
                end++;
            }
            double score = metric(data)
                    .value(
                            Arrays.copyOfRange(rows.rows().label(), start, end),
                            Arrays.copyOfRange(rows.predictions(), start, end));
            if (Double.isFinite(score)) {
                slices.add(new Slice((seeds[start] + seeds[end - 1]) / 2.0, score, end - start));
            }
            start = end;
        }
        return slices;
    }

    private record Slice(double time, double score, int rows) {}
}
