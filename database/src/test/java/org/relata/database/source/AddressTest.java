package org.relata.database.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relata.database.RelataException;

/// Addresses of databases, and what is said when there is nothing there.
final class AddressTest {
    @TempDir
    Path folder;

    @Test
    void takesUserAndPasswordOutOfTheUrl() {
        JdbcAddress address = JdbcAddress.parse(
                "jdbc:postgresql://localhost:5432/shop?user=ann&password=s%40cret&ssl=true", Map.of());
        assertEquals("jdbc:postgresql://localhost:5432/shop?ssl=true", address.url());
        assertEquals("ann", address.credentials().getProperty("user"));
        assertEquals("s@cret", address.credentials().getProperty("password"));
        assertEquals("shop", address.databaseName());
        assertEquals("no *** here", address.withoutPassword("no s@cret here"));
        assertEquals(
                "jdbc:postgresql://localhost/shop",
                Databases.withoutPassword("jdbc:postgresql://ann:secret@localhost/shop?password=secret"));
    }

    @Test
    void readsAddressesAsPsqlWritesThem() {
        JdbcAddress address = JdbcAddress.parse("postgresql://ann:pw+1@db.example/shop", Map.of("PGUSER", "bob"));
        assertEquals("jdbc:postgresql://db.example/shop", address.url());
        assertEquals("ann", address.credentials().getProperty("user"));
        assertEquals("pw+1", address.credentials().getProperty("password"));
    }

    @Test
    void fillsInUserAndPasswordForPostgresOnly() {
        Map<String, String> environment = Map.of("PGUSER", "bob", "PGPASSWORD", "hidden");
        assertEquals(
                "bob",
                JdbcAddress.parse("jdbc:postgresql://h/d", environment)
                        .credentials()
                        .getProperty("user"));
        assertNull(
                JdbcAddress.parse("jdbc:mysql://h/d", environment).credentials().getProperty("user"));
    }

    @Test
    void saysWhatIsMissing() {
        Opening.fails(
                "source.missing", () -> Opening.open(folder.resolve("nowhere"), folder), "no such file or folder");
        Opening.fails("source.missing", () -> Opening.open("", folder), "empty");
        Opening.fails("source.scheme", () -> Opening.open("s3://bucket/x", folder), "s3://");
        Opening.fails(
                "source.empty",
                () -> Opening.open(
                        Opening.write(folder.resolve("e/readme.md"), "hi").getParent(), folder),
                "no table");
        Path text = Opening.write(folder.resolve("notes.db"), "these are my notes");
        Opening.fails("source.format", () -> Opening.open(text, folder), "notes.db", "neither");
        Path broken = Opening.write(folder.resolve("broken.duckdb"), "12345678DUCK and then nothing of the kind");
        Opening.fails("source.duckdb", () -> Opening.open(broken, folder), "broken.duckdb");
        Path brokenLite = Opening.write(folder.resolve("broken.db"), "SQLite format 3\0 and then nothing");
        Opening.fails("source.sqlite", () -> Opening.open(brokenLite, folder), "broken.db");
        Path parquet = Opening.write(folder.resolve("p/t.parquet"), "no parquet at all");
        Opening.fails("source.parquet", () -> Opening.open(parquet.getParent(), folder), "t.parquet");
        Opening.fails("source.driver", () -> Opening.open("jdbc:oracle:thin:@h:1/x", folder), "jdbc:oracle", "jar");
    }

    @Test
    void saysWhichServerDoesNotAnswerAndKeepsThePasswordToItself() {
        RelataException error = Opening.fails(
                "source.connect",
                () -> Opening.open("jdbc:postgresql://localhost:1/shop?user=ann&password=topsecret", folder),
                "localhost:1/shop",
                "no connection");
        assertFalse(error.getMessage().contains("topsecret"));
    }
}
