package org.relata.database.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.ColumnKind;
import org.relata.database.config.Choice;

/// What a source itself declares about a table, such as the constraints of a SQL database.
///
/// @param primaryKey the primary key
/// @param timeColumn the time column
/// @param links the foreign keys it declares
/// @param inferLinks whether columns without a declared foreign key may be one all the same
/// @param kinds the kinds of columns, where the source knows them
record Declared(
        Choice<List<String>> primaryKey,
        Choice<String> timeColumn,
        List<Link> links,
        boolean inferLinks,
        Map<String, ColumnKind> kinds) {
    /// A foreign key and the columns that its values are matched by.
    ///
    /// @param columns the referencing columns as the schema names them
    /// @param table the parent
    /// @param matchChild the columns of the child that hold the values
    /// @param matchParent the columns of the parent they are looked up in; empty for its primary key
    record Link(List<String> columns, String table, List<String> matchChild, List<String> matchParent) {
        static Link of(List<String> columns, String table) {
            return new Link(columns, table, columns, List.of());
        }
    }

    /// Nothing declared.
    static Declared nothing() {
        return new Declared(Choice.inferred(), Choice.inferred(), List.of(), true, Map.of());
    }

    /// The link that starts at these columns, if one is declared.
    Optional<Link> link(List<String> columns) {
        return links.stream().filter(l -> l.columns().equals(columns)).findFirst();
    }
}
