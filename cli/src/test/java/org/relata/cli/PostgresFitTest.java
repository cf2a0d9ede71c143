package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.relata.cli.Cli.Ran;

/// The same tables in a running PostgreSQL and in CSV files.
class PostgresFitTest {
    @TempDir
    Path folder;

    @Test
    void aFitFromAServerScoresAsOneFromFiles() throws IOException, SQLException {
        Path data = SmallShop.write(folder);
        Path task = Files.writeString(folder.resolve("active.yaml"), SmallShop.task(""));
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            load(server);
            String url = server.getJdbcUrl("postgres", "postgres") + "&password=unneeded";
            Ran fromServer = fit(url, task, "server");
            Ran fromFiles = fit(data.toString(), task, "files");
            assertEquals(fromFiles.json().get("metrics"), fromServer.json().get("metrics"));
            assertEquals(fromFiles.json().get("baselines"), fromServer.json().get("baselines"));
            assertEquals(fromFiles.json().get("features"), fromServer.json().get("features"));
            for (String file : List.of("config.yaml", "provenance.json", "report.html", "metrics.json")) {
                String text = Files.readString(folder.resolve("server").resolve(file));
                assertFalse(text.contains("unneeded"), file + " keeps no password");
            }
            Ran evaluated =
                    Cli.run("evaluate", "--run", folder.resolve("server").toString(), "--json");
            assertEquals(0, evaluated.code(), evaluated.err());
            assertEquals(fromServer.json().at("/metrics/test"), evaluated.json().at("/metrics/test"));
        }
    }

    private Ran fit(String source, Path task, String out) {
        Ran ran = Cli.run(
                "fit",
                source,
                "--task",
                task.toString(),
                "--depth",
                "1",
                "--budget",
                "10m", // enough for every candidate: what time cuts short differs from run to run
                "--candidates",
                "3",
                "--threads",
                "1",
                "--out",
                folder.resolve(out).toString(),
                "--json");
        assertEquals(0, ran.code(), ran.err());
        return ran;
    }

    private static void load(EmbeddedPostgres server) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE customers (id INT PRIMARY KEY, city TEXT, joined DATE)");
            statement.execute("CREATE TABLE orders (id BIGINT PRIMARY KEY, customer_id INT REFERENCES customers(id),"
                    + " amount NUMERIC(8,1), ordered_at TIMESTAMP)");
            copy(connection, "customers", SmallShop.customers());
            copy(connection, "orders", SmallShop.orders());
        }
    }

    private static void copy(Connection connection, String table, List<String> lines) throws SQLException, IOException {
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY " + table + " FROM STDIN (FORMAT csv, HEADER true)",
                        new StringReader(String.join("\n", lines) + "\n"));
    }
}
