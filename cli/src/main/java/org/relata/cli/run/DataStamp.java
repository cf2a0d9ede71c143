package org.relata.cli.run;

import java.util.Collections;
import org.relata.database.Database;
import org.relata.database.Sql;
import org.relata.database.Table;

/// A text that changes when the schema or any value of a database does.
final class DataStamp {
    private DataStamp() {}

    static String of(Database database) {
        StringBuilder text = new StringBuilder();
        for (Table table : database.schema().tables()) {
            text.append(table);
            text.append(database.store()
                    .query(
                            "SELECT count(*) || ' ' || coalesce(sum(hash(t)), 0) FROM " + Sql.id(table.name()) + " t",
                            row -> String.valueOf(row.getString(1)))
                    .getFirst());
        }
        return Digests.sha256(Collections.singletonList(text.toString()));
    }
}
