package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Shape;

/// What names mean in one SELECT. Every key attribute of every table in FROM is a variable; variables that the query
/// says are equal are one.
final class Scope {
    /// A table in FROM.
    record Table(String alias, Source source, Place place) {}

    /// What a name means.
    sealed interface Meaning {
        /// A key attribute: its name as declared, and the variable of it.
        record Key(String name, String variable, Domain domain) implements Meaning {}

        /// A value column.
        record Column(int table, String name, Shape shape) implements Meaning {}
    }

    private final List<Table> tables = new ArrayList<>();
    private final Map<String, String> equal = new HashMap<>();
    private final Set<String> merged = new LinkedHashSet<>();
    private final Collection<String> outside;

    /// @param outside the tables of the query around this one, which it cannot see
    Scope(Collection<String> outside) {
        this.outside = outside;
    }

    List<Table> tables() {
        return tables;
    }

    /// One more table.
    void add(Identifier alias, Source source, Place place) {
        for (Table other : tables) {
            if (other.alias.equalsIgnoreCase(alias.text())) {
                throw place.error(
                        "sql.duplicate", "two tables in FROM are called " + alias, "give one another name: t AS u");
            }
        }
        tables.add(new Table(alias.text(), source, place));
    }

    /// The variable of a key attribute.
    String variable(int table, String attribute) {
        String variable = table + "." + attribute;
        while (equal.containsKey(variable)) {
            variable = equal.getOrDefault(variable, variable);
        }
        return variable;
    }

    /// The variables of a table's key, in order.
    List<String> variables(int table) {
        return tables.get(table).source.key().stream()
                .map(attribute -> variable(table, attribute.name()))
                .toList();
    }

    /// The domain of a variable.
    Domain domain(String variable) {
        int dot = variable.indexOf('.');
        Source source = tables.get(Integer.parseInt(variable.substring(0, dot))).source;
        return source.attribute(variable.substring(dot + 1)).orElseThrow().domain();
    }

    /// Makes two variables one: the earlier of the two.
    void equate(String one, String other) {
        if (!one.equals(other)) {
            boolean inOrder = table(one) <= table(other);
            equal.put(inOrder ? other : one, inOrder ? one : other);
        }
    }

    /// References to variables, as they are now that more of them are one.
    UnaryOperator<KeyTerm> current() {
        return reference -> {
            String name = ((KeyTerm.Reference) reference).name();
            return KeyTerm.left(variable(table(name), name.substring(name.indexOf('.') + 1)));
        };
    }

    /// Columns that the table added last shares with an earlier one by USING.
    void using(List<Identifier> columns) {
        int last = tables.size() - 1;
        for (Identifier column : columns) {
            Meaning.Key right = key(column, last)
                    .orElseThrow(() -> column.place()
                            .error(
                                    "sql.unknown",
                                    tables.get(last).alias + " has no key column " + column,
                                    column.hint(tables.get(last).source.columns())));
            List<Meaning.Key> lefts = new ArrayList<>();
            for (int table = 0; table < last; table++) {
                key(column, table).ifPresent(lefts::add);
            }
            if (lefts.stream().map(Meaning.Key::variable).distinct().count() != 1) {
                throw column.place()
                        .error(
                                lefts.isEmpty() ? "sql.unknown" : "sql.ambiguous",
                                (lefts.isEmpty() ? "no table" : "more than one table") + " before has a key column "
                                        + column,
                                "say which are equal: ON a.x = b.x");
            }
            if (lefts.getFirst().domain != right.domain) {
                throw column.place().error("sql.type", "USING compares an integer with a text", "");
            }
            equate(lefts.getFirst().variable, right.variable);
            merged.add(variable(last, column.find(keys(last)).orElseThrow()));
        }
    }

    /// What a column name means.
    Meaning resolve(Syntax.Name name) {
        return find(name).orElseThrow(() -> {
            List<String> columns = tables.stream()
                    .flatMap(table -> table.source.columns().stream())
                    .toList();
            return name.place()
                    .error(
                            "sql.unknown",
                            "there is no column " + name.shown(),
                            name.parts().getLast().hint(columns));
        });
    }

    /// What a column name means; empty if it stands without a table and no table has it.
    Optional<Meaning> find(Syntax.Name name) {
        List<Identifier> parts = name.parts();
        if (parts.size() > 2) {
            throw name.place()
                    .error("sql.unknown", name.shown() + " has too many parts", "name a column as table.column");
        }
        Identifier column = parts.getLast();
        if (parts.size() == 2) {
            int table = table(parts.getFirst());
            return Optional.of(in(table, column)
                    .orElseThrow(() -> column.place()
                            .error(
                                    "sql.unknown",
                                    tables.get(table).alias + " has no column " + column,
                                    column.hint(tables.get(table).source.columns()))));
        }
        List<Meaning> found = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        for (int table = 0; table < tables.size(); table++) {
            Optional<Meaning> meaning = in(table, column);
            if (meaning.isPresent() && !isMerged(meaning.get(), found)) {
                found.add(meaning.get());
                owners.add(tables.get(table).alias + "." + column);
            }
        }
        if (found.size() > 1) {
            throw name.place()
                    .error(
                            "sql.ambiguous",
                            "more than one table has a column " + column,
                            "write " + String.join(" or ", owners));
        }
        return found.stream().findFirst();
    }

    /// Whether USING has made a key one with another that was found.
    private boolean isMerged(Meaning meaning, List<Meaning> found) {
        return meaning instanceof Meaning.Key key
                && merged.contains(key.variable)
                && found.stream()
                        .anyMatch(each -> each instanceof Meaning.Key other && other.variable.equals(key.variable));
    }

    private int table(Identifier alias) {
        for (int table = 0; table < tables.size(); table++) {
            if (alias.matches(tables.get(table).alias)) {
                return table;
            }
        }
        if (alias.find(outside).isPresent()) {
            throw alias.place()
                    .error(
                            "sql.refused",
                            "a sub-query cannot see " + alias + ", which is outside of it",
                            "join them in FROM, on keys that the sub-query selects");
        }
        throw alias.place()
                .error(
                        "sql.unknown",
                        "no table in FROM is called " + alias,
                        alias.hint(tables.stream().map(Table::alias).toList()));
    }

    private Optional<Meaning> in(int table, Identifier column) {
        Source source = tables.get(table).source;
        Optional<Meaning> key = key(column, table).map(Meaning.class::cast);
        return key.or(() -> column.find(source.values().keySet())
                .map(found -> new Meaning.Column(table, found, source.values().getOrDefault(found, Shape.SCALAR))));
    }

    private Optional<Meaning.Key> key(Identifier column, int table) {
        return column.find(keys(table)).map(found -> {
            String variable = variable(table, found);
            return new Meaning.Key(found, variable, domain(variable));
        });
    }

    private List<String> keys(int table) {
        return tables.get(table).source.key().stream().map(Attribute::name).toList();
    }

    private static int table(String variable) {
        return Integer.parseInt(variable.substring(0, variable.indexOf('.')));
    }
}
