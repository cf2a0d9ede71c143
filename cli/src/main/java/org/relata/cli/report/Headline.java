package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.relata.cli.report.Node.Tag;
import org.relata.cli.report.ReportData.Baseline;
import org.relata.database.task.Split;
import org.relata.learn.fit.Interval;
import org.relata.learn.fit.Method;

/// The top of the page: the question, the one number, and what it is worth.
final class Headline {
    private static final int MOST_BASELINES = 6;

    private Headline() {}

    static Tag header(ReportData data) {
        return tag("header", "top")
                .add(tag("p", "eyebrow")
                        .text("Prediction report · " + data.context().schema().name()))
                .add(texted("h1", data.result().task()))
                .add(TaskWords.question(data))
                .add(texted("p", "judged", TaskWords.judged(data)));
    }

    static Tag section(ReportData data) {
        MetricWords metric = data.primary();
        Tag number = tag("div", "number")
                .add(texted("p", "label", metric.title() + " on test"))
                .add(texted("p", "figure", Figures.metric(data.primary(Split.TEST))));
        data.interval(Split.TEST)
                .ifPresent(i -> number.add(texted(
                                "p",
                                "interval",
                                Figures.percent(i.level()) + " interval " + Figures.metric(i.low()) + " to "
                                        + Figures.metric(i.high()))
                        .set("title", "From 1,000 resamples; rows of the same entity are drawn together.")));
        number.add(verdict(data));
        Tag compare = ladder(data);
        if (!metric.meaning().isEmpty()) {
            compare.add(texted("p", "meaning", metric.title() + ": " + metric.meaning() + "."));
        }
        return tag("section", "headline")
                .set("id", "result")
                .set("aria-label", "Result")
                .add(number, compare);
    }

    private static Tag verdict(ReportData data) {
        Optional<Baseline> baseline = data.bestBaseline(Split.TEST);
        double score = data.primary(Split.TEST);
        if (data.result().method() == Method.BASELINE) {
            return texted("p", "verdict caution", "Nothing was learned: this is a trivial baseline.");
        }
        if (!Double.isFinite(score)) {
            return texted("p", "verdict caution", "There is no score on test.");
        }
        if (baseline.isEmpty()) {
            return texted("p", "verdict caution", "There is no baseline to compare with.");
        }
        double other = baseline.get().value();
        String name = "the best simple baseline (" + baseline.get().name() + ", " + Figures.metric(other) + ")";
        MetricWords metric = data.primary();
        if (!metric.better(score, other)) {
            return texted("p", "verdict bad", "Not better than " + name + ".");
        }
        String gain = metric.higherIsBetter() || other <= 0
                ? Figures.signed(score - other) + " against "
                : Figures.percent((other - score) / other) + " less error than ";
        boolean sure = data.interval(Split.TEST)
                .filter(i -> metric.higherIsBetter() ? i.low() > other : i.high() < other)
                .isPresent();
        return texted(
                "p",
                sure ? "verdict good" : "verdict caution",
                gain
                        + name
                        + (sure ? ", which lies outside the interval." : ", which the interval does not rule out."));
    }

    /// Everything that was scored on test, best first, on one scale.
    private static Tag ladder(ReportData data) {
        List<Rung> rungs = new ArrayList<>();
        Optional<Interval> interval = data.interval(Split.TEST);
        rungs.add(new Rung(
                "This model",
                "model",
                data.primary(Split.TEST),
                interval.map(Interval::low),
                interval.map(Interval::high)));
        rungs.add(new Rung(
                "Linear check",
                "linear",
                ReportData.value(
                        data.result().linearCheck(), Split.TEST, data.result().primary()),
                Optional.empty(),
                Optional.empty()));
        Comparator<Rung> best = Comparator.comparingDouble(Rung::value);
        Comparator<Rung> order = data.primary().higherIsBetter() ? best.reversed() : best;
        data.result().baselines().entrySet().stream()
                .map(e -> new Rung(
                        MetricWords.spaced(e.getKey()),
                        "simple",
                        ReportData.value(e.getValue(), Split.TEST, data.result().primary()),
                        Optional.empty(),
                        Optional.empty()))
                .filter(rung -> Double.isFinite(rung.value()))
                .sorted(order)
                .limit(MOST_BASELINES)
                .forEach(rungs::add);
        rungs.removeIf(rung -> !Double.isFinite(rung.value()));
        if (rungs.isEmpty()) {
            return tag("div", "compare");
        }
        rungs.sort(order);
        Tag table = tag("table", "ladder")
                .add(texted(
                        "caption",
                        data.primary().title() + " on test, best first · "
                                + (data.primary().higherIsBetter() ? "higher is better" : "lower is better")));
        Tag body = tag("tbody");
        Axis scale = scale(rungs);
        for (Rung rung : rungs) {
            Tag track = tag("div", "track").set("aria-hidden", "true");
            if (rung.low().isPresent() && rung.high().isPresent()) {
                double low = at(scale, rung.low().get());
                track.add(tag("i", "range")
                        .set(
                                "style",
                                "left:" + low + "%;width:"
                                        + (at(scale, rung.high().get()) - low) + "%"));
            }
            String off = rung.value() > scale.high() ? " beyond" : rung.value() < scale.low() ? " beyond below" : "";
            track.add(tag("i", "mark" + off).set("style", "left:" + at(scale, rung.value()) + "%"));
            body.add(tag("tr", rung.kind())
                    .add(texted("th", rung.name()).set("scope", "row"))
                    .add(tag("td", "where").add(track))
                    .add(texted("td", "value", Figures.metric(rung.value()))));
        }
        return tag("div", "compare").add(table.add(body));
    }

    /// From the best to somewhat beyond the best baseline: what is far worse lies beyond the edge, so that it does not
    /// squeeze what matters.
    private static Axis scale(List<Rung> rungs) {
        double[] near = Stream.concat(
                        rungs.stream().filter(r -> !r.kind().equals("simple")),
                        rungs.stream().filter(r -> r.kind().equals("simple")).limit(1))
                .flatMapToDouble(r -> DoubleStream.of(
                        r.value(), r.low().orElse(r.value()), r.high().orElse(r.value())))
                .toArray();
        double low = DoubleStream.of(near).min().orElse(0);
        double high = DoubleStream.of(near).max().orElse(1);
        double reach = (high - low) * 1.2;
        double pad = (high - low) * 0.08;
        double[] all = rungs.stream().mapToDouble(Rung::value).toArray();
        double floor = DoubleStream.of(all).filter(v -> v >= low - reach).min().orElse(low);
        double ceiling =
                DoubleStream.of(all).filter(v -> v <= high + reach).max().orElse(high);
        return Axis.of("", Math.min(low, floor) - pad, Math.max(high, ceiling) + pad);
    }

    /// A place on the scale in per cent, to a tenth.
    private static double at(Axis scale, double value) {
        return Math.round(scale.position(scale.clamp(value)) * 1000) / 10.0;
    }

    private record Rung(String name, String kind, double value, Optional<Double> low, Optional<Double> high) {}
}
