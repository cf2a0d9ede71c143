package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.database.RelataException;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.TablePlan;

/// The cases in which the published generator goes wrong, one test each, and what is done here instead.
final class ContractTest {
    @Test
    void labelsKeepTheirCase() {
        TablePlan table =
                Parsing.table("CREATE TABLE t (c TEXT CHECK (c IN ('X', 'Y')), d VARCHAR(3) CHECK(d IN('aB')))");
        assertEquals(ColumnPlan.categorical("c", List.of("X", "Y")), Parsing.column(table, "c"));
        assertEquals(List.of("aB"), Parsing.column(table, "d").labels());
    }

    @Test
    void aCheckOfOneColumnSaysNothingOfAnotherWhoseNameItContains() {
        TablePlan table = Parsing.table(
                "CREATE TABLE t (us TEXT, status TEXT CHECK (status IN ('a', 'b')), stat INT, CHECK (status IN ('b', 'a')))");
        assertEquals(List.of("us TEXT", "status CATEGORICAL", "stat INTEGER"), Parsing.features(table));
    }

    @Test
    void aColumnWhoseNameContainsInIsReadWhole() {
        TablePlan table = Parsing.table("CREATE TABLE t (rating INT CHECK (rating IN (1,2,3)))");
        assertEquals(List.of("1", "2", "3"), Parsing.column(table, "rating").labels());
    }

    @Test
    void numbersAreLabelsAsTheyAreWritten() {
        TablePlan table =
                Parsing.table("CREATE TABLE t (lvl INT CHECK (lvl IN (0,1,2)), d REAL CHECK (d IN (-1, 0.5)))");
        assertEquals(ColumnPlan.categorical("lvl", List.of("0", "1", "2")), Parsing.column(table, "lvl"));
        assertEquals(List.of("-1", "0.5"), Parsing.column(table, "d").labels());
    }

    @Test
    void aKeyStaysAKeyWhateverItsCheckSays() {
        SchemaFile file = Parsing.read("""
                CREATE TABLE p (code TEXT PRIMARY KEY CHECK (code IN ('a', 'b')));
                CREATE TABLE c (p TEXT REFERENCES p CHECK (p IN ('a')), id INT, CHECK (id IN (1, 2)), PRIMARY KEY (id));
                """);
        assertEquals(Optional.of("code"), Parsing.table(file, "p").primaryKey());
        assertEquals(Optional.of("id"), Parsing.table(file, "c").primaryKey());
        assertEquals(List.of("p -> p?"), Parsing.links(Parsing.table(file, "c")));
        assertEquals(List.of(), Parsing.table(file, "c").columns());
    }

    @Test
    void enumerationsInTheTypeAreLabels() {
        TablePlan table = Parsing.table("CREATE TABLE t (e ENUM('x', 'y y', 'it''s') NOT NULL, s SET('p','q'))");
        assertEquals(
                ColumnPlan.categorical("e", List.of("x", "y y", "it's")).withNullShare(0), Parsing.column(table, "e"));
        assertEquals(List.of("p", "q"), Parsing.column(table, "s").labels());
    }

