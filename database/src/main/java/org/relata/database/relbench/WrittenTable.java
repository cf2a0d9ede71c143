package org.relata.database.relbench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Sql;
import org.relata.database.Table;

/// How a table is laid out in a RelBench file, where every key is one column of row numbers.
///
/// @param table the table
/// @param key the column that holds the row numbers, when the table has a primary key
/// @param links for each foreign key, the column that holds the row numbers of the parents
/// @param select the columns of the file, as expressions over the stored table, by name
/// @param hidden the columns that are not columns of the table
record WrittenTable(
        Table table, Optional<String> key, List<String> links, Map<String, String> select, List<String> hidden) {
    /// Lays a table out.
    ///
    /// A primary key or foreign key of one column is overwritten with row numbers. A composite key, and a foreign key
    /// whose column is taken already, gets a column of its own.
    static WrittenTable of(Table table) {
        Map<String, String> select = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (Column column : table.columns()) {
            select.put(column.name(), Sql.id(column.name()));
            taken.add(column.name().toLowerCase(Locale.ROOT));
        }
        List<String> hidden = new ArrayList<>();
        Map<String, Boolean> overwritten = new HashMap<>();
        Optional<String> key = Optional.empty();
        if (table.primaryKey().size() == 1) {
            String column = table.primaryKey().getFirst();
            select.put(column, Sql.id(Database.ROW));
            overwritten.put(column, true);
            key = Optional.of(column);
        } else if (table.primaryKey().size() > 1) {
            key = Optional.of(Database.ROW);
            select.put(Database.ROW, Sql.id(Database.ROW));
            hidden.add(Database.ROW);
        }
        List<String> links = new ArrayList<>();
        for (int i = 0; i < table.foreignKeys().size(); i++) {
            ForeignKey link = table.foreignKeys().get(i);
            String column = link.columns().getFirst();
            boolean free = link.columns().size() == 1 && overwritten.putIfAbsent(column, true) == null;
            // A column of a composite key keeps its values, or rows could not be told apart by it any more.
            if (!free || table.primaryKey().size() > 1 && table.primaryKey().contains(column)) {
                column = unused(String.join("_", link.columns()) + "__" + link.targetTable(), taken);
                hidden.add(column);
            }
            select.put(column, Sql.id(Database.foreignKeyColumn(i)));
            links.add(column);
        }
        return new WrittenTable(table, key, links, select, hidden);
    }

    private static String unused(String wanted, Set<String> taken) {
        String name = wanted;
        for (int k = 2; !taken.add(name.toLowerCase(Locale.ROOT)); k++) {
            name = wanted + "_" + k;
        }
        return name;
    }
}
