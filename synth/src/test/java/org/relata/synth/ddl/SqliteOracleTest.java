package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.TablePlan;

/// Random schemas, written in all the ways SQLite takes, mean here what they mean to SQLite.
final class SqliteOracleTest {
    private static final int SCHEMAS = Boolean.getBoolean("relata.nightly") ? 2_000 : 50;

    private static final List<String> NAMES = List.of(
            "user",
            "Order",
            "line item",
            "key",
            "check_in",
            "select",
            "d'or",
            "a\"b",
            "Straße",
            "t1",
            "in",
            "references",
            "on");

    @Test
    void everySchemaHasTheColumnsKeysAndLinksSqliteSees() throws SQLException {
        for (int seed = 0; seed < SCHEMAS; seed++) {
            String sql = schema(new SplittableRandom(seed));
            assertEquals(sqlite(sql), ours(sql), "seed " + seed + ": " + sql);
        }
    }

    private static List<String> ours(String sql) {
        List<String> result = new ArrayList<>();
        for (TablePlan table : Parsing.read(sql).plan().tables()) {
            TreeMap<String, String> columns = new TreeMap<>();
            table.primaryKey().ifPresent(key -> columns.put(key, "key"));
            for (LinkPlan link : table.foreignKeys()) {
                columns.put(link.column(), "-> " + link.parent() + (link.nullable() ? "?" : ""));
            }
            for (ColumnPlan column : table.columns()) {
                columns.put(column.name(), column.nullShare().isPresent() ? "required" : "optional");
            }
            table.timeColumn().ifPresent(time -> columns.put(time, "time"));
            result.add(table.name() + " " + columns);
        }
        return result;
    }

    private static List<String> sqlite(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            List<String> result = new ArrayList<>();
            for (String table : tables) {
                result.add(table + " " + columns(statement, table));
            }
            return result;
        }
    }

    private static TreeMap<String, String> columns(Statement statement, String table) throws SQLException {
        String quoted = '"' + table.replace("\"", "\"\"") + '"';
        TreeMap<String, String> columns = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery("PRAGMA table_xinfo(" + quoted + ")")) {
            while (rows.next()) {
                columns.put(
                        rows.getString("name"),
                        rows.getInt("pk") > 0 ? "key" : rows.getInt("notnull") > 0 ? "required" : "optional");
            }
        }
        try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_list(" + quoted + ")")) {
            while (rows.next()) {
                String before = columns.get(rows.getString("from"));
                columns.put(
                        rows.getString("from"),
                        "-> " + rows.getString("table") + ("optional".equals(before) ? "?" : ""));
            }
        }
        return columns;
    }

    /// Tables that refer to any table, also later ones and themselves, in all spellings.
    private static String schema(SplittableRandom random) {
        int tables = 1 + random.nextInt(NAMES.size());
        StringBuilder sql = new StringBuilder("-- a; schema\n");
        for (int t = 0; t < tables; t++) {
            List<String> parts = new ArrayList<>();
            List<String> constraints = new ArrayList<>();
            boolean inline = random.nextBoolean();
            parts.add(name("id", random) + " INTEGER" + (inline ? " primary key AUTOINCREMENT NOT NULL" : " NOT NULL"));
            if (!inline) {
                constraints.add(named("pk" + t, random) + "PRIMARY KEY (" + name("id", random) + " ASC)");
            }
            int links = random.nextInt(4);
            for (int k = 0; k < links; k++) {
                link(name("fk" + k, random), NAMES.get(random.nextInt(tables)), parts, constraints, random);
            }
            int features = random.nextInt(4);
            for (int f = 0; f < features; f++) {
                parts.add(feature(name(NAMES.get((t + f) % NAMES.size()), random), random));
            }
            if (random.nextInt(3) == 0) {
                constraints.add("unique(" + name("id", random) + ")");
            }
            parts.addAll(constraints);
            sql.append(random.nextBoolean() ? "CREATE TABLE " : "create /* x; */ Table if NOT exists ")
                    .append(random.nextInt(4) == 0 ? "main." : "")
                    .append(name(NAMES.get(t), random))
                    .append("(")
                    .append(String.join(random.nextBoolean() ? "," : " , -- it's\n", parts))
                    .append(random.nextInt(4) == 0 ? ") STRICT, WITHOUT ROWID;" : ");\n")
                    .append(
                            random.nextInt(4) == 0
                                    ? "CREATE INDEX i" + t + " ON " + quoted(NAMES.get(t)) + " (id);"
                                    : "");
        }
        return sql.toString()
                .replace(
                        " AUTOINCREMENT NOT NULL",
                        sql.indexOf("WITHOUT") > 0 ? " NOT NULL" : " AUTOINCREMENT NOT NULL");
    }

    private static void link(
            String column, String parent, List<String> parts, List<String> constraints, SplittableRandom random) {
        String notNull = random.nextBoolean() ? " NOT NULL" : "";
        String target = name(parent, random)
                + (random.nextBoolean() ? " (" + name("id", random) + ")" : "")
                + List.of(
                                "",
                                " ON DELETE SET NULL",
                                " ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED",
                                " MATCH FULL")
                        .get(random.nextInt(4));
        if (random.nextBoolean()) {
            boolean first = random.nextBoolean();
            parts.add(column + " INTEGER" + (first ? notNull : "") + " REFERENCES " + target + (first ? "" : notNull));
        } else {
            parts.add(column + " INTEGER" + notNull);
            constraints.add(named("f", random) + "FOREIGN KEY (" + column + ") REFERENCES " + target);
        }
    }

    private static String feature(String column, SplittableRandom random) {
        return column
                + List.of(
                                " TEXT NOT NULL",
                                " REAL DEFAULT -1.5",
                                " INT DEFAULT (1 + (2)) NOT NULL",
                                " INTEGER CHECK (1 > 0) NULL",
                                " TEXT DEFAULT 'a; '')' UNIQUE COLLATE NOCASE",
                                " REAL CONSTRAINT \"c d\" NOT NULL ON CONFLICT FAIL",
                                " INTEGER GENERATED ALWAYS AS (1) VIRTUAL")
                        .get(random.nextInt(7));
    }

    private static String named(String name, SplittableRandom random) {
        return random.nextBoolean() ? "CONSTRAINT " + name + " " : "";
    }

    private static String name(String name, SplittableRandom random) {
        boolean plain = name.matches("[a-z_]+[0-9]+|id|user|check_in");
        return switch (random.nextInt(4)) {
            case 0 -> quoted(name);
            case 1 -> '`' + name + '`';
            case 2 -> '[' + name + ']';
            default -> plain ? name : quoted(name);
        };
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
