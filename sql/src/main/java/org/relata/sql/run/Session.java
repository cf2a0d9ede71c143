package org.relata.sql.run;

import java.sql.Connection;
import java.util.List;
import org.relata.sql.write.Dialect;

/// Statements on one connection, and the dialect they are written in.
final class Session {
    private final JdbcRows rows;
    private final Dialect dialect;

    Session(Connection connection, Dialect dialect) {
        this.rows = new JdbcRows(connection);
        this.dialect = dialect;
    }

    Dialect dialect() {
        return dialect;
    }

    void execute(String sql) {
        rows.execute(sql);
    }

    <T> List<T> query(String sql, JdbcRows.Reader<T> reader) {
        return rows.query(sql, reader);
    }

    /// Rows into a table of the session.
    ///
    /// @param values each a list of `Long`, `String` and `Double`
    void insert(String table, int columns, Iterable<List<Object>> values) {
        rows.insert(table, columns, values);
    }
}
