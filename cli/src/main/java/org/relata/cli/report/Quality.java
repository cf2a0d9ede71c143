package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.cli.report.Node.Tag;
import org.relata.database.task.Split;
import org.relata.database.task.TaskType;

/// How good the predictions are: pictures for the kind of label, and every metric beside every baseline.
final class Quality {
    private Quality() {}

    static Tag section(ReportData data) {
        Tag section = Sections.section("quality", "How good it is");
        Tag grid = tag("div", "charts");
        Optional<Tag> overTime = SeedTimes.chart(data);
        List<Tag> tables = switch (data.result().type()) {
            case BINARY_CLASSIFICATION -> {
                grid.add(BinaryCharts.of(data));
                yield BinaryCharts.lift(data);
            }
            case MULTICLASS_CLASSIFICATION -> {
                grid.add(MulticlassCharts.charts(data));
                yield MulticlassCharts.tables(data);
            }
            case REGRESSION -> {
                grid.add(RegressionCharts.of(data));
                yield List.of();
            }
        };
        overTime.ifPresent(grid::add);
        // The small table of a binary task fills the place beside the chart over time.
        if (overTime.isPresent() && data.result().type() == TaskType.BINARY_CLASSIFICATION && !tables.isEmpty()) {
            return section.add(grid.add(tag("div", "lift").add(tables)));
        }
        return section.add(grid).add(tables);
    }

    static Tag baselines(ReportData data) {
        Tag section = Sections.section("baselines", "Against simple baselines");
        section.add(texted(
                "p",
                "aside",
                "Baselines need no learning; a model has to beat them to be worth its keep. The linear check is a regularised"
                        + " linear model on the same features. Validation chose the model, so it flatters it; test was read"
                        + " once, at the end."));
        List<String> metrics = metrics(data);
        Tag head = tag("tr").add(texted("th", "Method").set("scope", "col").set("rowspan", "2"));
        Tag splits = tag("tr");
        for (String metric : metrics) {
            head.add(texted(
                            "th",
                            metric.equals(data.result().primary()) ? "group primary" : "group",
                            MetricWords.of(metric).title())
                    .set("scope", "colgroup")
                    .set("colspan", "2"));
            splits.add(
                    texted("th", "val").set("scope", "col"),
                    texted("th", "test").set("scope", "col"));
        }
        Tag body = tag("tbody");
        body.add(row("This model", "model", data.result().metrics(), metrics));
        if (!data.result().linearCheck().isEmpty()) {
            body.add(row("Linear check", "linear", data.result().linearCheck(), metrics));
        }
        data.result()
                .baselines()
                .forEach((name, scores) -> body.add(row(MetricWords.spaced(name), "simple", scores, metrics)));
        return section.add(tag("div", "scroll")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", "Metrics of the model and the baselines")
                .add(tag("table", "scores").add(tag("thead").add(head, splits), body)));
    }

    /// All metrics of the model, the deciding one first.
    private static List<String> metrics(ReportData data) {
        Set<String> names = new LinkedHashSet<>();
        names.add(data.result().primary());
        for (Split split : List.of(Split.TEST, Split.VALIDATION)) {
            names.addAll(data.result().metrics().getOrDefault(split, Map.of()).keySet());
        }
        return List.copyOf(names);
    }

    private static Tag row(String name, String kind, Map<Split, Map<String, Double>> scores, List<String> metrics) {
        Tag row = tag("tr", kind).add(texted("th", name).set("scope", "row"));
        for (String metric : metrics) {
            for (Split split : List.of(Split.VALIDATION, Split.TEST)) {
                row.add(texted(
                        "td",
                        split == Split.TEST ? "test" : "val",
                        Figures.metric(ReportData.value(scores, split, metric))));
            }
        }
        return row;
    }
}
