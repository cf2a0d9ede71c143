package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.List;
import java.util.Map;
import org.relata.cli.report.Node.Tag;
import org.relata.database.task.TaskType;
import org.relata.features.Feature;
import org.relata.learn.fit.Importance;

/// What drives the predictions: features as sentences, and the tables they come from.
final class Drivers {
    private static final int SHOWN = 12;

    private Drivers() {}

    static Tag section(ReportData data, SchemaUsage usage) {
        Tag section = Sections.section("drivers", "What drives it");
        List<Importance> all = data.result().importances();
        if (all.isEmpty()) {
            return section.add(Sections.missing("No feature was read, so nothing drives the predictions."));
        }
        section.add(texted(
                "p",
                "aside",
                "The model reads " + Figures.count(data.result().featureCount(), "feature")
                        + ", each computed by SQL as of the cut-off. Bars show each one’s share of all"
                        + " movement of the predictions on validation rows (mean absolute SHAP value)"
                        + switch (data.result().type()) {
                            case REGRESSION -> ", and which way high values move the prediction.";
                            case BINARY_CLASSIFICATION ->
                                ", and which way high values move the probability of “" + data.positive() + "”.";
                            case MULTICLASS_CLASSIFICATION -> ".";
                        }));
        if (usage.importance().values().stream().anyMatch(share -> share > 0)) {
            section.add(tables(usage));
        }
        section.add(list(
                all.subList(0, Math.min(SHOWN, all.size())), all, data.result().type()));
        if (all.size() > SHOWN) {
            section.add(tag("details")
                    .add(texted("summary", Figures.count(all.size() - SHOWN, "more feature")))
                    .add(list(all.subList(SHOWN, all.size()), all, data.result().type())));
        }
        return section;
    }

    private static Tag tables(SchemaUsage usage) {
        Tag legend = tag("ul", "legend");
        Tag bar = tag("div", "stack").set("aria-hidden", "true");
        double sum = usage.importance().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        int shade = 0;
        double rest = 0;
        for (Map.Entry<String, Double> entry : usage.importance().entrySet()) {
            double share = sum > 0 ? entry.getValue() / sum : 0;
            if (shade < 5 && share >= 0.01) {
                shade++;
                segment(bar, legend, "shade" + shade, entry.getKey(), share);
            } else {
                rest += share;
            }
        }
        if (rest > 0) {
            segment(bar, legend, "shade6", "other tables", rest);
        }
        return tag("div", "sources").add(texted("h3", "By table"), bar, legend);
    }

    private static void segment(Tag bar, Tag legend, String shade, String table, double share) {
        bar.add(tag("i", shade).set("style", "width:" + Figures.coordinate(share * 100) + "%"));
        legend.add(tag("li")
                .add(tag("i", "key bar " + shade).set("aria-hidden", "true"))
                .text(table + " " + Figures.percent(share)));
    }

    private static Tag list(List<Importance> shown, List<Importance> all, TaskType type) {
        double most = all.stream()
                .mapToDouble(Importance::share)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        Tag list = tag("ol", "features").set("start", Integer.toString(all.indexOf(shown.getFirst()) + 1));
        for (Importance importance : shown) {
            double width = most > 0 && Double.isFinite(importance.share()) ? importance.share() / most * 100 : 0;
            list.add(tag("li")
                    .add(tag("div", "what")
                            .add(texted(
                                    "p",
                                    "sentence",
                                    Sections.sentence(importance.feature().sentence())))
                            .add(tag("p", "name")
                                    .add(texted("code", importance.feature().name()))
                                    .text(" · "
                                            + String.join(
                                                    " → ", importance.feature().path()))))
                    .add(tag("div", "weight")
                            .add(tag("span", "bar")
                                    .set("aria-hidden", "true")
                                    .add(tag("i").set("style", "width:" + Figures.coordinate(width) + "%")))
                            .add(texted("span", "share", Figures.percent(importance.share()))))
                    .add(direction(importance, type)));
        }
        return list;
    }

    /// Which way high values move the prediction. With several classes there is no one way.
    private static Tag direction(Importance importance, TaskType type) {
        double direction = importance.direction();
        if (importance.feature().type() == Feature.Type.CATEGORICAL) {
            return texted("p", "way", "by category");
        }
        if (type == TaskType.MULTICLASS_CLASSIFICATION) {
            return texted("p", "way", "differs by class");
        }
        if (Double.isNaN(direction)) {
            return texted("p", "way", "");
        }
        if (Math.abs(direction) < 0.15) {
            return texted("p", "way", "↕ not one way");
        }
        String strength = Math.abs(direction) < 0.5 ? "mostly " : "";
        return direction > 0
                ? texted("p", "way up", "↑ higher values " + strength + "raise it")
                : texted("p", "way down", "↓ higher values " + strength + "lower it");
    }
}
