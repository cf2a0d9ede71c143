package org.relata.database.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.database.DataIssue.Severity;
import org.relata.database.RelataException;
import org.relata.database.config.IssueCodes;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.Relation;

/// A SQLite file, with the keys it declares.
///
/// A SQLite column may hold values of any type whatever it declares, so values are copied as text and typed by what
/// they
/// are; only columns declared as text stay text.
record SqliteSource(Path path) implements Source {
    @Override
    public String name() {
        String file = String.valueOf(path.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    @Override
    public List<RawTable> load(LoadContext context) {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath() + "?mode=ro")) {
            return copy(context, connection);
        } catch (SQLException e) {
            throw RelataException.usage(
                            "source.sqlite",
                            path.toString(),
                            "it cannot be read as a SQLite file ("
                                    + String.valueOf(e.getMessage()).replaceAll("\\s+", " ") + ")",
                            "check that it is complete")
                    .causedBy(e);
        }
    }

    private static List<RawTable> copy(LoadContext context, Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = data.getTables(null, null, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                if (!name.startsWith("sqlite_")) {
                    tables.add(name);
                }
            }
        }
        context.available().addAll(tables);
        Map<String, Declared> declared = JdbcSource.declared(data, null, null, tables);
        JdbcCopy copy = new JdbcCopy(context, connection, null);
        List<RawTable> result = new ArrayList<>();
        for (String table : tables) {
            if (context.needs(table)) {
                LoadContext.stopIfInterrupted();
                result.add(copyTable(context, data, copy, table, declared.getOrDefault(table, Declared.nothing())));
            }
        }
        return result;
    }

    private static RawTable copyTable(
            LoadContext context, DatabaseMetaData data, JdbcCopy copy, String table, Declared declared)
            throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (ResultSet rows = data.getColumns(null, null, escaped(table), "%")) {
            while (rows.next()) {
                types.put(
                        rows.getString("COLUMN_NAME"),
                        Optional.ofNullable(rows.getString("TYPE_NAME"))
                                .orElse("")
                                .toUpperCase(Locale.ROOT));
            }
        }
        Set<String> texts = new HashSet<>();
        types.forEach((column, type) -> {
            if (type.contains("CHAR") || type.contains("TEXT") || type.contains("CLOB")) {
                texts.add(column);
            }
        });
        Workspace workspace = context.workspace();
        String plain = workspace.raw(table + " as text");
        String raw = workspace.raw(table);
        long rows = copy.asTexts(table, plain);
        List<Attribute> attributes = workspace.attributes(plain).stream()
                .filter(a -> {
                    boolean bytes = types.getOrDefault(a.name(), "").contains("BLOB");
                    if (bytes) {
                        context.issues()
                                .add(
                                        IssueCodes.BINARY_COLUMN,
                                        Severity.INFO,
                                        table,
                                        Optional.of(a.name()),
                                        rows,
                                        "it holds bytes and is dropped",
                                        "convert it in the database to keep it");
                    }
                    return !bytes;
                })
                .toList();
        FileTables.retype(context, new Relation(table, plain + " AS r", attributes, rows), raw, texts);
        workspace.duck().execute("DROP TABLE " + plain);
        return new RawTable(table, raw, workspace.attributes(raw), rows, declared, false);
    }

    /// Table names are patterns to JDBC: `_` and `%` stand for others unless escaped.
    private static String escaped(String table) {
        return table.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
    }
}
