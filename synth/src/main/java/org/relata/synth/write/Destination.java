package org.relata.synth.write;

import java.util.Map;
import org.relata.database.RelataException;

/// Where the rows of a database go.
public sealed interface Destination permits Destination.Files, Destination.Server {
    /// What the manifest calls it.
    String label();

    /// Files in the folder of the database.
    ///
    /// @param format as what
    record Files(OutputFormat format) implements Destination {
        @Override
        public String label() {
            return format.label();
        }
    }

    /// A schema of a PostgreSQL database, which is called like the folder. The folder keeps what a server has no place
    /// for:
    /// which column dates a row, the splits and the tasks.
    ///
    /// @param address `postgresql://user@host/database`, or a JDBC URL
    /// @param environment the environment variables: `PGUSER` and `PGPASSWORD` are read
    record Server(String address, Map<String, String> environment) implements Destination {
        /// Copies the map.
        public Server {
            environment = Map.copyOf(environment);
        }

        @Override
        public String label() {
            return "postgresql";
        }

        @Override
        public String toString() {
            return label(); // The address may hold a password.
        }
    }

    /// The destination that a text names: a format, or the address of a PostgreSQL database.
    ///
    /// @throws RelataException `synth.format`, with the nearest name
    static Destination of(String text, Map<String, String> environment) {
        if (text.startsWith("postgresql://") || text.startsWith("postgres://") || text.startsWith("jdbc:postgresql:")) {
            return new Server(text, environment);
        }
        if (text.startsWith("postgres") || text.startsWith("jdbc:") || text.contains("://")) {
            throw RelataException.usage(
                    "synth.format",
                    "format " + text.replaceFirst("^([^:]*:?).*$", "$1"),
                    "a server is named by the address of a PostgreSQL database",
                    "write postgresql://user@host/database (password in PGPASSWORD)");
        }
        return new Files(OutputFormat.of(text));
    }
}
