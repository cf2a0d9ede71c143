package org.relata.synth.like;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.relata.database.Column;
import org.relata.database.ForeignKey;
import org.relata.database.Schema;
import org.relata.database.Table;

/// Which column holds the key and the links of each table once every key is one column.
///
/// A key of several columns that other tables refer to becomes one column named after them; one that nothing refers to
/// numbers nothing and is left out.
final class KeyNames {
    private final Map<String, Names> names = new HashMap<>();

    /// The keys of one table.
    ///
    /// @param primaryKey the column that numbers its rows
    /// @param links the column of each link that is drawn, by the position of the link in the table
    /// @param used the columns of the table that keys take the place of
    record Names(Optional<String> primaryKey, SequencedMap<Integer, String> links, Set<String> used) {}

    KeyNames(Schema schema, List<String> notes) {
        Set<String> referenced = new HashSet<>();
        for (Table table : schema.tables()) {
            table.foreignKeys().forEach(link -> referenced.add(link.targetTable()));
        }
        for (Table table : schema.tables()) {
            names.put(table.name(), names(table, referenced.contains(table.name()), notes));
        }
    }

    Names of(Table table) {
        Names of = names.get(table.name());
        if (of == null) {
            throw new IllegalArgumentException("table " + table.name() + " is of another database");
        }
        return of;
    }

    private static Names names(Table table, boolean referenced, List<String> notes) {
        Set<String> taken = new HashSet<>();
        table.columns().stream().map(Column::name).forEach(c -> taken.add(c.toLowerCase(Locale.ROOT)));
        List<String> key = table.primaryKey();
        SequencedMap<Integer, String> links = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        Optional<String> primary = Optional.empty();
        if (key.size() == 1) {
            primary = Optional.of(key.getFirst());
        } else if (key.size() > 1 && referenced) {
            primary = Optional.of(joined(key, taken));
        } else if (key.size() > 1) {
            notes.add(table.name() + ": its primary key has " + key.size()
                    + " columns, so no column numbers its rows, and the same values may come together twice");
        }
        Set<String> linked = new HashSet<>();
        for (int i = 0; i < table.foreignKeys().size(); i++) {
            ForeignKey link = table.foreignKeys().get(i);
            String column = link.columns().size() == 1 ? link.columns().getFirst() : joined(link.columns(), taken);
            if (primary.equals(Optional.of(column)) && referenced) {
                notes.add(shared(table, column) + "it is drawn as the primary key, because other tables refer to it");
            } else if (!linked.add(column)) {
                notes.add(table.name() + "." + column + " refers to several tables; only the first is followed");
            } else {
                links.put(i, column);
                used.addAll(link.columns());
            }
        }
        if (primary.isPresent() && linked.contains(primary.get())) {
            notes.add(shared(table, primary.get())
                    + "it is drawn as the foreign key, and a parent may have several rows");
            primary = Optional.empty();
        }
        primary.ifPresent(used::add);
        return new Names(primary, links, used);
    }

    private static String shared(Table table, String column) {
        return table.name() + "." + column + " is both the primary key and a foreign key; ";
    }

    /// A name made of several, which no column of the table has.
    private static String joined(List<String> columns, Set<String> taken) {
        List<String> parts = new ArrayList<>(columns);
        while (!taken.add(String.join("_", parts).toLowerCase(Locale.ROOT))) {
            parts.add("key");
        }
        return String.join("_", parts);
    }
}
