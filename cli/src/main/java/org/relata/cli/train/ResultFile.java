package org.relata.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.relata.algebra.value.Relation;
import org.relata.cli.run.Aside;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.sql.model.Model;
import org.relata.sql.run.ParameterTables;

/// What was learned, as tables of a new DuckDB file.
final class ResultFile {
    private final Connection connection;

    private ResultFile(Connection connection) {
        this.connection = connection;
    }

    /// Fills a file.
    @FunctionalInterface
    interface Content {
        void write(ResultFile file) throws SQLException;
    }

    /// Writes a file aside, and renames it when it is complete.
    static void write(Path path, Content content) throws IOException {
        write(path, _ -> {}, content);
    }

    /// The same where some of it is written by others.
    ///
    /// @param first is done before the file is open here
    static void write(Path path, Consumer<Path> first, Content content) throws IOException {
        Aside.write(path, aside -> {
            first.accept(aside);
            try (Connection connection = Duck.connection(aside.toAbsolutePath().toString(), new Properties())) {
                content.write(new ResultFile(connection));
            } catch (SQLException e) {
                throw RelataException.failure(
                                "result.write", path.toString(), String.valueOf(e.getMessage()), "check the disk")
                        .causedBy(e);
            }
        });
    }

    /// The parameters of a model, in the tables that it declares.
    void parameters(Model model, Map<String, Relation> values) {
        new ParameterTables(connection).write(model, values);
    }
}
