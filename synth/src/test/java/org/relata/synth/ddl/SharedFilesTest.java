package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.relata.synth.schema.TablePlan;

/// The published schemas of two well-known example databases, with and without their data.
final class SharedFilesTest {
    @Test
    void chinookIsTheSameFromSqliteAndPostgres() {
        SchemaFile sqlite = SchemaFile.read(SharedData.require("ddl/chinook_sqlite_schema.sql"));
        SchemaFile postgres = SchemaFile.read(SharedData.require("ddl/chinook_postgres_schema.sql"));
        assertEquals(plain(sqlite), plain(postgres));
        assertEquals(11, sqlite.plan().tables().size());
        assertEquals(11, links(sqlite));
        assertEquals(List.of("ReportsTo -> Employee?"), Parsing.links(Parsing.table(sqlite, "Employee")));
        assertEquals(
                Optional.of("InvoiceDate"), Parsing.table(sqlite, "Invoice").timeColumn());
        assertEquals(
                List.of("PlaylistId -> Playlist", "TrackId -> Track"),
                Parsing.links(Parsing.table(sqlite, "PlaylistTrack")));
        assertEquals(1, sqlite.notes().size(), sqlite.notes().toString());
    }

    @Test
    void northwindHasItsTablesAndLinks() {
        SchemaFile file = SchemaFile.read(SharedData.require("ddl/northwind_postgres_schema.sql"));
        assertEquals(14, file.plan().tables().size());
        assertEquals(13, links(file));
        TablePlan orders = Parsing.table(file, "orders");
        assertEquals(
                List.of("customer_id -> customers?", "employee_id -> employees?", "ship_via -> shippers?"),
                Parsing.links(orders));
        assertEquals(Optional.of("order_date"), orders.timeColumn());
        assertEquals(Optional.of("hire_date"), Parsing.table(file, "employees").timeColumn());
        assertTrue(
                file.notes().contains("categories.picture has type bytea, which is not drawn; it is left out"),
                file.notes().toString());
        assertEquals(5, file.notes().size(), file.notes().toString());
    }

    @Test
    void theDataOfADumpChangeNothing() throws IOException {
        for (String name : List.of("chinook_sqlite", "northwind_postgres")) {
            Path folder = SharedData.require("ddl");
            SchemaFile bare = SchemaFile.read(folder.resolve(name + "_schema.sql"));
            String sql;
            try (InputStream in =
                    new GZIPInputStream(Files.newInputStream(folder.resolve(name + "_with_data.sql.gz")))) {
                sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertEquals(bare, SchemaFile.parse(name, sql, Unmodelled.ABSENT_BYTES_LEFT_OUT));
        }
    }

    private static int links(SchemaFile file) {
        return file.plan().tables().stream()
                .mapToInt(t -> t.foreignKeys().size())
                .sum();
    }

    /// The plan as text in which `InvoiceLine` and `invoice_line` are the same.
    private static String plain(SchemaFile file) {
        return file.plan().toString().replace("_", "").toLowerCase(Locale.ROOT);
    }
}
