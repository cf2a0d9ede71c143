package org.relata.database.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.DataIssue.Severity;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.config.IssueCodes;
import org.relata.database.infer.Attribute;

/// Copies tables row by row from a JDBC connection into the workspace, holding only a few thousand rows at a time.
final class JdbcCopy {
    private static final int FETCH = 5_000;
    private static final int REPORT = 20_000;

    private final LoadContext context;
    private final Connection connection;
    private final Optional<String> schema;

    JdbcCopy(LoadContext context, Connection connection, @org.jspecify.annotations.Nullable String schema) {
        this.context = context;
        this.connection = connection;
        this.schema = Optional.ofNullable(schema).filter(s -> !s.isEmpty());
    }

    private record Copied(int position, String name, JdbcValue value) {}

    /// Copies a table with the types the server declares.
    RawTable table(String table, Declared declared) throws SQLException {
        String raw = context.workspace().raw(table);
        long rows = copy(table, raw, false);
        List<Attribute> attributes = context.workspace().attributes(raw);
        return new RawTable(table, raw, attributes, rows, declared, true);
    }

    /// Copies a table with every value as text, for databases whose columns do not hold what they declare.
    long asTexts(String table, String target) throws SQLException {
        return copy(table, target, true);
    }

    private long copy(String table, String target, boolean asTexts) throws SQLException {
        String source = (schema.isPresent() ? quote(schema.get()) + "." : "") + quote(table);
        context.progress().begin("copy " + table, -1);
        long started = System.nanoTime();
        long copied = 0;
        try (Statement statement = connection.createStatement()) {
            // MySQL and MariaDB stream only when asked in this way.
            boolean mysql = connection.getMetaData().getURL().matches("jdbc:(mysql|mariadb):.*");
            statement.setFetchSize(mysql ? Integer.MIN_VALUE : FETCH);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + source)) {
                List<Copied> columns = columns(table, rows.getMetaData(), asTexts);
                create(target, columns);
                DuckDBConnection duck = context.workspace().duck().connection().unwrap(DuckDBConnection.class);
                try (DuckDBAppender appender =
                        duck.createAppender(context.workspace().rawCatalog(), "main", bareName(target))) {
                    while (rows.next()) {
                        appender.beginRow();
                        for (Copied column : columns) {
                            column.value().append(rows, column.position(), appender);
                        }
                        appender.endRow();
                        if (++copied % REPORT == 0) {
                            context.progress().done(copied);
                            LoadContext.stopIfInterrupted();
                        }
                    }
                }
            }
        }
        double seconds = Math.max(1e-3, (System.nanoTime() - started) / 1e9);
        context.progress().done(copied);
        context.progress()
                .note(String.format(
                        Locale.ROOT, "copied %s: %,d rows, %,.0f rows a second", table, copied, copied / seconds));
        return copied;
    }

    private void create(String target, List<Copied> columns) {
        if (columns.isEmpty()) {
            throw RelataException.usage("table.columns", target, "it has no column that can be read", "leave it out");
        }
        context.workspace()
                .duck()
                .execute("CREATE TABLE " + target + " ("
                        + String.join(
                                ", ",
                                columns.stream()
                                        .map(c -> Sql.id(c.name()) + " "
                                                + c.value().duckType())
                                        .toList())
                        + ")");
    }

    /// The name of a raw table as the appender wants it: without catalog, schema and quotes.
    private static String bareName(String target) {
        String quoted = target.substring(target.indexOf('"') + 1, target.length() - 1);
        return quoted.replace("\"\"", "\"");
    }

    private List<Copied> columns(String table, ResultSetMetaData data, boolean asTexts) throws SQLException {
        List<Copied> result = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String name = data.getColumnLabel(i);
            String free = name;
            for (int k = 1; !taken.add(free.toLowerCase(Locale.ROOT)); k++) {
                free = name + "_" + k;
            }
            Optional<JdbcValue> value = asTexts ? Optional.of(JdbcValue.ANY_AS_TEXT) : JdbcValue.of(data, i);
            if (value.isPresent()) {
                result.add(new Copied(i, free, value.get()));
            } else {
                context.issues()
                        .add(
                                IssueCodes.BINARY_COLUMN,
                                Severity.INFO,
                                table,
                                Optional.of(free),
                                0,
                                "it holds bytes and is dropped",
                                "convert it in the database to keep it");
            }
        }
        return result;
    }

    private String quote(String name) throws SQLException {
        String mark = connection.getMetaData().getIdentifierQuoteString().strip();
        return mark.isEmpty() ? name : mark + name.replace(mark, mark + mark) + mark;
    }
}
