package org.relata.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Column;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// A schema in plain text.
final class SchemaText {
    private SchemaText() {}

    static String text(Schema schema, Map<String, TableFacts> facts) {
        int widest =
                schema.tables().stream().mapToInt(t -> t.name().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (Table table : schema.tables()) {
            List<String> head = new ArrayList<>();
            Optional<TableFacts> fact = Optional.ofNullable(facts.get(table.name()));
            fact.ifPresent(f -> head.add(Figures.count(f.rows(), "row")));
            if (!table.primaryKey().isEmpty()) {
                head.add("key " + String.join(", ", table.primaryKey()));
            }
            table.timeColumn()
                    .ifPresent(time -> head.add(
                            "time " + time + fact.flatMap(SchemaText::span).orElse("")));
            out.append(table.name());
            out.append(" ".repeat(widest - table.name().length() + 2));
            out.append(String.join("   ", head)).append('\n');
            String margin = " ".repeat(widest + 2);
            for (ForeignKey link : table.foreignKeys()) {
                out.append(margin).append("→ ").append(link.targetTable()).append("  by ");
                out.append(link.label()).append('\n');
            }
            for (Table other : schema.tables()) {
                for (ForeignKey link : other.foreignKeys()) {
                    if (link.targetTable().equals(table.name())) {
                        out.append(margin).append("← ").append(other.name()).append(".");
                        out.append(link.label()).append('\n');
                    }
                }
            }
        }
        return out.toString();
    }

    private static Optional<String> span(TableFacts facts) {
        return facts.first()
                .flatMap(first ->
                        facts.last().map(last -> " (" + Figures.day(first) + " to " + Figures.day(last) + ")"));
    }

    /// Mermaid takes any table name in quotes, but attribute names of letters, digits, `_` and `-` only; what a name
    /// has besides becomes `_`.
    static String mermaid(Schema schema) {
        StringBuilder out = new StringBuilder("erDiagram\n");
        for (Table table : schema.tables()) {
            out.append("    ").append(entity(table.name())).append(" {\n");
            for (Column column : table.columns()) {
                boolean primary = table.primaryKey().contains(column.name());
                boolean foreign = table.foreignKeys().stream()
                        .anyMatch(link -> link.columns().contains(column.name()));
                if (!primary && !foreign && !table.timeColumn().equals(Optional.of(column.name()))) {
                    continue;
                }
                out.append("        ").append(column.kind().label()).append(' ').append(attribute(column.name()));
                out.append(primary && foreign ? " PK, FK" : primary ? " PK" : foreign ? " FK" : " \"time\"");
                out.append('\n');
            }
            out.append("    }\n");
        }
        for (Table table : schema.tables()) {
            for (ForeignKey link : table.foreignKeys()) {
                out.append("    ").append(entity(link.targetTable())).append(" ||--o{ ");
                out.append(entity(table.name()))
                        .append(" : ")
                        .append(entity(link.label()))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static String entity(String name) {
        return '"' + name.replace("\"", "''").replaceAll("[\\r\\n]+", " ") + '"';
    }

    private static String attribute(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_-]", "_");
        return Character.isLetter(plain.codePointAt(0)) ? plain : "c_" + plain;
    }
}
