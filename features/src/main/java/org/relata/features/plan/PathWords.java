package org.relata.features.plan;

import java.util.List;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// Names and sentences for join paths and their features, in the words of the schema.
final class PathWords {
    private final Schema schema;

    PathWords(Schema schema) {
        this.schema = schema;
    }

    /// The path as a label: `latest results > constructors > standings`; the entity table's name for the empty path.
    String label(JoinPath path) {
        if (path.steps().isEmpty()) {
            return path.entityTable();
        }
        StringBuilder label = new StringBuilder();
        String from = path.entityTable();
        for (Step step : path.steps()) {
            if (!label.isEmpty()) {
                label.append(" > ");
            }
            if (step instanceof Step.Latest) {
                label.append("latest ");
            }
            label.append(direction(from, step)).append(step.table()).append(via(from, step));
            from = step.table();
        }
        return label.toString();
    }

    /// The path as a noun phrase: `the constructor of the latest result of the driver`.
    String phrase(JoinPath path) {
        String phrase = "the " + singular(path.entityTable());
        String from = path.entityTable();
        for (Step step : path.steps()) {
            String way = direction(from, step);
            String key = via(from, step);
            phrase = switch (step) {
                case Step.Parent p -> "the " + way + singular(p.table()) + key + " of " + phrase;
                case Step.Latest l -> "the latest " + way + singular(l.table()) + key + " of " + phrase;
                case Step.Children c -> "the " + way + spaced(c.table()) + key + " of " + phrase;
            };
            from = step.table();
        }
        return phrase;
    }

    /// Says whether a hop goes up or down, where links go both ways: between employees and the employees they report
    /// to.
    private String direction(String from, Step step) {
        boolean up = step instanceof Step.Parent;
        return links(up ? step.table() : from, up ? from : step.table()) ? up ? "parent " : "child " : "";
    }

    private boolean links(String from, String to) {
        return schema.require(from).foreignKeys().stream()
                .anyMatch(link -> link.targetTable().equals(to));
    }

    /// Says which foreign key a hop follows, where the tables alone do not.
    private String via(String from, Step step) {
        boolean up = step instanceof Step.Parent;
        Table declaring = schema.require(up ? from : step.table());
        String target = up ? step.table() : from;
        List<ForeignKey> candidates = declaring.foreignKeys().stream()
                .filter(link -> link.targetTable().equals(target))
                .toList();
        return candidates.size() > 1
                ? " via " + declaring.foreignKeys().get(step.foreignKey()).label()
                : "";
    }

    static String spaced(String name) {
        return name.replace('_', ' ');
    }

    static String singular(String name) {
        String spaced = spaced(name);
        if (spaced.endsWith("ies") && spaced.length() > 4) {
            return spaced.substring(0, spaced.length() - 3) + "y";
        }
        boolean plural =
                spaced.endsWith("s") && !spaced.endsWith("ss") && !spaced.endsWith("us") && spaced.length() > 2;
        return plural ? spaced.substring(0, spaced.length() - 1) : spaced;
    }
}
