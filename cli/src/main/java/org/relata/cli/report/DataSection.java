package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.relata.cli.report.Node.Tag;
import org.relata.database.Inference;
import org.relata.database.Schema;
import org.relata.database.Table;

/// The database: a picture of what was used, the tables in figures, what was found wrong and what was inferred.
final class DataSection {
    private DataSection() {}

    static Tag section(ReportData data, SchemaUsage usage) {
        Schema schema = data.context().schema();
        Tag section = Sections.section("data", "The database");
        section.add(tag("p", "aside")
                .text(Figures.count(schema.tables().size(), "table") + " from ")
                .add(texted("code", data.context().source()))
                .text(
                        usage.importance().isEmpty()
                                ? "."
                                : ". The stronger a table’s colour, the more of the model’s importance comes from its rows;"
                                        + " coloured arrows are links that features follow."));
        section.add(tag("figure", "schema-figure")
                .add(SchemaDiagram.figure(schema, data.context().tables(), usage)));
        int omitted = SchemaDiagram.omitted(schema, usage);
        if (omitted > 0) {
            section.add(texted("p", "aside", Figures.count(omitted, "table") + " far from what was used not drawn."));
        }
        section.add(tables(data, usage));
        if (!data.context().issues().isEmpty()) {
            section.add(texted("h3", "What was found in the data"));
            section.add(Findings.list(data.context().issues()));
        }
        if (!data.context().inferences().isEmpty()) {
            section.add(tag("details")
                    .add(texted(
                            "summary",
                            Figures.count(data.context().inferences().size(), "thing")
                                    + " inferred about the data, with the evidence"))
                    .add(inferences(data.context().inferences())));
        }
        return section;
    }

    private static Tag tables(ReportData data, SchemaUsage usage) {
        Tag body = tag("tbody");
        for (Table table : data.context().schema().tables()) {
            Optional<TableFacts> facts =
                    Optional.ofNullable(data.context().tables().get(table.name()));
            double share = usage.importance().getOrDefault(table.name(), 0.0);
            body.add(tag("tr")
                    .add(texted("th", table.name()).set("scope", "row"))
                    .add(Sections.cell(
                            facts.map(f -> Figures.count(f.rows())).orElse(Figures.MISSING),
                            facts.map(f -> (double) f.rows()).orElse(Double.NaN)))
                    .add(texted("td", "words", String.join(", ", table.primaryKey())))
                    .add(texted("td", "words", table.timeColumn().orElse("static")))
                    .add(day(facts.flatMap(TableFacts::first)))
                    .add(day(facts.flatMap(TableFacts::last)))
                    .add(Sections.cell(share > 0 ? Figures.percent(share) : "", share)));
        }
        return Sections.table(List.of("Table", "Rows", "Key", "Time", "First", "Last", "Importance"), body, true);
    }

    private static Tag day(Optional<LocalDateTime> time) {
        return Sections.cell(
                time.map(Figures::day).orElse(""),
                time.map(t -> (double) t.toEpochSecond(ZoneOffset.UTC)).orElse(Double.NaN));
    }

    private static Tag inferences(List<Inference> inferences) {
        Tag body = tag("tbody");
        for (Inference inference : inferences) {
            body.add(tag("tr")
                    .add(texted("th", Findings.place(inference.table(), inference.column()))
                            .set("scope", "row"))
                    .add(texted("td", "words", inference.conclusion()))
                    .add(texted("td", "long", inference.evidence()))
                    .add(Sections.cell(Figures.percent(inference.confidence()), inference.confidence())));
        }
        return Sections.table(List.of("Where", "Concluded", "Evidence", "Confidence"), body, true);
    }
}
