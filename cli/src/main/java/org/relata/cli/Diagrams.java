package org.relata.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.relata.cli.report.SchemaDiagram;
import org.relata.cli.report.SchemaUsage;
import org.relata.cli.report.TableFacts;
import org.relata.cli.run.Aside;
import org.relata.database.RelataException;
import org.relata.database.Schema;

/// Writes a schema as a picture.
final class Diagrams {
    private Diagrams() {}

    /// Refuses a file whose ending names no format, before any work is done for it.
    static void check(Path file) {
        if (format(file) == Format.UNKNOWN) {
            throw RelataException.usage(
                    "diagram.format", "--diagram " + file, "its ending names no format", "end it with .svg or .mmd");
        }
    }

    /// Writes the diagram in the format that the file's name asks for.
    static void write(Schema schema, Map<String, TableFacts> facts, Path file) throws IOException {
        switch (format(file)) {
            case SVG -> Aside.write(file, SchemaDiagram.svg(schema, facts, SchemaUsage.none()));
            case MERMAID -> Aside.write(file, SchemaDiagram.mermaid(schema));
            case MARKDOWN -> Aside.write(file, "```mermaid\n" + SchemaDiagram.mermaid(schema) + "```\n");
            case UNKNOWN -> check(file);
        }
    }

    private enum Format {
        SVG,
        MERMAID,
        MARKDOWN,
        UNKNOWN
    }

    private static Format format(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            return Format.SVG;
        }
        if (name.endsWith(".mmd") || name.endsWith(".mermaid")) {
            return Format.MERMAID;
        }
        return name.endsWith(".md") ? Format.MARKDOWN : Format.UNKNOWN;
    }
}
