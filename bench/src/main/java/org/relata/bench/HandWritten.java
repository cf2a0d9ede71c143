package org.relata.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Duck;
import org.relata.features.EntityTimes;

/// Features as a person would write them: a script over the same store that ends in a table `features_by_hand`.
final class HandWritten {
    private final Duck duck;
    private final List<String> statements;

    /// A script among this module's resources.
    HandWritten(Duck duck, String resource) {
        this.duck = duck;
        try (InputStream in = Objects.requireNonNull(HandWritten.class.getResourceAsStream(resource), resource)) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            this.statements = Arrays.stream(script.split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Puts the questions where the script expects them.
    void ask(EntityTimes times) {
        duck.execute("CREATE OR REPLACE TEMP TABLE pairs (pair BIGINT, entity BIGINT, cutoff TIMESTAMP)");
        try (DuckDBAppender appender =
                duck.connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", "pairs")) {
            for (int i = 0; i < times.size(); i++) {
                appender.beginRow();
                appender.append((long) i);
                appender.append(times.entity()[i]);
                appender.appendEpochMicros(times.cutoff()[i]);
                appender.endRow();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Computes the table.
    void run() {
        statements.forEach(duck::execute);
    }

    /// Drops all that the script made, so that the next run starts from nothing and its memory is free meanwhile.
    void forget() {
        duck.query(
                        "SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name <> 'pairs'",
                        row -> row.getString(1))
                .forEach(table -> duck.execute("DROP TABLE " + table));
    }

    /// The features by name, each with a value a pair; missing ones are absent.
    Map<String, Object[]> features(int pairs) {
        List<String> names = duck.query(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = 'features_by_hand' AND column_name <> 'pair'"
                        + " ORDER BY column_index",
                row -> row.getString(1));
        Map<String, Object[]> features = new LinkedHashMap<>();
        names.forEach(name -> features.put(name, new Object[pairs]));
        duck.query("SELECT * FROM features_by_hand", row -> {
            int pair = (int) row.getLong("pair");
            for (String name : names) {
                Objects.requireNonNull(features.get(name))[pair] = row.getObject(name);
            }
            return pair;
        });
        return features;
    }

    /// For which pairs two or more values of a column are equally frequent, so that either is the mode.
    boolean[] ties(String table, String column, int pairs) {
        boolean[] tied = new boolean[pairs];
        duck.query("""
                SELECT pair FROM (SELECT pair, n, max(n) OVER (PARTITION BY pair) AS most
                    FROM (SELECT pair, %2$s, count(*) AS n FROM %1$s WHERE %2$s IS NOT NULL GROUP BY pair, %2$s))
                WHERE n = most GROUP BY pair HAVING count(*) > 1""".formatted(table, column), row -> {
            tied[(int) row.getLong(1)] = true;
            return true;
        });
        return tied;
    }
}
