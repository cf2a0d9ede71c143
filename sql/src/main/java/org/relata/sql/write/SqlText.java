package org.relata.sql.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.relata.sql.write.Block.Body;
import org.relata.sql.write.Block.Definition;
import org.relata.sql.write.Block.Source;
import org.relata.sql.write.Block.Table;
import org.relata.sql.write.Sql.Head;

/// Blocks as text that people read.
final class SqlText {
    private static final int WIDTH = 110;

    private final Dialect dialect;
    private final Hoisting hoisting;

    SqlText(Dialect dialect, Sql.Maker maker) {
        this.dialect = dialect;
        this.hoisting = new Hoisting(dialect, maker);
    }

    /// A SELECT with definitions before it.
    String query(List<Definition> definitions, Block block, List<String> columns) {
        return with(definitions) + select(block, columns, "");
    }

    /// What a definition holds, with definitions before it.
    String query(List<Definition> definitions, Definition definition) {
        return with(definitions) + body(definition, "");
    }

    private String with(List<Definition> definitions) {
        return definitions.isEmpty()
                ? ""
                : definitions.stream()
                        .map(each -> dialect.name(each.name()) + " AS (\n" + body(each, "    ") + "\n)")
                        .collect(Collectors.joining(", ", "WITH ", "\n"));
    }

    private String body(Definition definition, String indent) {
        return switch (definition.body()) {
            case Body.Single(Block block) -> select(block, definition.columns(), indent);
            case Body.Union(List<Block> blocks) ->
                blocks.stream()
                        .map(block -> select(block, definition.columns(), indent))
                        .collect(Collectors.joining("\n" + indent + "UNION ALL\n"));
            case Body.Rows(List<List<Sql>> rows, List<String> types) -> rows(definition, rows, types, indent);
        };
    }

