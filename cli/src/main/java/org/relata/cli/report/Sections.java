package org.relata.cli.report;

import static org.relata.cli.report.Node.tag;
import static org.relata.cli.report.Node.texted;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relata.cli.report.Node.Tag;

/// The parts that sections are put together from.
final class Sections {
    /// Columns that hold words, set flush left.
    private static final Set<String> WORDS = Set.of("Key", "Time", "Concluded", "Evidence");

    private Sections() {}

    /// A section with its heading.
    static Tag section(String id, String title) {
        return tag("section")
                .set("id", id)
                .set("aria-labelledby", id + "-h")
                .add(texted("h2", title).set("id", id + "-h"));
    }

    /// A sentence that stands where something could not be shown.
    static Tag missing(String sentence) {
        return texted("p", "missing", sentence);
    }

    /// A text with its first letter large.
    static String sentence(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int end = text.offsetByCodePoints(0, 1);
        return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
    }

    /// A table in a frame that scrolls by itself on narrow screens.
    ///
    /// @param sortable whether the script lets readers sort it
    static Tag table(List<String> head, Tag body, boolean sortable) {
        Tag row = tag("tr");
        head.forEach(title -> row.add(
                (WORDS.contains(title) ? texted("th", "words", title) : texted("th", title)).set("scope", "col")));
        return tag("div", "scroll")
                .set("tabindex", "0")
                .set("role", "region")
                .set("aria-label", head.getFirst() + " table")
                .add(tag("table", sortable ? "sortable" : "plain")
                        .add(tag("thead").add(row), body));
    }

    /// A cell that sorts by a number.
    static Tag cell(String text, double value) {
        return texted("td", text).set("data-value", Double.isNaN(value) ? "-1e308" : Double.toString(value));
    }
}
