package org.relata.cli.train;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.run.Runner;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.engine.EngineOptions;
import org.relata.engine.EngineRunner;
import org.relata.sql.model.Model;

/// A runner by its name, with nothing bound to it yet.
final class RunnerChoice implements AutoCloseable {
    private static final List<String> NAMES = List.of("engine", "duckdb", "reference");

    private final Runner runner;
    private final AutoCloseable below;

    private RunnerChoice(Runner runner, AutoCloseable below) {
        this.runner = runner;
        this.below = below;
    }

    /// Opens one for a model. The engine works in 32 bits, the others in 64.
    static RunnerChoice open(ModelRequest request, Model model) {
        return switch (request.runner()) {
            case "engine" ->
                new RunnerChoice(
                        new EngineRunner(EngineOptions.standard()
                                .threads(request.threads())
                                .memoryBytes(request.memoryBytes())),
                        () -> {});
            case "reference" -> new RunnerChoice(new ReferenceRunner(), () -> {});
            case "duckdb" -> {
                Connection connection = connection();
                yield new RunnerChoice(ModelTools.duckdb(connection, model), connection);
            }
            // Text from a command line.
            default ->
                throw RelataException.usage(
                        "train.runner",
                        "--runner " + request.runner(),
                        "there is no such runner",
                        "there are " + String.join(", ", NAMES));
        };
    }

    private static Connection connection() {
        try {
            return Duck.connection("", new Properties());
        } catch (SQLException e) {
            throw RelataException.failure("duckdb.open", "DuckDB", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    Runner runner() {
        return runner;
    }

    @Override
    public void close() {
        runner.close();
        try {
            below.close();
        } catch (Exception e) {
            throw RelataException.failure("duckdb.close", "DuckDB", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }
}
