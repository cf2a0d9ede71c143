package org.relata.database.task;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relata.database.ColumnRef;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;

/// What label SQL sees: every table under its own name without hidden columns or store columns, trimmed to a time, and
/// the
/// seed times as `timestamps` and `timestamp_df`.
///
/// It is an in-memory catalogue beside the store, made current while it is open: an unqualified name, and `main.name`
/// too,
/// finds these views and nothing else, and a process that dies leaves nothing behind in the store's file.
final class LabelSpace implements AutoCloseable {
    static final List<String> SEED_TABLES = List.of("timestamps", "timestamp_df");
    private static final String CATALOG = "__relata_labels";

    private final Duck store;
    private final String storeCatalog;

    private LabelSpace(Duck store, String storeCatalog) {
        this.store = store;
        this.storeCatalog = storeCatalog;
    }

    /// Opens the space; only one can be open on a store at a time.
    ///
    /// @param database the database
    /// @param hidden columns to leave out
    /// @param upTo show only rows dated at most then, and none without a date; static tables are shown whole; empty
    /// shows all
    /// @param seeds the seed times
    static LabelSpace open(
            Database database, List<ColumnRef> hidden, Optional<LocalDateTime> upTo, List<LocalDateTime> seeds) {
        Duck store = database.store();
        for (Table table : database.schema().tables()) {
            if (SEED_TABLES.stream().anyMatch(table.name()::equalsIgnoreCase)) {
                throw RelataException.usage(
                        "task.table",
                        "table " + table.name(),
                        "label SQL uses this name for the seed times",
                        "give the table another name in database.yaml, with sql: SELECT * FROM " + table.name());
            }
        }
        LabelSpace space = new LabelSpace(store, storeCatalog(store));
        store.execute("ATTACH ':memory:' AS " + CATALOG);
        try {
            for (Table table : database.schema().tables()) {
                space.addView(table, hidden, upTo);
            }
            space.addSeeds(seeds);
            store.execute("USE " + CATALOG);
        } catch (RuntimeException e) {
            space.close();
            throw e;
        }
        return space;
    }

    /// The name of the catalogue that holds the store's tables, quoted and ready to put before a table.
    static String storeCatalog(Duck store) {
        return Sql.id(store.query("SELECT current_database()", rows -> rows.getString(1))
                        .getFirst())
                + ".main.";
    }

    /// The prefix of the store's own tables while the space is open.
    String storePrefix() {
        return storeCatalog;
    }

    private void addView(Table table, List<ColumnRef> hidden, Optional<LocalDateTime> upTo) {
        String columns = table.columns().stream()
                .filter(column -> !hidden.contains(new ColumnRef(table.name(), column.name())))
                .map(column -> Sql.id(column.name()))
                .collect(Collectors.joining(", "));
        if (columns.isEmpty()) {
            return;
        }
        String where = upTo.isEmpty() || table.timeColumn().isEmpty()
                ? ""
                : " WHERE " + Sql.id(table.timeColumn().get()) + " <= " + Sql.timestamp(upTo.get());
        store.execute("CREATE VIEW " + CATALOG + ".main." + Sql.id(table.name()) + " AS SELECT " + columns + " FROM "
                + storeCatalog + Sql.id(table.name()) + where);
    }

    private void addSeeds(List<LocalDateTime> seeds) {
        String values = seeds.isEmpty()
                ? "SELECT NULL::TIMESTAMP WHERE false"
                : seeds.stream().map(Sql::timestamp).collect(Collectors.joining("), (", "VALUES (", ")"));
        store.execute("CREATE TABLE " + CATALOG + ".main.timestamps AS SELECT * FROM (" + values + ") AS s(timestamp)");
        store.execute("CREATE VIEW " + CATALOG + ".main.timestamp_df AS SELECT * FROM " + CATALOG + ".main.timestamps");
    }

    @Override
    public void close() {
        store.execute("USE " + storeCatalog.substring(0, storeCatalog.length() - 1));
        store.execute("DETACH " + CATALOG);
    }
}
