package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.RelataException;
import org.relata.database.config.Nearest;

/// The keys of all tables, checked against each other: one column a primary key, one column a link.
///
/// Rows are numbered, so a link is to the one column that numbers its parent's rows, and a key of several columns
/// numbers nothing.
final class Keys {
    private final Source source;
    private final Catalogue catalogue;
    private final List<String> notes;
    private final Map<TableDraft, Token> primary = new HashMap<>();
    private final Map<TableDraft, List<Link>> links = new LinkedHashMap<>();

    /// A link of one column.
    ///
    /// @param column the column that holds it, as the table spells it
    /// @param parent the table it refers to
    record Link(ColumnDraft column, TableDraft parent) {}

    Keys(Source source, Catalogue catalogue, List<String> notes) {
        this.source = source;
        this.catalogue = catalogue;
        this.notes = notes;
        catalogue.tables().forEach(this::findPrimary);
        for (TableDraft table : catalogue.tables()) {
            links.put(table, linksOf(table));
        }
        shareNoColumn();
    }

    /// The column that numbers the rows of a table, if one does.
    Optional<Token> primary(TableDraft table) {
        return Optional.ofNullable(primary.get(table));
    }

    /// The links of a table, in the order of their columns: where the file declares them does not matter.
    List<Link> links(TableDraft table) {
        return links.getOrDefault(table, List.of());
    }

    private void findPrimary(TableDraft table) {
        List<Token> key = table.primaryKey;
        key.forEach(name -> column(table, name));
        if (key.size() == 1) {
            primary.put(table, column(table, key.getFirst()).name());
        } else if (key.size() > 1) {
            notes.add(table.name.shown() + ": its primary key has " + key.size()
                    + " columns, so no column numbers its rows, and the same values may come together twice");
        }
    }

    private List<Link> linksOf(TableDraft table) {
        List<Link> result = new ArrayList<>();
        Map<String, TableDraft> taken = new HashMap<>();
        for (LinkDraft draft : table.links) {
            Token name = draft.columns().getFirst();
            ColumnDraft column = column(table, name);
            TableDraft parent = catalogue.require(draft.target(), table.name.schema());
            if (draft.columns().size() > 1 || draft.targetColumns().size() > 1) {
                throw source.error(
                        "ddl.unsupported",
                        name.offset(),
                        "the foreign key of " + table.name.shown() + " to " + parent.name.shown()
                                + " has several columns",
                        "give " + parent.name.shown() + " a key of one column and refer to that");
            }
            checkTarget(table, column, draft, parent);
            TableDraft other = taken.putIfAbsent(name.key(), parent);
            if (other == null) {
                result.add(new Link(column, parent));
            } else if (other != parent) {
                notes.add(shown(table, column.name()) + " refers to " + other.name.shown() + " and to "
                        + parent.name.shown() + "; only the first is followed");
            }
        }
        List<ColumnDraft> order = List.copyOf(table.columns.values());
        result.sort(Comparator.comparingInt(link -> order.indexOf(link.column())));
        return result;
    }

    private void checkTarget(TableDraft table, ColumnDraft column, LinkDraft draft, TableDraft parent) {
        Token key = primary.get(parent);
        Optional<Token> wanted = draft.targetColumns().stream().findFirst();
        wanted.ifPresent(there -> column(parent, there));
        if (key == null && parent.primaryKey.isEmpty() && wanted.isPresent()) {
            key = column(parent, wanted.get()).name();
            primary.put(parent, key);
            notes.add(parent.name.shown() + ": it has no primary key, so " + key.text() + ", which "
                    + shown(table, column.name()) + " refers to, numbers its rows");
        }
        if (key == null || wanted.isPresent() && !wanted.get().key().equals(key.key())) {
            String problem = key != null
                    ? "whose primary key is " + key.text()
                    : parent.primaryKey.isEmpty()
                            ? "which has no primary key"
                            : "whose primary key has several columns";
            throw source.error(
                    "ddl.key",
                    wanted.orElse(draft.target().at()).offset(),
                    shown(table, column.name()) + " refers to " + parent.name.shown()
                            + wanted.map(there -> "." + there.text()).orElse("") + ", " + problem,
                    key != null
                            ? "refer to " + key.text()
                            : "give " + parent.name.shown() + " a primary key of one column");
        }
    }

    /// A column that is both the key of its table and a link can be drawn as one of them only.
    private void shareNoColumn() {
        Set<TableDraft> referenced = new HashSet<>();
        links.values().forEach(of -> of.forEach(link -> referenced.add(link.parent())));
        links.forEach((table, of) -> {
            Token key = primary.get(table);
            if (key == null || of.stream().noneMatch(link -> isKey(link, key))) {
                return;
            }
            String shown = shown(table, key) + " is both the primary key and a foreign key; ";
            if (referenced.contains(table)) {
                of.removeIf(link -> isKey(link, key));
                notes.add(shown + "it is drawn as the primary key, because other tables refer to it");
            } else {
                primary.remove(table);
                notes.add(shown + "it is drawn as the foreign key, and a parent may have several rows");
            }
        });
    }

    private static boolean isKey(Link link, Token key) {
        return link.column().name().key().equals(key.key());
    }

    private ColumnDraft column(TableDraft table, Token name) {
        ColumnDraft column = table.columns.get(name.key());
        if (column == null) {
            throw noColumn(table, name);
        }
        return column;
    }

    private RelataException noColumn(TableDraft table, Token name) {
        return source.error(
                "ddl.column",
                name.offset(),
                "table " + table.name.shown() + " has no column " + name.text(),
                Nearest.remedy(
                        name.text(),
                        table.columns.values().stream()
                                .map(c -> c.name().text())
                                .toList()));
    }

    private static String shown(TableDraft table, Token column) {
        return table.name.shown() + "." + column.text();
    }
}
