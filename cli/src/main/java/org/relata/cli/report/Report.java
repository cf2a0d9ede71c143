package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.relata.cli.report.Node.Tag;
import org.relata.database.RelataException;
import org.relata.learn.fit.FitOutcome;
import org.relata.learn.fit.FitResult;
import org.relata.learn.fit.ScoredRows;

/// The report of a fit: one HTML file that needs nothing else, to be read on any screen, in light or dark, or printed.
///
/// The page is well-formed XML as well as HTML, and forbids itself to load anything.
public final class Report {
    private Report() {}

    /// Writes the report of a finished fit.
    ///
    /// @param file where to; written aside and renamed
    /// @throws RelataException `report.write` when the file cannot be written
    public static void write(FitOutcome outcome, ReportContext context, Path file) {
        write(outcome.result(), outcome.scored(), outcome.pipeline().classes(), context, file);
    }

    /// Writes a report from what a run folder keeps.
    ///
    /// @param result scores and reasons
    /// @param scored validation and test rows with predictions, each sorted by seed time
    /// @param classes the class names in the order of the predictions; empty for regression
    /// @param context the question and the data
    /// @param file where to; written aside and renamed
    /// @throws RelataException `report.write` when the file cannot be written
    public static void write(
            FitResult result, List<ScoredRows> scored, List<String> classes, ReportContext context, Path file) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(aside, html(result, scored, classes, context), StandardCharsets.UTF_8);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RelataException.failure(
                            "report.write",
                            file.toString(),
                            "the report cannot be written (" + e.getMessage() + ")",
                            "check that the folder exists, is writable and has room")
                    .causedBy(e);
        }
    }

    /// The report as text. Arguments as for
    /// [#write(FitResult, List, List, ReportContext, Path)].
    public static String html(FitResult result, List<ScoredRows> scored, List<String> classes, ReportContext context) {
        ReportData data = new ReportData(result, List.copyOf(scored), List.copyOf(classes), context);
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        tag("html").set("lang", "en").add(head(data), body(data)).write(out);
        return out.append('\n').toString();
    }

    private static Tag head(ReportData data) {
        return tag("head")
                .add(tag("meta").set("charset", "utf-8"))
                .add(tag("meta").set("name", "viewport").set("content", "width=device-width, initial-scale=1"))
                .add(tag("meta").set("name", "color-scheme").set("content", "light dark"))
                .add(
                        tag("meta")
                                .set("http-equiv", "Content-Security-Policy")
                                .set(
                                        "content",
                                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"))
                .add(texted(
                        "title",
                        data.result().task() + " · " + data.context().schema().name() + " · Relata"))
                .add(tag("link").set("rel", "icon").set("href", "data:,"))
                .add(tag("style")
                        .add(new Node.Verbatim(Resource.text("palette.css")
                                + Resource.text("report.css")
                                + Resource.text("schema.css"))));
    }

    private static Tag body(ReportData data) {
        SchemaUsage usage = SchemaUsage.of(
                data.context().task().entityTable(), data.result().importances());
        Tag contents = tag("ul");
        RunSection.contents()
                .forEach(entry ->
                        contents.add(tag("li").add(texted("a", entry.get(1)).set("href", "#" + entry.get(0)))));
        return tag("body")
                .add(tag("nav").set("aria-label", "Contents").add(contents))
                .add(tag("main")
                        .add(Headline.header(data))
                        .add(Headline.section(data))
                        .add(Quality.section(data))
                        .add(Quality.baselines(data))
                        .add(Drivers.section(data, usage))
                        .add(Findings.leaks(data))
                        .add(DataSection.section(data, usage))
                        .add(RunSection.notes(data))
                        .add(RunSection.cost(data))
                        .add(RunSection.reproduce(data))
                        .add(texted(
                                "footer",
                                "Written by Relata on "
                                        + Figures.instant(data.context().writtenAt())
                                        + ". This file is complete in itself and loads nothing.")))
                .add(tag("script").add(new Node.Verbatim(Resource.text("report.js"))));
    }
}
