package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.ColumnKind;
import org.relata.database.Database;
import org.relata.database.ForeignKey;
import org.relata.database.Table;

/// DuckDB and SQLite files: declared keys are used as declared, the rest is concluded.
final class SqlSourcesTest {
    @TempDir
    Path folder;

    private static void run(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void chinookKeepsItsCompositeKeyAndSelfReference() throws IOException, SQLException {
        Path script = Opening.shared("data/ddl").resolve("chinook_sqlite_with_data.sql.gz");
        Path file = folder.resolve("chinook.db");
        try (var bytes = new GZIPInputStream(Files.newInputStream(script));
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String sql = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
            statement.executeUpdate(sql.startsWith("\uFEFF") ? sql.substring(1) : sql);
            connection.commit();
        }
        try (Database database = Opening.open(file, folder)) {
            Table playlistTrack = database.schema().require("PlaylistTrack");
            assertEquals(List.of("PlaylistId", "TrackId"), playlistTrack.primaryKey());
            assertEquals(
                    List.of(
                            new ForeignKey(List.of("PlaylistId"), "Playlist"),
                            new ForeignKey(List.of("TrackId"), "Track")),
                    playlistTrack.foreignKeys());
            Table employee = database.schema().require("Employee");
            assertEquals(List.of(new ForeignKey(List.of("ReportsTo"), "Employee")), employee.foreignKeys());
            assertEquals(Optional.of("HireDate"), employee.timeColumn());
            assertEquals(
                    Optional.of("InvoiceDate"),
                    database.schema().require("Invoice").timeColumn());
            assertEquals(8715, database.rows("PlaylistTrack"));
            assertEquals(
                    0,
                    database.store().count("SELECT count(*) FROM PlaylistTrack WHERE __fk0 IS NULL OR __fk1 IS NULL"));
            assertEquals(1, database.store().count("SELECT count(*) FROM Employee WHERE __fk0 IS NULL"));
            // The price is right: 2328.60 in all.
            assertEquals(
                    232860,
                    database.store()
                            .count("SELECT CAST(round(100 * sum(UnitPrice * Quantity)) AS BIGINT) FROM InvoiceLine"));
        }
    }

    @Test
    void sqliteColumnsHoldWhatTheyHold() throws SQLException {
        Path file = folder.resolve("mixed.sqlite");
        run(
                "jdbc:sqlite:" + file,
                "CREATE TABLE things (id INTEGER PRIMARY KEY, code TEXT, amount REAL, at DATETIME, picture BLOB)",
                "INSERT INTO things VALUES (1, '007', 1.5, '2024-01-02 03:04:05', x'00ff'), "
                        + "(2, '8', 2, '2024-01-03', NULL), (3, NULL, NULL, '2024-01-04 00:00:00', NULL)");
        try (Database database = Opening.open("jdbc:sqlite:" + file, folder)) {
            Table things = database.schema().require("things");
            assertEquals(List.of("007", "8", "null"), Opening.column(database, "things", "code"));
            assertEquals(List.of("1.5", "2.0", "null"), Opening.column(database, "things", "amount"));
            assertEquals(Optional.of("at"), things.timeColumn());
            assertTrue(things.column("picture").isEmpty());
            assertEquals(
                    Optional.of("picture"),
                    Opening.issue(database, "column.binary").column());
        }
    }

    @Test
    void duckDbFilesKeepCompositeAndCyclicKeys() throws SQLException {
        Path file = folder.resolve("company.duckdb");
        run(
                "jdbc:duckdb:" + file,
                "CREATE TABLE \"order\" (region VARCHAR, nr INT, PRIMARY KEY (region, nr))",
                "CREATE TABLE line (id INT PRIMARY KEY, nr INT, region VARCHAR, tags VARCHAR[], place DOUBLE[2], "
                        + "parent INT REFERENCES line(id), FOREIGN KEY (region, nr) REFERENCES \"order\"(region, nr))",
                "INSERT INTO \"order\" VALUES ('n', 1), ('n', 2), ('s', 1)",
                "INSERT INTO line VALUES (10, 1, 's', ['a', 'b'], [1.5, 2], NULL)",
                "INSERT INTO line VALUES (11, 2, 'n', ['b'], [0, 0], 10), (12, NULL, 'n', NULL, NULL, 10)");
        try (Database database = Opening.open(file, folder)) {
            Table line = database.schema().require("line");
            assertEquals(
                    List.of(
                            new ForeignKey(List.of("parent"), "line"),
                            new ForeignKey(List.of("region", "nr"), "order")),
                    line.foreignKeys());
            assertEquals(List.of("null", "0", "0"), Opening.column(database, "line", "__fk0"));
            assertEquals(List.of("2", "1", "null"), Opening.column(database, "line", "__fk1"));
            assertEquals(
                    ColumnKind.MULTI_CATEGORICAL,
                    line.column("tags").orElseThrow().kind());
            assertEquals(ColumnKind.VECTOR, line.column("place").orElseThrow().kind());
            assertFalse(
                    database.issues().stream().anyMatch(i -> i.code().startsWith("key.")),
                    () -> "" + database.issues());
        }
    }

    @Test
    void aSourceIsNeverOverwritten() throws SQLException {
        Path file = folder.resolve("store.duckdb");
        run("jdbc:duckdb:" + file, "CREATE TABLE t (id INT)");
        Opening.fails("store.source", () -> Opening.open(file, folder), "both the source and the store");
        assertTrue(Files.exists(file));
    }

    @Test
    void tablesThatReferToEachOtherAreLinkedBothWays() {
        Opening.write(folder.resolve("d/team.csv"), "team_id,captain_player_id\n1,12\n2,11\n");
        Opening.write(folder.resolve("d/player.csv"), "player_id,team_id\n11,2\n12,1\n13,1\n");
        try (Database database = Opening.open(folder.resolve("d"), folder)) {
            assertEquals(List.of("1", "0"), Opening.column(database, "team", "__fk0"));
            assertEquals(List.of("1", "0", "0"), Opening.column(database, "player", "__fk0"));
        }
    }
}
