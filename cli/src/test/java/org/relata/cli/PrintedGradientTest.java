package org.relata.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.value.Relation;
import org.relata.cli.Cli.Ran;
import org.relata.learn.train.ParameterInit;
import org.relata.learn.train.TableData;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;
import org.relata.sql.run.JdbcTables;
import org.relata.sql.run.ParameterTables;

/// What `grad` prints runs as it stands on the tables as they stand, in every layout and database.
@Timeout(600)
class PrintedGradientTest {
    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void itRunsAsItStands(ModelExample example) throws IOException, SQLException {
        Model model = ModelParser.parse("model.sql", Files.readString(example.model()), ShapeSource.none());
        Path file = example.database(folder.resolve("columns.duckdb"));
        try (Connection source = DriverManager.getConnection("jdbc:duckdb:" + file)) {
            new ParameterTables(source).write(model, ParameterInit.of(model, new TableData(new JdbcTables(source)), 1));
            Map<String, Relation> expected = reference(model, source);
            agree(example, model, expected, "duckdb", "jdbc:duckdb:" + file, "--dialect", "duckdb");
            Path other = folder.resolve("lists.duckdb");
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + other)) {
                new ModelTables(model, source, true).copyTo(connection, folder.resolve("rows.csv"));
            }
            agree(example, model, expected, "duckdb", "jdbc:duckdb:" + other, "--db", other.toString());
            String columns = schema(new ModelTables(model, source, false), example.name() + "_columns");
            agree(example, model, expected, "postgres", columns, "--dialect", "postgres");
            String lists = schema(new ModelTables(model, source, true), example.name() + "_lists");
            agree(example, model, expected, "postgres", lists, "--db", lists);
        }
    }

    @Test
    void whatIsSaidOfListsIsWhatIsSeen() throws IOException, SQLException {
        ModelExample example = ModelExample.ATTENTION;
        Model model = ModelParser.parse("model.sql", Files.readString(example.model()), ShapeSource.none());
        Path file = example.database(folder.resolve("columns.duckdb"));
        Path other = folder.resolve("lists.duckdb");
        try (Connection source = DriverManager.getConnection("jdbc:duckdb:" + file);
                Connection connection = DriverManager.getConnection("jdbc:duckdb:" + other)) {
            new ModelTables(model, source, true).copyTo(connection, folder.resolve("rows.csv"));
            // Training will make its columns lists.
            try (Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE content");
            }
        }
        assertEquals(printed(example, "--lists"), printed(example, "--db", other.toString()));
        assertEquals(printed(example), printed(example, "--db", file.toString()));
        Ran both = Cli.run("grad", example.model().toString(), "--lists", "--db", file.toString());
        assertEquals(
                "error: --lists: with --db it is seen how vectors and matrices stand; leave one of them out",
                both.error());
    }

    /// The address of a schema with the tables.
    private String schema(ModelTables tables, String name) throws SQLException, IOException {
        String schema = name.toLowerCase(Locale.ROOT);
        String url = server.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + schema;
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            tables.copyTo(connection, folder.resolve("rows.csv"));
        }
        return url;
    }

    private static Map<String, Relation> reference(Model model, Connection source) {
        JdbcTables tables = new JdbcTables(source);
        Map<String, Relation> data = new HashMap<>();
        model.inputs().forEach(input -> data.put(input.relation(), tables.read(input)));
        Map<String, RelExpr> gradients = Autodiff.gradient(
                model.loss(), model.parameters().stream().map(Input::relation).toArray(String[]::new));
        Map<String, Relation> computed = new HashMap<>();
        gradients.forEach((name, gradient) -> computed.put(name, Reference.run(gradient, data)));
        return computed;
    }

    private static void agree(
            ModelExample example,
            Model model,
            Map<String, Relation> expected,
            String database,
            String url,
            String... options)
            throws SQLException {
        for (Layout layout : Layout.values()) {
            List<String> all = new ArrayList<>(List.of(options));
            all.addAll(List.of("--layout", layout.name().toLowerCase(Locale.ROOT)));
            String text = printed(example, all.toArray(String[]::new));
            try (Connection connection = DriverManager.getConnection(url)) {
                Map<String, Relation> actual = PrintedGradient.run(text, model, layout, connection);
                assertEquals(expected.keySet(), actual.keySet(), text);
                expected.forEach((name, relation) -> PrintedGradient.agree(
                        name + " in " + database + ", " + layout + "\n" + text, relation, actual.get(name)));
            }
        }
    }

    private static String printed(ModelExample example, String... options) {
        List<String> command = new ArrayList<>(List.of("grad", example.model().toString()));
        command.addAll(List.of(options));
        Ran ran = Cli.run(command.toArray(String[]::new));
        assertEquals(0, ran.code(), ran.err());
        return ran.out();
    }
}
