package org.relata.database.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relata.database.config.Choice;

/// Gathers the keys that a SQL database declares for one table, and brings them into our form.
final class DeclaredKeys {
    private record Reference(List<String> columns, String table, List<String> there) {}

    private final List<Reference> references = new ArrayList<>();
    private List<String> primaryKey = List.of();

    void primaryKey(List<String> columns) {
        primaryKey = List.copyOf(columns);
    }

    List<String> primaryKey() {
        return primaryKey;
    }

    /// A foreign key.
    ///
    /// @param columns the referencing columns
    /// @param table the parent
    /// @param there the columns of the parent in the same order; empty for its primary key
    void link(List<String> columns, String table, List<String> there) {
        references.add(new Reference(List.copyOf(columns), table, List.copyOf(there)));
    }

    /// What is declared, given the primary keys of all tables.
    ///
    /// A foreign key may name the columns of its parent's key in another order, or point to other unique columns of it:
    /// the first are put in order, the second are matched by those columns.
    Declared declared(Map<String, List<String>> primaryKeys, Choice<String> timeColumn) {
        List<Declared.Link> links = new ArrayList<>();
        for (Reference reference : references) {
            List<String> key = primaryKeys.getOrDefault(reference.table(), List.of());
            List<String> there = reference.there().isEmpty() ? key : reference.there();
            if (there.size() == key.size()
                    && there.containsAll(key)
                    && there.size() == reference.columns().size()) {
                List<String> ordered = key.stream()
                        .map(k -> reference.columns().get(there.indexOf(k)))
                        .toList();
                links.add(Declared.Link.of(ordered, reference.table()));
            } else {
                links.add(new Declared.Link(reference.columns(), reference.table(), reference.columns(), there));
            }
        }
        return new Declared(
                primaryKey.isEmpty() ? Choice.inferred() : Choice.given(primaryKey), timeColumn, links, true, Map.of());
    }
}
