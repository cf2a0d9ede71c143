package org.relata.algebra.key;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;

/// A new key, attribute by attribute.
///
/// @param columns in key order; their names differ
public record KeyProjection(List<Column> columns) {
    /// One attribute of the new key.
    public record Column(String name, KeyTerm term) {
        @Override
        public String toString() {
            return term.equals(KeyTerm.left(name)) ? name : name + ": " + term;
        }
    }

    /// Checks the names.
    public KeyProjection {
        columns = List.copyOf(columns);
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name)) {
                throw new AlgebraException(
                        "key.twice", "key projection", "\"" + column.name + "\" stands twice", "rename one");
            }
        }
    }

    /// Nothing: the key ⟨⟩.
    public static KeyProjection nothing() {
        return new KeyProjection(List.of());
    }

    /// Attributes of the left, or only, input under their own names.
    public static KeyProjection keep(String... names) {
        return new KeyProjection(Stream.of(names)
                .map(name -> new Column(name, KeyTerm.left(name)))
                .toList());
    }

    /// All attributes under their own names.
    public static KeyProjection all(List<Attribute> attributes) {
        return keep(attributes.stream().map(Attribute::name).toArray(String[]::new));
    }

    /// This projection and one more attribute.
    public KeyProjection and(String name, KeyTerm term) {
        List<Column> more = new ArrayList<>(columns);
        more.add(new Column(name, term));
        return new KeyProjection(more);
    }

    /// The attributes of the new key.
    public List<Attribute> attributes(KeyScope scope) {
        return columns.stream()
                .map(column -> new Attribute(column.name, column.term.domain(scope)))
                .toList();
    }

    /// The new key of a pair of keys.
    public Key apply(KeyScope scope, Key leftKey, Key rightKey) {
        Object[] values = new Object[columns.size()];
        for (int index = 0; index < values.length; index++) {
            values[index] = columns.get(index).term.value(scope, leftKey, rightKey);
        }
        return new Key(List.of(values));
    }

    /// The term behind an attribute of the new key.
    public KeyTerm term(String name) {
        return columns.stream()
                .filter(column -> column.name.equals(name))
                .findFirst()
                .orElseThrow()
                .term;
    }

    /// This projection with every reference replaced.
    public KeyProjection replace(UnaryOperator<KeyTerm> references) {
        return new KeyProjection(columns.stream()
                .map(column -> new Column(column.name, column.term.replace(references)))
                .toList());
    }

    /// What `after` says about this projection's result, said about its input.
    public KeyProjection then(KeyProjection after) {
        return after.replace(this::resolve);
    }

    /// A reference to this projection's result, as a term over its input.
    public KeyTerm resolve(KeyTerm reference) {
        return term(((KeyTerm.Reference) reference).name());
    }

    @Override
    public String toString() {
        return columns.stream().map(Column::toString).collect(Collectors.joining(", ", "⟨", "⟩"));
    }
}
