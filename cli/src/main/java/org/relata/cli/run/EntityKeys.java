package org.relata.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// The entity's own key in tables that are written for people: primary key columns under their own names, `row` for a
/// table without one.
final class EntityKeys {
    private EntityKeys() {}

    /// The key columns as items of a SELECT.
    ///
    /// @param entity the entity table
    /// @param alias what it is called in the query
    /// @param taken names of other columns; a key column of such a name gets `key_` before it
    static List<String> select(Table entity, String alias, Set<String> taken) {
        List<String> items = new ArrayList<>();
        for (String key : entity.primaryKey()) {
            items.add(alias + "." + Sql.id(key) + (taken.contains(key) ? " AS " + Sql.id("key_" + key) : ""));
        }
        if (items.isEmpty()) {
            items.add(alias + "." + Sql.id(Database.ROW) + " AS " + Sql.id("row"));
        }
        return items;
    }

    /// The join of a staged table to its entities, as the FROM clause.
    ///
    /// @param staged the staged table, whose column `entity` holds row numbers; called `p`
    /// @param entity the entity table; called `e`
    static String join(String staged, Table entity) {
        return staged + " p JOIN " + Sql.id(entity.name()) + " e ON e." + Sql.id(Database.ROW) + " = p.entity";
    }
}
