package org.relata.sql.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.run.ReferenceRunner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.KeyColumn;
import org.relata.sql.model.Table.ValueColumn;

/// Tables of a model read from databases, and parameters written to them.
class JdbcTablesTest {
    private static final Attribute ID = Attribute.integer("id");
    private static final Relation FACTORS = Relation.empty(List.of(ID), Shape.of(3))
            .plus(Key.of(1), Tensor.vector(0.1, 0.2, 1.0 / 3))
            .plus(Key.of(7), Tensor.vector(-1, 0, 1e-300));

    @ParameterizedTest
    @EnumSource
    void scalarsAndKeysAreRead(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    "CREATE TABLE \"Order\" (id INTEGER, \"the word\" VARCHAR(20), price REAL, many BIGINT)",
                    "INSERT INTO \"Order\" VALUES (1, 'a''b', 0.5, 3), (2, 'ß', 1.25, 4)");
            JdbcTables tables = new JdbcTables(connection);
            List<Attribute> key = List.of(ID, Attribute.text("the word"));
            Relation read = tables.read(input("Order", key, column("price", Shape.SCALAR)));
            assertEquals(
                    Relation.empty(key, Shape.SCALAR)
                            .plus(Key.of(1, "a'b"), Tensor.scalar(0.5))
                            .plus(Key.of(2, "ß"), Tensor.scalar(1.25)),
                    read);
            Relation folded = tables.read(input("order", List.of(ID), column("MANY", Shape.SCALAR)));
            assertEquals(4, folded.get(Key.of(2)).orElseThrow().number(), "names are found whatever their letters");
            assertEquals(List.of(Key.of("a'b"), Key.of("ß")), List.copyOf(tables.values("Order", "the word")));
            assertTrue(tables.exists("ORDER"));
            assertFalse(tables.exists("orders"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfKeysAloneAreOnes(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(connection, "CREATE TABLE edge (src INTEGER, dst INTEGER)", "INSERT INTO edge VALUES (1, 2)");
            List<Attribute> key = List.of(Attribute.integer("src"), Attribute.integer("dst"));
            Table table = table("edge", key);
            Input input = new Input(
                    (Scan) RelExpr.scan("edge", new RelationType(key, Shape.SCALAR, org.relata.algebra.Facts.NONE)),
                    table,
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
            assertEquals(
                    Relation.empty(key, Shape.SCALAR).plus(Key.of(1, 2), Tensor.scalar(1)),
                    new JdbcTables(connection).read(input));
        }
    }

    @ParameterizedTest
    @EnumSource
    void vectorsAndMatricesAreRead(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    database == TestDatabase.DUCKDB
                            ? "CREATE TABLE t (id INTEGER, a FLOAT[3], l DOUBLE[], m DOUBLE[3][2])"
                            : "CREATE TABLE t (id INTEGER, a REAL[], l DOUBLE PRECISION[], m DOUBLE PRECISION[])",
                    database == TestDatabase.DUCKDB
                            ? "INSERT INTO t VALUES (1, [1, 2, 3], [4, 5], [[1, 2, 3], [4, 5, 6]])"
                            : "INSERT INTO t VALUES (1, '{1,2,3}', '{4,5}', '{{1,2,3},{4,5,6}}')",
                    "CREATE TABLE wide (id INTEGER, x_0 INTEGER, x_1 INTEGER, y_1 REAL, y_2 REAL, y_3 REAL)",
                    "INSERT INTO wide VALUES (5, 1, 2, 3, 4, 5)");
            JdbcTables tables = new JdbcTables(connection);
            assertEquals(Optional.of(Shape.of(3)), tables.shape("t", "a"));
            assertEquals(Optional.of(Shape.of(2)), tables.shape("t", "l"));
            assertEquals(Optional.of(Shape.of(2, 3)), tables.shape("t", "m"));
            assertEquals(Optional.of(Shape.of(2)), tables.shape("wide", "x"));
            assertEquals(Optional.of(Shape.of(3)), tables.shape("wide", "y"));
            assertEquals(Optional.empty(), tables.shape("wide", "z"));
            assertEquals(Optional.empty(), tables.shape("none", "z"));
            assertEquals(Tensor.vector(1, 2, 3), read(tables, "t", "a", Shape.of(3), 1));
            assertEquals(Tensor.vector(4, 5), read(tables, "t", "l", Shape.of(2), 1));
            assertEquals(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), read(tables, "t", "m", Shape.of(2, 3), 1));
            assertEquals(Tensor.vector(1, 2), read(tables, "wide", "x", Shape.of(2), 5));
            assertEquals(Tensor.vector(3, 4, 5), read(tables, "wide", "y", Shape.of(3), 5));
            AlgebraException error = assertThrows(AlgebraException.class, () -> read(tables, "t", "l", Shape.of(4), 1));
            assertEquals("table t, column l: the row ⟨1⟩ holds 2 numbers; the model declares [4]", error.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConditionKeepsSomeRows(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    "CREATE TABLE t (id INTEGER, v REAL, w REAL)",
                    "INSERT INTO t VALUES (1, 10, 1), (2, 20, 5), (3, 30, 9)");
            Kernel big = Kernels.compare(new Leaf.Argument(0, Shape.SCALAR), Comparison.GREATER, Kernels.constant(4));
            Table table = table("t", List.of(ID), column("v", Shape.SCALAR), column("w", Shape.SCALAR));
            Input input = new Input(
                    (Scan) RelExpr.scan("t.v?1", RelationType.of(Shape.SCALAR, "id")),
                    table,
                    Optional.of(column("v", Shape.SCALAR)),
                    Optional.of(big),
                    List.of(column("w", Shape.SCALAR)));
            assertEquals(
                    "[⟨2⟩, ⟨3⟩]",
                    new JdbcTables(connection).read(input).tuples().keySet().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatCannotBeReadIsNamed(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    "CREATE TABLE t (id INTEGER, v REAL, word VARCHAR(9))",
                    "INSERT INTO t VALUES (1, 10, 'a'), (1, 20, 'b'), (3, NULL, 'c')");
            refused(
                    connection,
                    input("none", List.of(ID), column("v", Shape.SCALAR)),
                    "table none: the database has no table of this name; create it, or correct the model file");
            refused(
                    connection,
                    input("t", List.of(ID), column("u", Shape.SCALAR)),
                    "table t: the database's table has no column u; it has id, v, word");
            refused(
                    connection,
                    input("t", List.of(ID), column("v", Shape.SCALAR)),
                    "table t: two rows have the key ⟨1⟩; give every row a key of its own, or declare the columns that tell"
                            + " them apart");
            refused(
                    connection,
                    input("t", List.of(ID, Attribute.text("word")), column("v", Shape.SCALAR)),
                    "table t, column v: the row ⟨3, c⟩ is NULL; delete such rows, or read a view without them");
            refused(
                    connection,
                    input("t", List.of(Attribute.integer("word")), column("v", Shape.SCALAR)),
                    "table t, column word: 'a' is no integer; declare the column as text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void parametersBecomeTables(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            Shape square = Shape.of(2, 3);
            List<Attribute> words = List.of(Attribute.text("word"));
            Model model = model(
                    learned("factors", List.of(ID), Shape.of(3)),
                    learned("select", words, square),
                    learned("bias", List.of(), Shape.SCALAR));
            Map<String, Relation> values = Map.of(
                    "factors",
                    FACTORS,
                    "select",
                    Relation.empty(words, square).plus(Key.of("it's"), Tensor.of(square, 1, 2, 3, 4, 5, 6)),
                    "bias",
                    Relation.scalar(0.1));
            for (int time = 0; time < 2; time++) {
                new ParameterTables(connection).write(model, values);
                for (Input each : model.parameters()) {
                    assertEquals(values.get(each.relation()), new JdbcTables(connection).read(each));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsBesideAParameterStays(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    "CREATE TABLE node (id INTEGER PRIMARY KEY, name VARCHAR(9), b REAL)",
                    "INSERT INTO node VALUES (1, 'one', NULL), (7, 'seven', 3), (8, 'eight', 4)");
            Table table = new Table(
                    "node",
                    List.of(new KeyColumn(ID, Optional.empty(), Optional.empty())),
                    List.of("id"),
                    List.of(learnedColumn("emb", Shape.of(3)), learnedColumn("b", Shape.SCALAR)));
            Input emb = learned(table, 0, "node.emb");
            Input b = learned(table, 1, "node.b");
            JdbcTables tables = new JdbcTables(connection);
            assertEquals(
                    Map.of(Key.of(1), Optional.empty(), Key.of(7), Optional.empty(), Key.of(8), Optional.empty()),
                    tables.rows(emb).orElseThrow());
            assertEquals(
                    Map.of(
                            Key.of(1),
                            Optional.empty(),
                            Key.of(7),
                            Optional.of(Tensor.scalar(3)),
                            Key.of(8),
                            Optional.of(Tensor.scalar(4))),
                    tables.rows(b).orElseThrow());
            Relation numbers = Relation.empty(List.of(ID), Shape.SCALAR).plus(Key.of(7), Tensor.scalar(0.5));
            new ParameterTables(connection).write(model(emb, b), Map.of("node.emb", FACTORS, "node.b", numbers));
            JdbcTables after = new JdbcTables(connection);
            Map<Key, Optional<Tensor>> rows = after.rows(emb).orElseThrow();
            assertEquals(FACTORS.get(Key.of(1)), rows.get(Key.of(1)));
            assertEquals(FACTORS.get(Key.of(7)), rows.get(Key.of(7)));
            assertEquals(Optional.empty(), rows.get(Key.of(8)));
            assertEquals(
                    List.of("eight", "one", "seven"),
                    Stream.of("eight", "one", "seven")
                            .filter(name -> after.values("node", "name").contains(Key.of(name)))
                            .toList());
            assertEquals(
                    Optional.of(Tensor.scalar(0.5)), after.rows(b).orElseThrow().get(Key.of(7)));
            assertEquals(
                    Optional.of(Tensor.scalar(4)), after.rows(b).orElseThrow().get(Key.of(8)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wideParametersStayWide(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty()) {
            execute(
                    connection,
                    "CREATE TABLE factors (id INTEGER, v_0 REAL, v_1 REAL, v_2 REAL)",
                    "INSERT INTO factors VALUES (1, 0, 0, 0)");
            Input factors = learned("factors", List.of(ID), Shape.of(3));
            Relation halves = Relation.empty(List.of(ID), Shape.of(3))
                    .plus(Key.of(1), Tensor.vector(0.5, 1.5, 2.5))
                    .plus(Key.of(2), Tensor.vector(3.5, 4.5, 5.5));
            new ParameterTables(connection).write(model(factors), Map.of("factors", halves));
            assertEquals(halves, new JdbcTables(connection).read(factors));
            assertFalse(new JdbcTables(connection).column("factors", "v").isPresent());
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatGoToARunnerOneByOneAreTheSame(TestDatabase database) throws SQLException {
        try (Connection connection = database.empty();
                ReferenceRunner runner = new ReferenceRunner()) {
            String insert =
                    "INSERT INTO t VALUES (2, 10, 1.5, 0.25, 7, 1.25, '{1, 2}'), (1, -5, 0.1, 3, 8, 2, '{3, 4}'),"
                            + " (1, 30, -2, 0, 0, 0.01, '{5, 6.5}')";
            execute(
                    connection,
                    "CREATE TABLE t (a SMALLINT, b BIGINT, s REAL, w_1 DOUBLE PRECISION, w_2 INTEGER, n NUMERIC(5, 2),"
                            + " v REAL[])",
                    database == TestDatabase.DUCKDB ? insert.replace('{', '[').replace('}', ']') : insert);
            List<Attribute> key = List.of(Attribute.integer("a"), Attribute.integer("b"));
            JdbcTables tables = new JdbcTables(connection);
            for (ValueColumn column : List.of(
                    column("s", Shape.SCALAR),
                    column("w", Shape.of(2)),
                    column("n", Shape.SCALAR),
                    column("v", Shape.of(2)))) {
                Input input = input("t", key, column);
                tables.feed(input, runner);
                assertEquals(tables.read(input), runner.read("t"), column.name());
            }
            String none = "table t: two rows have the key ⟨1⟩;"
                    + " give every row a key of its own, or declare the columns that tell them apart";
            Input twice = input("t", List.of(Attribute.integer("a")), column("s", Shape.SCALAR));
            assertEquals(
                    none,
                    assertThrows(AlgebraException.class, () -> tables.feed(twice, runner))
                            .getMessage());
            execute(connection, "INSERT INTO t VALUES (7, 7, NULL, 0, NULL, NULL, NULL)");
            for (ValueColumn column :
                    List.of(column("s", Shape.SCALAR), column("w", Shape.of(2)), column("v", Shape.of(2)))) {
                Input input = input("t", key, column);
                String message = assertThrows(AlgebraException.class, () -> tables.read(input))
                        .getMessage();
                assertTrue(message.contains("the row ⟨7, 7⟩ is NULL"), message);
                assertEquals(
                        message,
                        assertThrows(AlgebraException.class, () -> tables.feed(input, runner))
                                .getMessage());
            }
            execute(connection, "INSERT INTO t VALUES (NULL, 7, 0, 0, 0, 0, NULL)");
            Input input = input("t", key, column("s", Shape.SCALAR));
            assertEquals(
                    "value.null",
                    assertThrows(AlgebraException.class, () -> tables.feed(input, runner))
                            .code());
        }
    }

    private static Tensor read(JdbcTables tables, String table, String column, Shape shape, int id) {
        return tables.read(input(table, List.of(ID), column(column, shape)))
                .get(Key.of(id))
                .orElseThrow();
    }

    private static void refused(Connection connection, Input input, String message) {
        AlgebraException error = assertThrows(AlgebraException.class, () -> new JdbcTables(connection).read(input));
        assertEquals(message, error.getMessage());
    }

    private static ValueColumn column(String name, Shape shape) {
        return new ValueColumn(name, shape, Optional.empty());
    }

    private static ValueColumn learnedColumn(String name, Shape shape) {
        return new ValueColumn(name, shape, Optional.of(new Initialiser.Zeros()));
    }

    private static Table table(String name, List<Attribute> key, ValueColumn... values) {
        return new Table(
                name,
                key.stream()
                        .map(attribute -> new KeyColumn(attribute, Optional.empty(), Optional.empty()))
                        .toList(),
                key.stream().map(Attribute::name).toList(),
                List.of(values));
    }

    private static Input input(String table, List<Attribute> key, ValueColumn column) {
        RelationType type = new RelationType(key, column.shape(), org.relata.algebra.Facts.NONE);
        return new Input(
                (Scan) RelExpr.scan(table, type),
                table(table, key, column),
                Optional.of(column),
                Optional.empty(),
                List.of());
    }

    private static Input learned(String name, List<Attribute> key, Shape shape) {
        return learned(table(name, key, learnedColumn("v", shape)), 0, name);
    }

    private static Input learned(Table table, int column, String relation) {
        ValueColumn value = table.values().get(column);
        RelationType type = new RelationType(
                table.keys().stream().map(KeyColumn::attribute).toList(), value.shape(), org.relata.algebra.Facts.NONE);
        return new Input(
                (Scan) RelExpr.parameter(relation, type), table, Optional.of(value), Optional.empty(), List.of());
    }

    private static Model model(Input... parameters) {
        return new Model(
                Stream.of(parameters).map(Input::table).distinct().toList(),
                List.of(parameters),
                RelExpr.constant(Relation.scalar(0)),
                Map.of());
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