    /// Literal rows. All types stand in the first one.
    private String rows(Definition definition, List<List<Sql>> rows, List<String> types, String indent) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < Math.max(1, rows.size()); row++) {
            List<String> items = new ArrayList<>();
            for (int column = 0; column < types.size(); column++) {
                String text = rows.isEmpty() ? "NULL" : text(rows.get(row).get(column), Map.of());
                String typed = row == 0 && !text.startsWith("CAST(")
                        ? "CAST(" + text + " AS " + types.get(column) + ")"
                        : text;
                items.add(row == 0 ? typed + " AS " + definition.columns().get(column) : typed);
            }
            lines.add(indent + "SELECT " + String.join(", ", items) + (rows.isEmpty() ? " WHERE 1 = 0" : ""));
        }
        return String.join(" UNION ALL\n", lines);
    }

    private String select(Block raw, List<String> columns, String indent) {
        Block block = hoisting.apply(raw);
        List<Source> sources = ordered(block);
        Map<Integer, String> names = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Source source : sources) {
            names.put(source.number(), alias(source, taken));
        }
        List<String> items = new ArrayList<>();
        List<Sql> shown = block.shown();
        for (int index = 0; index < shown.size(); index++) {
            items.add(item(shown.get(index), columns.get(index), names));
        }
        if (items.isEmpty()) {
            items.add("1");
        }
        StringBuilder text = new StringBuilder();
        text.append(list(indent, "SELECT ", items));
        List<Sql> open = new ArrayList<>(block.where());
        Set<Integer> placed = new HashSet<>();
        for (Source source : sources) {
            placed.add(source.number());
            List<Sql> ready = open.stream()
                    .filter(each -> placed.containsAll(each.sources()) && !placed.isEmpty())
                    .filter(each -> placed.size() > 1 && each.sources().size() > 1)
                    .toList();
            open.removeAll(ready);
            text.append('\n').append(indent);
            String from = from(source, names, indent);
            if (placed.size() == 1) {
                text.append("FROM ").append(from);
            } else if (ready.isEmpty()) {
                text.append("CROSS JOIN ").append(from);
            } else {
                text.append("JOIN ").append(from).append(" ON ").append(conjunction(ready, names));
            }
        }
        if (!open.isEmpty()) {
            text.append('\n').append(indent).append("WHERE ").append(conjunction(open, names));
        }
        block.grouping().ifPresent(grouping -> {
            if (!grouping.by().isEmpty()) {
                List<String> by =
                        grouping.by().stream().map(each -> text(each, names)).toList();
                text.append('\n').append(list(indent, "GROUP BY ", by));
            }
            if (grouping.pairs()) {
                text.append('\n').append(indent).append("HAVING COUNT(*) > 1");
            } else if (grouping.by().isEmpty()) {
                text.append('\n').append(indent).append("HAVING COUNT(*) > 0");
            }
        });
        return text.toString();
    }

    private String conjunction(List<Sql> conditions, Map<Integer, String> names) {
        return conditions.stream().map(each -> bracketed(each, names, 20)).collect(Collectors.joining(" AND "));
    }

    private String item(Sql expression, String column, Map<Integer, String> names) {
        boolean same = expression.head() instanceof Head.Column(int _, String name) && name.equals(column);
        return text(expression, names) + (same ? "" : " AS " + column);
    }

    /// On one line if it fits.
    private static String list(String indent, String start, List<String> items) {
        String line = indent + start + String.join(", ", items);
        if (line.length() <= WIDTH) {
            return line;
        }
        String further = indent + "    ";
        StringBuilder text = new StringBuilder(indent).append(start.strip());
        StringBuilder current = new StringBuilder();
        for (int index = 0; index < items.size(); index++) {
            String item = items.get(index) + (index + 1 < items.size() ? "," : "");
            if (!current.isEmpty() && further.length() + current.length() + 1 + item.length() > WIDTH) {
                text.append('\n').append(further).append(current);
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(item);
        }
        return text.append('\n').append(further).append(current).toString();
    }

    /// Sources in an order in which each is joined with those before it, where there is one.
    private static List<Source> ordered(Block block) {
        List<Source> rest = new ArrayList<>(block.sources());
        List<Source> order = new ArrayList<>();
        Set<Integer> placed = new HashSet<>();
        while (!rest.isEmpty()) {
            Source next = rest.stream()
                    .filter(source -> block.where().stream().anyMatch(each -> {
                        Set<Integer> reads = each.sources();
                        return reads.size() > 1 && reads.remove(source.number()) && placed.containsAll(reads);
                    }))
                    .findFirst()
                    .orElse(rest.getFirst());
            rest.remove(next);
            order.add(next);
            placed.add(next.number());
        }
        return order;
    }

    private static String alias(Source source, Set<String> taken) {
        String wish = switch (source.table()) {
            case Table.Base(Stored stored) -> stored.alias();
            case Table.Named(Definition definition) -> definition.name();
            case Table.Inner _ -> "t";
        };
        String name = wish;
        for (int number = 2; !taken.add(name); number++) {
            name = wish + "_" + number;
        }
        return name;
    }

    private String from(Source source, Map<Integer, String> names, String indent) {
        String alias = dialect.name(name(source.number(), names));
        String text = switch (source.table()) {
            case Table.Base(Stored stored) -> stored.from();
            case Table.Named(Definition definition) -> dialect.name(definition.name());
            case Table.Inner(Block block, List<String> columns) -> {
                String fence = dialect.word(Dialect.Word.FENCE);
                String inner = select(block, columns, indent + "    ");
                yield "(\n" + inner + (fence.isEmpty() ? "" : "\n" + indent + "    " + fence) + "\n" + indent + ")";
            }
        };
        return text.equals(alias) ? text : text + " AS " + alias;
    }

    private static String name(int source, Map<Integer, String> names) {
        String name = names.get(source);
        if (name == null) {
            throw new IllegalStateException("source " + source + " is not among " + names);
        }
        return name;
    }

    private String bracketed(Sql expression, Map<Integer, String> names, int binding) {
        String text = text(expression, names);
        return binding(expression) < binding ? "(" + text + ")" : text;
    }

    private String text(Sql expression, Map<Integer, String> names) {
        return switch (expression.head()) {
            case Head.Column(int source, String column) -> dialect.name(name(source, names)) + "." + column;
            case Head.Text(String text) -> text;
            case Head.Form(Template template) -> filled(template, expression, names);
            case Head.Total(Template template) -> filled(template, expression, names);
        };
    }

    private String filled(Template template, Sql expression, Map<Integer, String> names) {
        StringBuilder text = new StringBuilder(template.parts().getFirst());
        for (int index = 0; index < template.places().size(); index++) {
            Template.Place place = template.places().get(index);
            Sql argument = expression.arguments().get(place.argument());
            String written = text(argument, names);
            text.append(binding(argument) < place.binding() ? "(" + written + ")" : written)
                    .append(template.parts().get(index + 1));
        }
        return text.toString();
    }

    private static int binding(Sql expression) {
        return switch (expression.head()) {
            case Head.Column _ -> Template.ATOM;
            case Head.Text(String text) -> text.startsWith("-") ? 80 : Template.ATOM;
            case Head.Form(Template template) -> template.binding();
            case Head.Total(Template template) -> template.binding();
        };
    }
}
