package org.relata.cli.report;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.task.Split;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.Interval;
import org.relata.learn.fit.ScoredRows;

/// Everything a report is made of, with the questions its sections ask.
///
/// @param result scores and reasons
/// @param scored rows with labels and predictions
/// @param classes the class names in the order of the predictions; empty for regression
/// @param context the question and the data
record ReportData(FitResult result, List<ScoredRows> scored, List<String> classes, ReportContext context) {
    /// A baseline with its score on one split.
    ///
    /// @param name its name in results
    /// @param value its primary metric
    record Baseline(String name, double value) {}

    /// The rows of a split, if there are any with labels.
    Optional<ScoredRows> rows(Split split) {
        return scored.stream()
                .filter(s -> s.split() == split && s.rows().labelled())
                .findFirst();
    }

    /// The metric that decides.
    MetricWords primary() {
        return MetricWords.of(result.primary());
    }

    /// The primary metric of the predictions; NaN when it was not computed.
    double primary(Split split) {
        return value(result.metrics(), split, result.primary());
    }

    /// The bootstrap interval of the primary metric.
    Optional<Interval> interval(Split split) {
        return Optional.ofNullable(result.intervals().get(split))
                .filter(i -> Double.isFinite(i.low()) && Double.isFinite(i.high()));
    }

    /// The trivial baseline that does best on a split.
    Optional<Baseline> bestBaseline(Split split) {
        Comparator<Baseline> byValue = Comparator.comparingDouble(Baseline::value);
        return result.baselines().entrySet().stream()
                .map(entry -> new Baseline(entry.getKey(), value(entry.getValue(), split, result.primary())))
                .filter(baseline -> Double.isFinite(baseline.value()))
                .max(primary().higherIsBetter() ? byValue : byValue.reversed());
    }

    /// A metric of a split; NaN when it was not computed.
    static double value(Map<Split, Map<String, Double>> metrics, Split split, String metric) {
        return Optional.ofNullable(metrics.get(split))
                .flatMap(of -> Optional.ofNullable(of.get(metric)))
                .orElse(Double.NaN);
    }

    /// How many rows a split has.
    int rowCount(Split split) {
        return Optional.ofNullable(result.rows().get(split)).orElse(0);
    }

    /// The name of a class.
    String className(int number) {
        return number < classes.size() ? classes.get(number) : Integer.toString(number);
    }

    /// What class 1 of a binary task is called in sentences: a bare `1` or `true` says less than the label's name.
    String positive() {
        return bare() ? context.task().targetColumn() : className(1);
    }

    /// What class 0 of a binary task is called in sentences.
    String negative() {
        return bare() ? "not " + context.task().targetColumn() : className(0);
    }

    private boolean bare() {
        return classes.isEmpty()
                || classes.equals(List.of("0", "1"))
                || classes.equals(List.of("false", "true"))
                || classes.equals(List.of("no", "yes"));
    }

    /// One output of each row's prediction.
    static double[] output(ScoredRows rows, int output) {
        double[] values = new double[rows.predictions().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.predictions()[i][output];
        }
        return values;
    }
}
