package org.relata.database.source;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.database.RelataException;
import org.relata.database.config.Choice;

/// A database server, read through JDBC in one read-only transaction, with the keys it declares.
///
/// Only the tables of the connection's current schema are read; for PostgreSQL `currentSchema=…` in the URL names
/// another.
record JdbcSource(JdbcAddress address) implements Source {
    @Override
    public String name() {
        return address.databaseName();
    }

    @Override
    public List<RawTable> load(LoadContext context) {
        try (Connection connection = connect()) {
            return copy(context, connection);
        } catch (SQLException e) {
            throw RelataException.failure(
                            "source.jdbc",
                            address.url(),
                            address.message(e),
                            "check the server and the rights of the user")
                    .causedBy(e);
        }
    }

    private Connection connect() {
        try {
            Connection connection = DriverManager.getConnection(address.url(), address.credentials());
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            if (connection.getMetaData().supportsTransactionIsolationLevel(Connection.TRANSACTION_REPEATABLE_READ)) {
                // All tables are seen as of one moment, so links fit.
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            return connection;
        } catch (SQLException e) {
            throw address.refused(e);
        }
    }

    private List<RawTable> copy(LoadContext context, Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        String schema = connection.getSchema();
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = data.getTables(
                connection.getCatalog(), schema, "%", new String[] {"TABLE", "PARTITIONED TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        context.available().addAll(tables);
        Map<String, Declared> declared = declared(data, connection.getCatalog(), schema, tables);
        JdbcCopy copy = new JdbcCopy(context, connection, schema);
        List<RawTable> result = new ArrayList<>();
        for (String table : tables) {
            if (context.needs(table)) {
                LoadContext.stopIfInterrupted();
                result.add(copy.table(table, declared.getOrDefault(table, Declared.nothing())));
            }
        }
        return result;
    }

    /// The keys that a database declares, by table.
    static Map<String, Declared> declared(
            DatabaseMetaData data,
            @org.jspecify.annotations.Nullable String catalog,
            @org.jspecify.annotations.Nullable String schema,
            List<String> tables)
            throws SQLException {
        Map<String, DeclaredKeys> keys = new LinkedHashMap<>();
        Map<String, List<String>> primaryKeys = new LinkedHashMap<>();
        for (String table : tables) {
            DeclaredKeys of = new DeclaredKeys();
            Map<Integer, String> columns = new java.util.TreeMap<>();
            try (ResultSet rows = data.getPrimaryKeys(catalog, schema, table)) {
                while (rows.next()) {
                    columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
                }
            }
            of.primaryKey(List.copyOf(columns.values()));
            primaryKeys.put(table, of.primaryKey());
            foreignKeys(data, catalog, schema, table, tables, of);
            keys.put(table, of);
        }
        Map<String, Declared> result = new LinkedHashMap<>();
        keys.forEach((table, of) -> result.put(table, of.declared(primaryKeys, Choice.inferred())));
        return result;
    }

    private record Part(int position, String column, String there) {}

    private static void foreignKeys(
            DatabaseMetaData data,
            @org.jspecify.annotations.Nullable String catalog,
            @org.jspecify.annotations.Nullable String schema,
            String table,
            List<String> tables,
            DeclaredKeys of)
            throws SQLException {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        Map<String, String> targets = new LinkedHashMap<>();
        int unnamed = 0;
        try (ResultSet rows = data.getImportedKeys(catalog, schema, table)) {
            while (rows.next()) {
                int position = rows.getInt("KEY_SEQ");
                String name = rows.getString("FK_NAME");
                if (name == null || name.isEmpty()) {
                    // Drivers that have no names list the columns of one key after the other.
                    unnamed += position <= 1 ? 1 : 0;
                    name = "unnamed " + unnamed;
                }
                String target = rows.getString("PKTABLE_NAME");
                parts.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(new Part(
                                position,
                                rows.getString("FKCOLUMN_NAME"),
                                Optional.ofNullable(rows.getString("PKCOLUMN_NAME"))
                                        .orElse("")));
                targets.put(name, target);
            }
        }
        parts.forEach((name, columns) -> {
            columns.sort(java.util.Comparator.comparingInt(Part::position));
            String target = targets.getOrDefault(name, "");
            // SQLite keeps the letters of the REFERENCES clause, whatever those of the table are.
            String actual = tables.stream()
                    .filter(t -> t.equalsIgnoreCase(target))
                    .findFirst()
                    .orElse(target);
            List<String> there = columns.stream().map(Part::there).toList();
            of.link(
                    columns.stream().map(Part::column).toList(),
                    actual,
                    there.stream().anyMatch(String::isEmpty) ? List.of() : there);
        });
    }
}