    @Test
    void aKeyMayHaveAnyType() {
        SchemaFile file = Parsing.read("""
                CREATE TABLE a (id SERIAL PRIMARY KEY);
                CREATE TABLE b (id SNOWFLAKE PRIMARY KEY, a_id GIZMO REFERENCES a(id), v BIGSERIAL);
                CREATE TABLE c (id JSONB, b_id BLOB NOT NULL REFERENCES b, PRIMARY KEY (id));
                """);
        assertEquals(Optional.of("id"), Parsing.table(file, "b").primaryKey());
        assertEquals(List.of("a_id -> a?"), Parsing.links(Parsing.table(file, "b")));
        assertEquals(List.of("v INTEGER"), Parsing.features(Parsing.table(file, "b")));
        assertEquals(List.of("b_id -> b"), Parsing.links(Parsing.table(file, "c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "BLOB NOT NULL", "WIBBLE(3)", "TEXT[]", "hstore", "geometry(Point, 4326)"})
    void aFeatureWhoseTypeIsNotDrawnIsRefusedAtOnce(String type) {
        Parsing.fails(
                "ddl.type",
                3,
                5,
                "CREATE TABLE t (\n  id INT PRIMARY KEY, x\n    " + type + ", y INT)",
                "t.x",
                type.toLowerCase(Locale.ROOT).replaceAll("[ (].*", ""),
                "take the column out");
    }

    @Test
    void aFeatureWithoutATypeIsRefused() {
        Parsing.fails("ddl.type", 1, 18, "CREATE TABLE t (a, b INT)", "t.a has no type");
    }

    @Test
    void bytesThatMayBeAbsentAreLeftOutUnlessToldOtherwise() {
        String sql = "CREATE TABLE t (id INT PRIMARY KEY, photo BLOB, doc JSON)";
        RelataException json =
                assertThrows(RelataException.class, () -> SchemaFile.parse("s", sql, Unmodelled.ABSENT_BYTES_LEFT_OUT));
        assertTrue(json.getMessage().contains("t.doc"), json.getMessage());
        RelataException bytes =
                assertThrows(RelataException.class, () -> SchemaFile.parse("s", sql, Unmodelled.REFUSED));
        assertTrue(bytes.getMessage().contains("t.photo"), bytes.getMessage());
        SchemaFile file = SchemaFile.parse("s", sql, Unmodelled.LEFT_OUT);
        assertEquals(
                List.of(
                        "t.photo has type blob, which is not drawn; it is left out",
                        "t.doc has type json, which is not drawn; it is left out"),
                file.notes());
    }

    @Test
    void commentsMayHoldSemicolons() {
        TablePlan table = Parsing.table("""
                -- a; b
                CREATE TABLE t ( -- the id; numbered
                  id INT, /* a ; and a ' */ v INT /* PostgreSQL /* nests; */ them; */
                );
                # done;
                """);
        assertEquals(List.of("id INTEGER", "v INTEGER"), Parsing.features(table));
    }

    @Test
    void aReferenceToAMissingTableNamesTheNearest() {
        Parsing.fails(
                "ddl.table",
                2,
                34,
                "CREATE TABLE users (id INT PRIMARY KEY);\nCREATE TABLE o (u INT REFERENCES user(id));",
                "there is no table user",
                "did you mean users?");
    }

    @Test
    void selfReferencesAndCirclesAreKeptAndTold() {
        SchemaFile file = Parsing.read("""
                CREATE TABLE emp (id INT PRIMARY KEY, boss INT REFERENCES emp, dept INT REFERENCES dept(id));
                CREATE TABLE dept (id INT PRIMARY KEY, head INT NOT NULL, FOREIGN KEY (head) REFERENCES emp (id));
                """);
        assertEquals(List.of("boss -> emp?", "dept -> dept?"), Parsing.links(Parsing.table(file, "emp")));
        assertEquals(List.of("head -> emp"), Parsing.links(Parsing.table(file, "dept")));
        SchemaFile alone = Parsing.read("CREATE TABLE t (id INT PRIMARY KEY, up INT REFERENCES t)");
        assertEquals(List.of(), alone.notes());
    }

    @Test
    void twoLinksToOneParentStayTwo() {
        SchemaFile file = Parsing.read("""
                CREATE TABLE team (id INT PRIMARY KEY);
                CREATE TABLE game (id INT PRIMARY KEY, home INT NOT NULL REFERENCES team, away INT REFERENCES team);
                """);
        assertEquals(List.of("home -> team", "away -> team?"), Parsing.links(Parsing.table(file, "game")));
    }

    @Test
    void linksComeInTheOrderOfTheirColumns() {
        StringBuilder sql = new StringBuilder();
        StringBuilder columns = new StringBuilder();
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            sql.append("CREATE TABLE p").append(i).append(" (id INT PRIMARY KEY);");
            columns.append("c").append(i).append(" INT, ");
            keys.insert(0, "ALTER TABLE t ADD FOREIGN KEY (c" + i + ") REFERENCES p" + i + ";");
        }
        sql.append("CREATE TABLE t (")
                .append(columns)
                .append("PRIMARY KEY (c0, c1));")
                .append(keys);
        List<String> links = Parsing.links(Parsing.table(Parsing.read(sql.toString()), "t"));
        for (int i = 0; i < 30; i++) {
            assertEquals("c" + i + " -> p" + i + (i < 2 ? "" : "?"), links.get(i));
        }
    }

    @Test
    void aParentWithoutAPrimaryKeyIsNumberedByTheColumnReferredTo() {
        SchemaFile file =
                Parsing.read("CREATE TABLE p (code TEXT UNIQUE, v INT); CREATE TABLE c (p TEXT REFERENCES p(code))");
        assertEquals(Optional.of("code"), Parsing.table(file, "p").primaryKey());
        assertEquals(1, file.notes().size(), file.notes().toString());
        assertTrue(file.notes().getFirst().contains("c.p"), file.notes().toString());
    }

    @Test
    void aParentWithoutAKeyIsRefusedWhenNoColumnIsNamed() {
        Parsing.fails(
                "ddl.key",
                2,
                34,
                "CREATE TABLE p (v INT);\nCREATE TABLE c (p INT REFERENCES p)",
                "p, which has no primary key");
    }

    @Test
    void aParentMayHaveNoFeatures() {
        SchemaFile file =
                Parsing.read("CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT REFERENCES p, v REAL)");
        assertEquals(List.of(), Parsing.table(file, "p").columns());
    }

    @Test
    void wholeNumbersStayWhole() {
        TablePlan table = Parsing.table(
                "CREATE TABLE t (a INT, b BIGINT, c SMALLINT, d NUMERIC(10), e DECIMAL(8, 0), f DECIMAL(8,2), g DOUBLE PRECISION)");
        assertEquals(
                List.of("a INTEGER", "b INTEGER", "c INTEGER", "d INTEGER", "e INTEGER", "f NUMERIC", "g NUMERIC"),
                Parsing.features(table));
    }

    @Test
    void aLinkOfSeveralColumnsIsRefused() {
        Parsing.fails(
                "ddl.unsupported",
                2,
                44,
                "CREATE TABLE p (a INT, b INT, PRIMARY KEY (a, b));\nCREATE TABLE c (a INT, b INT, FOREIGN KEY (a, b) "
                        + "REFERENCES p (a, b))",
                "several columns",
                "key of one column");
    }

    @Test
    void requiredColumnsHaveNoNullsAndOthersAreDrawn() {
        TablePlan table = Parsing.table("CREATE TABLE t (a INT NOT NULL, b INT NULL, c INT DEFAULT NULL)");
        assertEquals(OptionalDouble.of(0), Parsing.column(table, "a").nullShare());
        assertEquals(OptionalDouble.empty(), Parsing.column(table, "b").nullShare());
        assertEquals(OptionalDouble.empty(), Parsing.column(table, "c").nullShare());
    }

    @Test
    void datesAndTextsAreDrawnAndOneDateBecomesTheTime() {
        TablePlan table = Parsing.table(
                "CREATE TABLE t (born DATE, shipped TIMESTAMP, ordered_at TIMESTAMP, seen DATETIME, n VARCHAR(9), d TIME)");
        assertEquals(Optional.of("ordered_at"), table.timeColumn());
        assertEquals(List.of("born DATE", "shipped DATE", "seen DATE", "n TEXT", "d NUMERIC"), Parsing.features(table));
        assertEquals(
                Optional.empty(),
                Parsing.table("CREATE TABLE t (birth_date DATE, v INT)").timeColumn());
    }

    @Test
    void theFourTableExampleComesOutWhole() {
        SchemaFile file = Parsing.read("""
                CREATE TABLE users (user_id INTEGER PRIMARY KEY, status TEXT CHECK (status IN ('active', 'gone')));
                CREATE TABLE orders (
                    order_id INTEGER PRIMARY KEY,
                    user_id INTEGER REFERENCES users(user_id),
                    amount DOUBLE,
                    kind TEXT CHECK (kind IN ('web', 'shop', 'phone'))
                );
                CREATE TABLE products (product_id INTEGER PRIMARY KEY, price DOUBLE);
                CREATE TABLE order_items (
                    order_id INTEGER REFERENCES orders(order_id),
                    product_id INTEGER REFERENCES products(product_id),
                    quantity INT
                );
                """);
        assertEquals(
                List.of("users", "orders", "products", "order_items"),
                file.plan().tables().stream().map(TablePlan::name).toList());
        assertEquals(Optional.empty(), Parsing.table(file, "order_items").primaryKey());
        assertEquals(
                List.of("order_id -> orders?", "product_id -> products?"),
                Parsing.links(Parsing.table(file, "order_items")));
        assertEquals(
                FeatureKind.INTEGER,
                Parsing.column(Parsing.table(file, "order_items"), "quantity").kind());
        assertEquals(
                List.of("web", "shop", "phone"),
                Parsing.column(Parsing.table(file, "orders"), "kind").labels());
    }
}
