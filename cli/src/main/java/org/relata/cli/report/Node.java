package org.relata.cli.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A piece of a page that is both HTML and well-formed XML. Text and attributes are escaped by construction: no name
/// from a database can end up as markup.
sealed interface Node {
    /// Appends the markup.
    void write(StringBuilder out);

    /// Text, whatever it holds.
    ///
    /// @param value the text
    record Text(String value) implements Node {
        @Override
        public void write(StringBuilder out) {
            escape(value, out);
        }
    }

    /// A style sheet or a script of ours, taken as it is.
    ///
    /// @param value text that ships with Relata
    record Verbatim(String value) implements Node {
        @Override
        public void write(StringBuilder out) {
            out.append(value);
        }
    }

    /// An element, built up step by step.
    final class Tag implements Node {
        private static final Set<String> VOID = Set.of("meta", "link", "br", "wbr", "col", "hr");

        private final String name;
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<Node> children = new ArrayList<>();

        private Tag(String name) {
            this.name = name;
        }

        /// Sets an attribute.
        Tag set(String attribute, String value) {
            attributes.put(attribute, value);
            return this;
        }

        /// Sets a numeric attribute, to a hundredth.
        Tag set(String attribute, double value) {
            return set(attribute, Figures.coordinate(value));
        }

        /// Appends children.
        Tag add(Node... nodes) {
            return add(List.of(nodes));
        }

        /// Appends children.
        Tag add(List<? extends Node> nodes) {
            children.addAll(nodes);
            return this;
        }

        /// Puts a child before the others.
        Tag addFirst(Node node) {
            children.addFirst(node);
            return this;
        }

        /// Appends text.
        Tag text(String value) {
            children.add(new Text(value));
            return this;
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(name);
            attributes.forEach((attribute, value) -> {
                out.append(' ').append(attribute).append("=\"");
                escape(value, out);
                out.append('"');
            });
            if (VOID.contains(name)) {
                out.append("/>");
                return;
            }
            out.append('>');
            children.forEach(child -> child.write(out));
            out.append("</").append(name).append('>');
        }
    }

    /// A new element.
    static Tag tag(String name) {
        return new Tag(name);
    }

    /// A new element of a class.
    static Tag tag(String name, String styleClass) {
        return new Tag(name).set("class", styleClass);
    }

    /// A new element that holds text.
    static Tag texted(String name, String text) {
        return new Tag(name).text(text);
    }

    /// A new element of a class that holds text.
    static Tag texted(String name, String styleClass, String text) {
        return tag(name, styleClass).text(text);
    }

    private static void escape(String value, StringBuilder out) {
        value.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(allowed(point) ? point : 0xFFFD);
            }
        });
    }

    /// What XML 1.0 allows as a character: no control characters, no lone surrogates.
    private static boolean allowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }
}
