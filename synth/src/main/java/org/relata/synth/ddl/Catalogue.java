package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;

/// The tables and types that a file has made so far.
final class Catalogue {
    private final Source source;
    private final SequencedMap<String, TableDraft> tables = new LinkedHashMap<>();
    private final Map<String, List<TableDraft>> byBareName = new HashMap<>();
    private final Map<String, UserType> types = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();

    Catalogue(Source source) {
        this.source = source;
    }

    Collection<TableDraft> tables() {
        return tables.sequencedValues();
    }

    /// Adds a table.
    void add(TableDraft table) {
        if (tables.containsKey(table.name.key())) {
            throw source.error(
                    "ddl.table",
                    table.name.at().offset(),
                    "there are two tables called " + table.name.shown(),
                    "rename one; names that differ only in case count as the same");
        }
        tables.put(table.name.key(), table);
        byBareName
                .computeIfAbsent(table.name.bareKey(), name -> new ArrayList<>())
                .add(table);
    }

    boolean has(QualifiedName name) {
        return tables.containsKey(name.key());
    }

    /// Takes a table out, and remembers that later statements about it mean nothing.
    void leaveOut(QualifiedName name) {
        remove(name);
        leftOut.add(name.key());
    }

    /// Takes a table out, as if it had never been made.
    void remove(QualifiedName name) {
        TableDraft table = tables.remove(name.key());
        if (table != null) {
            byBareName.getOrDefault(name.bareKey(), new ArrayList<>()).remove(table);
        }
    }

    boolean isLeftOut(QualifiedName name) {
        return leftOut.contains(name.key());
    }

    /// The table that a name means: the one of that schema, or the only one of that name.
    ///
    /// @param near the schema to look in first when the name says none
    Optional<TableDraft> find(QualifiedName name, String near) {
        QualifiedName nearer = name.schema().isEmpty() ? new QualifiedName(near, name.name(), name.at()) : name;
        List<TableDraft> alike = byBareName.getOrDefault(name.bareKey(), List.of());
        return Optional.ofNullable(tables.get(nearer.key()))
                .or(() -> Optional.ofNullable(tables.get(name.key())))
                .or(() -> alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty());
    }

    /// The table of that name, which must have been made.
    TableDraft require(QualifiedName name, String near) {
        return find(name, near).orElseThrow(() -> unknown(name));
    }

    /// Whether several tables of different schemas have this bare name.
    boolean isAmbiguous(QualifiedName name) {
        return byBareName.getOrDefault(name.bareKey(), List.of()).size() > 1;
    }

    private RelataException unknown(QualifiedName name) {
        List<String> known = tables.values().stream().map(t -> t.name.name()).toList();
        return source.error(
                "ddl.table",
                name.at().offset(),
                "there is no table " + name.shown(),
                Nearest.to(name.name(), known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("create it in this file, before or after"));
    }

    void addType(QualifiedName name, UserType type) {
        types.put(name.bareKey(), type);
    }

    /// The type that the file makes under this name, if it does.
    Optional<UserType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }
}
