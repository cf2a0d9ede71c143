package org.relata.cli.report;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// How large a table is and which time its rows span.
///
/// @param rows how many rows it has
/// @param first the earliest time of a row; empty for a static table and for one without a dated row
/// @param last the latest time of a row
public record TableFacts(long rows, Optional<LocalDateTime> first, Optional<LocalDateTime> last) {
    /// The facts of every table, in the order of the schema: one query a table.
    public static Map<String, TableFacts> of(Database database) {
        Map<String, TableFacts> facts = new LinkedHashMap<>();
        for (Table table : database.schema().tables()) {
            String time = table.timeColumn()
                    .map(column -> "min(" + Sql.id(column) + "), max(" + Sql.id(column) + ")")
                    .orElse("CAST(NULL AS TIMESTAMP), CAST(NULL AS TIMESTAMP)");
            facts.put(
                    table.name(),
                    database.store()
                            .query(
                                    "SELECT count(*), " + time + " FROM " + Sql.id(table.name()),
                                    row -> new TableFacts(
                                            row.getLong(1),
                                            Optional.ofNullable(row.getObject(2, LocalDateTime.class)),
                                            Optional.ofNullable(row.getObject(3, LocalDateTime.class))))
                            .getFirst());
        }
        return facts;
    }
}
