package org.relata.synth.write;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.relata.database.Column;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;
import org.relata.database.source.WritableDatabase;

/// A schema of a PostgreSQL database that holds one drawn database.
///
/// It is written in one transaction, so it is there completely or not at all, whatever happens on the way. What it came
/// from
/// is the comment of the schema: it adds no table, and goes with the schema when that is dropped.
final class ServerSchema {
    /// The longest name PostgreSQL keeps as it is, in bytes.
    private static final int LONGEST_NAME = 63;

    private final Destination.Server server;
    private final String name;

    /// @param name what the schema is called
    ServerSchema(Destination.Server server, String name) {
        this.server = server;
        this.name = name;
    }

    /// Whether the schema is there, and is what a manifest says.
    ///
    /// @throws RelataException `synth.exists` when something else has its name
    boolean holds(WrittenManifest wanted) {
        try (WritableDatabase database = open();
                PreparedStatement query = database.connection()
                        .prepareStatement("SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace"
                                + " WHERE nspname = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                if (wanted.isSaidBy(String.valueOf(rows.getString(1)))) {
                    return true;
                }
            }
            throw RelataException.usage(
                    "synth.exists",
                    "schema " + name + " in " + database.shown(),
                    "something else is there: another seed, configuration or version, or no drawn database",
                    "choose other names with --db-prefix, or drop it");
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /// Writes a database.
    ///
    /// @param manifest the comment of the schema
    /// @param scratch a folder for rows on their way
    void write(Database store, String manifest, Path scratch) throws IOException {
        checkNames(store);
        try (WritableDatabase database = open()) {
            Connection connection = database.connection();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA " + Sql.id(name));
                statement.execute("COMMENT ON SCHEMA " + Sql.id(name) + " IS " + Sql.text(manifest));
                for (Table table : store.schema().tables()) {
                    statement.execute(create(store, table));
                    load(store, table, connection, scratch.resolve("rows.csv"));
                }
                for (Table table : store.schema().tables()) {
                    for (ForeignKey key : table.foreignKeys()) {
                        link(statement, store, table, key);
                    }
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private WritableDatabase open() {
        return WritableDatabase.open(server.address(), server.environment());
    }

    private void checkNames(Database store) {
        List<String> names = new ArrayList<>(List.of(name));
        for (Table table : store.schema().tables()) {
            names.add(table.name());
            table.columns().forEach(column -> names.add(column.name()));
        }
        for (String each : names) {
            if (each.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                throw RelataException.usage(
                        "synth.name",
                        each,
                        "the name is longer than PostgreSQL keeps names, which is " + LONGEST_NAME + " bytes",
                        "give it a shorter name, or write files");
            }
        }
    }

    private String create(Database store, Table table) {
        Map<String, String> types = store
                .store()
                .query(
                        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = "
                                + Sql.text(table.name()),
                        row -> Map.entry(String.valueOf(row.getString(1)), String.valueOf(row.getString(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<String> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(Sql.id(column.name()) + " " + type(types.getOrDefault(column.name(), "VARCHAR")));
        }
        if (!table.primaryKey().isEmpty()) {
            columns.add("PRIMARY KEY (" + list(table.primaryKey()) + ")");
        }
        return "CREATE TABLE " + qualified(table.name()) + " (" + String.join(", ", columns) + ")";
    }

    private static String type(String duck) {
        return switch (duck) {
            case "DOUBLE" -> "DOUBLE PRECISION";
            case "VARCHAR" -> "TEXT";
            default -> duck; // BIGINT, BOOLEAN and TIMESTAMP are called alike
        };
    }

    private void load(Database store, Table table, Connection connection, Path rows) throws SQLException, IOException {
        store.store()
                .execute("COPY (" + Export.select(table) + ") TO " + Sql.text(rows.toString())
                        + " (FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"')");
        try (InputStream in = Files.newInputStream(rows)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + qualified(table.name()) + " FROM STDIN (FORMAT csv)", in);
        }
        Files.delete(rows);
    }

    /// Declares a foreign key, with an index: what joins along it would read the whole table otherwise.
    private void link(Statement statement, Database store, Table table, ForeignKey key) throws SQLException {
        Optional<Table> parent = store.schema().tables().stream()
                .filter(t -> t.name().equals(key.targetTable()))
                .findFirst();
        if (parent.isPresent() && !parent.get().primaryKey().isEmpty()) {
            statement.execute("ALTER TABLE " + qualified(table.name()) + " ADD FOREIGN KEY (" + list(key.columns())
                    + ") REFERENCES " + qualified(key.targetTable()));
            statement.execute("CREATE INDEX ON " + qualified(table.name()) + " (" + list(key.columns()) + ")");
        }
    }

    private String qualified(String table) {
        return Sql.id(name) + "." + Sql.id(table);
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns.stream().map(Sql::id).toList());
    }

    private RelataException failed(SQLException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return RelataException.failure(
                        "synth.postgres",
                        "schema " + name,
                        "the server refused it (" + message + ")",
                        "check the rights of the user, and the room on the server")
                .causedBy(e);
    }
}
