package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.List;
import org.relata.cli.report.Node.Tag;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.FitSettings;

/// How the fit went: what was decided on the way, what it cost, and how to do it again.
final class RunSection {
    private RunSection() {}

    static Tag notes(ReportData data) {
        Tag section = Sections.section("notes", "Decisions on the way");
        if (data.result().notes().isEmpty()) {
            return section.add(Sections.missing("Nothing out of the ordinary had to be decided."));
        }
        Tag list = tag("ol", "notes");
        data.result().notes().forEach(note -> list.add(texted("li", note)));
        return section.add(list);
    }

    static Tag cost(ReportData data) {
        FitResult result = data.result();
        Tag section = Sections.section("cost", "What it cost");
        section.add(tag("ul", "facts")
                .add(fact("Wall time", Figures.seconds(result.seconds())))
                .add(fact(
                        "Peak memory",
                        result.peakMemoryMegabytes() > 0
                                ? Figures.megabytes(result.peakMemoryMegabytes())
                                : Figures.MISSING))
                .add(fact("Features read", Figures.count(result.featureCount())))
                .add(fact("Threads", Figures.count(data.context().settings().threads()))));
        double most = result.stages().values().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        Tag body = tag("tbody");
        result.stages()
                .forEach((stage, seconds) -> body.add(tag("tr")
                        .add(texted("th", stage).set("scope", "row"))
                        .add(tag("td", "where")
                                .add(tag("span", "bar")
                                        .set("aria-hidden", "true")
                                        .add(tag("i").set(
                                                        "style",
                                                        "width:"
                                                                + Figures.coordinate(
                                                                        most > 0 ? seconds / most * 100 : 0)
                                                                + "%"))))
                        .add(texted("td", "value", Figures.seconds(seconds)))));
        return result.stages().isEmpty()
                ? section
                : section.add(tag("table", "stages").add(body));
    }

    static Tag reproduce(ReportData data) {
        ReportContext context = data.context();
        FitSettings settings = context.settings();
        Tag section = Sections.section("reproduce", "How to do it again");
        section.add(texted(
                "p",
                "aside",
                "The same command on the same data with the same versions gives the same numbers, unless the time budget"
                        + " cut the work short: how far it gets then depends on the machine."));
        section.add(tag("pre").set("tabindex", "0").add(texted("code", context.command())));
        Tag list = tag("dl");
        entry(list, "Data fingerprint", context.fingerprint());
        entry(list, "Seed", Long.toString(settings.seed()));
        entry(list, "Method", data.result().method().label());
        entry(list, "Regime", data.result().regime());
        entry(list, "Depth", Figures.count(settings.depth(), "link"));
        entry(list, "Budget", Figures.span(settings.budget()));
        settings.candidates().ifPresent(most -> entry(list, "Candidates", "at most " + most));
        entry(list, "Memory", Figures.megabytes(settings.memoryBytes() >> 20));
        entry(
                list,
                "Final model",
                settings.refit() ? "refitted on train and validation rows" : "fitted on train rows only");
        context.versions().forEach((name, version) -> entry(list, name, version));
        entry(list, "Written", Figures.instant(context.writtenAt()));
        return section.add(list);
    }

    private static void entry(Tag list, String name, String value) {
        list.add(tag("div").add(texted("dt", name), texted("dd", value)));
    }

    private static Tag fact(String name, String value) {
        return tag("li").add(texted("span", "label", name), texted("span", "value", value));
    }

    /// The sections of the page, for the table of contents: id and title.
    static List<List<String>> contents() {
        return List.of(
                List.of("result", "Result"),
                List.of("quality", "How good it is"),
                List.of("baselines", "Baselines"),
                List.of("drivers", "What drives it"),
                List.of("leaks", "Leaks"),
                List.of("data", "The database"),
                List.of("notes", "Decisions"),
                List.of("cost", "Cost"),
                List.of("reproduce", "Do it again"));
    }
}
