package org.relata.sql.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.AlgebraException;
import org.relata.sql.model.Model;
import org.relata.sql.write.ModelScript;

/// What is outside of the dialect, with the place that is told and the answer.
final class RefusalTest {
    /// Declarations on line 1; what is tried is line 2.
    private static final String TABLES = "CREATE TABLE t (k INT, name TEXT, v DOUBLE, x VECTOR[2], y VECTOR[3]);"
            + " CREATE PARAMETER TABLE w (k INT PRIMARY KEY, v DOUBLE);\n";

    static Stream<Arguments> refusals() {
        return Stream.of(
                of(
                        "SELECT SUM(v) OVER (PARTITION BY k) FROM t",
                        15,
                        "window functions are not differentiated;"
                                + " aggregate in a sub-query and join it back on the key"),
                of(
                        "SELECT DISTINCT k FROM t",
                        8,
                        "DISTINCT is not supported: a relation has each key once;"
                                + " GROUP BY the keys that should differ"),
                of(
                        "SELECT k, SUM(v) FROM t GROUP BY k HAVING SUM(v) > 1",
                        36,
                        "HAVING is not supported: which keys there"
                                + " are must not depend on computed values; weigh values with CASE WHEN instead"),
                of(
                        "SELECT SUM(v) FROM t ORDER BY k",
                        22,
                        "ORDER BY is not supported: relations have no order; leave it out"),
                of(
                        "SELECT SUM(v) FROM t LIMIT 3",
                        22,
                        "LIMIT is not supported: relations have no order; restrict keys in" + " WHERE"),
                of(
                        "SELECT SUM(t.v) FROM t LEFT JOIN w ON t.k = w.k",
                        24,
                        "outer joins are not supported: a relation has no"
                                + " NULL; use JOIN, or UNION ALL, which takes what is absent for zero"),
                of(
                        "SELECT SUM(t.v) FROM t FULL OUTER JOIN w ON t.k = w.k",
                        24,
                        "outer joins are not supported: a relation"
                                + " has no NULL; use JOIN, or UNION ALL, which takes what is absent for zero"),
                of(
                        "SELECT k, v FROM w INTERSECT SELECT k, v FROM w",
                        20,
                        "INTERSECT is not supported; join on the keys that" + " both have, or restrict keys in WHERE"),
                of(
                        "SELECT k, v FROM w EXCEPT SELECT k, v FROM w",
                        20,
                        "EXCEPT is not supported; join on the keys that both" + " have, or restrict keys in WHERE"),
                of(
                        "SELECT k, v FROM w UNION SELECT k, v FROM w",
                        26,
                        "UNION, which leaves out equal rows, is not supported;"
                                + " write UNION ALL: values of equal keys add up"),
                of(
                        "SELECT SUM(v) FROM t WHERE EXISTS (SELECT k FROM w)",
                        28,
                        "EXISTS is not supported; join the sub-query"
                                + " in FROM, grouped by the key that is compared"),
                of(
                        "SELECT SUM(v) FROM t WHERE k IN (SELECT k FROM w)",
                        34,
                        "IN over a sub-query is not supported; join the"
                                + " sub-query in FROM, grouped by the key that is compared"),
                of(
                        "SELECT SUM(v) + (SELECT SUM(v) FROM w) FROM t",
                        17,
                        "a sub-query inside an expression is not supported;"
                                + " put it in FROM under a name, and join it on its keys"),
                of(
                        "SELECT SUM(q.v) FROM t, (SELECT SUM(v) AS v FROM w WHERE w.k = t.k) q",
                        64,
                        "a sub-query cannot see t,"
                                + " which is outside of it; join them in FROM, on keys that the sub-query selects"),
                of("SELECT * FROM t", 8, "* is not supported; name the keys and values that are meant"),
                of("SELECT SUM(COALESCE(v, 0)) FROM t", 12, "no value is NULL: coalesce has no use; leave it out"),
                of(
                        "SELECT SUM(v) FROM t WHERE v IS NOT NULL",
                        30,
                        "IS is not supported: no value is NULL; leave the" + " condition out"),
                of("SELECT SUM(CASE WHEN v > 0 THEN v END) FROM t", 12, "a CASE without ELSE could be NULL; add ELSE"),
                of("SELECT SUM(vv) FROM t", 12, "there is no column vv; did you mean \"v\"?"),
                of("SELECT SUM(t.name2) FROM t", 14, "t has no column name2; did you mean \"name\"?"),
                of("SELECT SUM(v) FROM tt", 20, "there is no table tt; did you mean \"t\"?"),
                of("SELECT SUM(u.v) FROM t", 12, "no table in FROM is called u; did you mean \"t\"?"),
                of(
                        "SELECT SUM(\"V\") FROM t",
                        12,
                        "there is no column V; did you mean \"v\"? Quoted names match exactly"),
                of("SELECT SUM(softplu(v)) FROM t", 12, "there is no function softplu; did you mean \"softplus\"?"),
                of("SELECT SUM(v) FROM t, w", 12, "more than one table has a column v; write t.v or w.v"),
                of("SELECT SUM(t.v) FROM t, t", 25, "two tables in FROM are called t; give one another name: t AS u"),
                of(
                        "SELECT v, SUM(v) FROM t GROUP BY v",
                        34,
                        "groups are of keys, and this is a value; declare it an" + " integer or text column"),
                of(
                        "SELECT k, SUM(v) FROM t",
                        8,
                        "k differs within a group; add it to GROUP BY, or aggregate it: SUM, AVG," + " MIN, MAX, …"),
                of(
                        "SELECT k, v + SUM(v) FROM t GROUP BY k",
                        11,
                        "v differs within a group; add it to GROUP BY, or aggregate" + " it: SUM, AVG, MIN, MAX, …"),
                of(
                        "SELECT SUM(v) FROM t GROUP BY k",
                        31,
                        "a key of the groups is not selected; add it to the SELECT list"),
                of(
                        "SELECT SUM(AVG(v)) FROM t",
                        12,
                        "an aggregate of an aggregate; compute the inner one in a sub-query"),
                of(
                        "SELECT SUM(v) FROM t WHERE SUM(v) > 1",
                        28,
                        "an aggregate in a condition; weigh values with CASE WHEN in" + " the outer query"),
                of(
                        "SELECT SUM(v) FROM w WHERE v > 0",
                        28,
                        "a condition over values of w, which has parameters; which tuples"
                                + " there are must not depend on it; weigh values: CASE WHEN … THEN … ELSE 0 END"),
                of(
                        "SELECT SUM(q.s) FROM (SELECT k, SUM(v) AS s FROM t GROUP BY k) q WHERE q.s > 0",
                        72,
                        "a condition over"
                                + " the computed value q.s; which tuples there are must not depend on it; weigh values: CASE WHEN …"
                                + " THEN … ELSE 0 END"),
                of(
                        "SELECT SUM(v) FROM t WHERE v > k",
                        32,
                        "a condition over keys and values at once; separate them by AND,"
                                + " or weigh values: CASE WHEN … THEN … ELSE 0 END"),
                of("SELECT SUM(v) FROM t WHERE k = name", 28, "an integer is compared with a text"),
                of("SELECT SUM(v + name) FROM t", 16, "a text is not a number; compare it, or leave it a key"),
                of("SELECT SUM(v > 0) FROM t", 12, "a condition is not a number; write CASE WHEN … THEN 1 ELSE 0 END"),
                of(
                        "SELECT SUM(inner_product(x, y)) FROM t",
                        12,
                        "inner product: shapes [2] and [3] differ; make them equal"),
                of(
                        "SELECT SUM(tensor_sum(x + y)) FROM t",
                        23,
                        "shapes [2] and [3]: extents 2 and 3 of one axis differ; make" + " them equal, or 1"),
                of("SELECT SUM(tensor_sum(slice(x, 1, 4))) FROM t", 23, "slice: 1:4 is outside axis 0 of [2]"),
                of("SELECT SUM(sqrt(v, 2)) FROM t", 12, "sqrt takes 1 argument, not 2"),
                of(
                        "SELECT SUM(v) FROM t; SELECT SUM(v) FROM w",
                        23,
                        "there is a second query; name all but the last:" + " CREATE VIEW name AS …"),
                of(
                        "SELECT SUM(v) FROM t; CREATE TABLE z (k INT)",
                        23,
                        "something follows the loss; the loss is the last" + " statement"),
                of(
                        "CREATE VIEW z AS SELECT SUM(v) FROM t",
                        38,
                        "there is no loss; end with a query for one number: SELECT" + " SUM(…) FROM …"),
                of(
                        "SELECT k, SUM(v) FROM t GROUP BY k",
                        1,
                        "the loss has the keys [k] instead of being one number;"
                                + " aggregate over all of them, and select no key"),
                of(
                        "SELECT v FROM t",
                        8,
                        "the loss is one value for each tuple instead of one number; aggregate it: SUM(…) or"
                                + " AVG(…)"),
                of(
                        "SELECT SUM(v) AS a, AVG(v) AS b FROM t",
                        1,
                        "the loss is 2 values instead of one number; select one, the" + " sum of all that matters"),
                of(
                        "SELECT SUM(x) FROM t",
                        1,
                        "the loss has shape [2] instead of being one number; take tensor_sum,"
                                + " tensor_mean or norm of it"),
                of(
                        "SELECT SUM(v) AS a, AVG(v) AS a FROM t",
                        21,
                        "two columns are called a; give one another name: AS name"),
                of(
                        "SELECT k + 1, SUM(v) FROM t GROUP BY k + 1",
                        8,
                        "a computed key has no name; give it one: … AS name"),
                of(
                        "SELECT k, v FROM w UNION ALL SELECT name, v FROM t",
                        30,
                        "it has the keys [k:text] and the values [v],"
                                + " the query before UNION ALL the keys [k] and the values [v]; select keys and values of the same"
                                + " types in the same order"),
                of("SELECT SUM(v) FROM (SELECT v FROM t)", 21, "this sub-query has no name; write (…) AS name"),
                of("SELECT SUM(v) FROM", 19, "the query ends too early; close what is open"),
                of("SELECT SUM(v FROM t", 14, "FROM cannot stand here; look at what is before it"),
                of("SELECT SUM(v)) FROM t", 14, "no bracket is open that ) would close; leave it out"),
                of("SELECT SUM('it) FROM t", 12, "the string does not end; close it with '"),
                of(
                        "SELECT SUM(v::int) FROM t",
                        13,
                        "no name after :; write :name for a hyper-parameter, CAST(x AS DOUBLE)" + " to convert"),
                of(
                        "DROP TABLE t",
                        1,
                        "DROP stands where CREATE TABLE, CREATE PARAMETER TABLE, CREATE VIEW or SELECT should" + " be"),
                of("CREATE TABLE T (k INT)", 14, "there is a table or view T already; rename one"),
                of("CREATE TABLE u (k INT, K DOUBLE)", 24, "column K is declared twice; rename one"),
                of(
                        "CREATE TABLE u (k DATE)",
                        19,
                        "there is no column type DATE; keys are INT, BIGINT, TEXT or VARCHAR,"
                                + " values DOUBLE, VECTOR[n] or MATRIX[n][m]"),
                of(
                        "CREATE TABLE u (v DOUBLE PRIMARY KEY)",
                        17,
                        "v holds values, and keys are integers or texts; give it" + " another type"),
                of("CREATE TABLE u (k INT REFERENCES s(k))", 34, "there is no table s; did you mean \"t\"?"),
                of(
                        "CREATE TABLE u (k INT, x VECTOR[])",
                        26,
                        "the size of u.x is not stated and the data does not tell it;" + " write VECTOR[n]"),
                of("CREATE TABLE u (k INT CHECK (k BETWEEN 5 AND 1))", 40, "no integer lies between 5 and 1"),
                of(
                        "CREATE PARAMETER TABLE u (k INT)",
                        24,
                        "table u has no value to learn; give it a column of values"));
    }

    private static Arguments of(String text, int column, String message) {
        return Arguments.of(text, column, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedWithPlaceAndReason(String text, int column, String message) {
        AlgebraException e = assertThrows(AlgebraException.class, () -> Examples.parse(TABLES + text));
        assertEquals("model.sql, line 2, column " + column + ": " + message, e.getMessage());
    }

    @Test
    void nestingTooDeepIsRefusedBeforeAnythingOverflows() {
        for (String[] nest : new String[][] {
            {"(", ")"}, {"- ", ""}, {"exp(", ")"}, {"CASE WHEN v > 0 THEN ", " ELSE 1 END"}, {"gelu(gelu(", "))"}
        }) {
            String text = TABLES + "SELECT SUM(" + nest[0].repeat(100_000) + "v" + nest[1].repeat(100_000) + ") FROM t";
            AlgebraException e = assertThrows(AlgebraException.class, () -> Examples.parse(text));
            assertEquals("brackets, CASE and signs are nested more than 100 deep", e.problem());
        }
        String queries = TABLES + "SELECT SUM(v) FROM (".repeat(5_000) + "SELECT v FROM t" + ") q".repeat(5_000);
        assertEquals(
                "brackets, CASE and signs are nested more than 100 deep",
                assertThrows(AlgebraException.class, () -> Examples.parse(queries))
                        .problem());
    }

    @Test
    void whatIsJustNotTooDeepIsRead() {
        for (String[] nest : new String[][] {
            {"(", ")"}, {"exp(", ")"}, {"CASE WHEN k = 1 THEN 2 ELSE ", " END"}, {"gelu(", ")"}, {"1 + 2 * (", ")"}
        }) {
            int times = nest[0].equals("gelu(") ? 30 : 99;
            Examples.parse(TABLES + "SELECT SUM(" + nest[0].repeat(times) + "v" + nest[1].repeat(times) + ") FROM t");
        }
    }

    @Test
    void longRowsOfOperatorsAreReadOrRefused() {
        Examples.parse(TABLES + "SELECT SUM(v" + " + v".repeat(900) + ") FROM t");
        for (String row : new String[] {" + v", " * v", " / v"}) {
            String text = TABLES + "SELECT SUM(v" + row.repeat(10_000) + ") FROM t";
            assertEquals(
                    "more than 1000 operators in one expression",
                    assertThrows(AlgebraException.class, () -> Examples.parse(text))
                            .problem());
        }
        String conditions = TABLES + "SELECT SUM(v) FROM t WHERE k = 1" + " OR k = 2".repeat(10_000);
        assertThrows(AlgebraException.class, () -> Examples.parse(conditions));
        String joins = TABLES + "SELECT SUM(t.v) FROM t" + ", t".repeat(10_000);
        assertThrows(AlgebraException.class, () -> Examples.parse(joins));
    }

    @Test
    void keysThatGrowFromViewToViewAreRefusedBeforeWhoeverWalksThemOverflows() {
        for (String growth : new String[] {"k" + " + 1".repeat(90), "k + k"}) {
            StringBuilder text = new StringBuilder(TABLES + "CREATE VIEW v0 AS SELECT k, v FROM w;\n");
            for (int index = 1; index < 60; index++) {
                text.append("CREATE VIEW v" + index + " AS SELECT " + growth + " AS k, v FROM v" + (index - 1) + ";\n");
            }
            Model model = Examples.parse(text + "SELECT SUM(v) FROM v59 WHERE k > 3");
            AlgebraException e = assertThrows(
                    AlgebraException.class, () -> ModelScript.gradient(model, List.of("w"), Rewrites.all()));
            assertEquals("key.deep", e.code());
        }
    }

    @Test
    void aLongChainOfViewsIsRefusedBeforeWhoeverWalksItOverflows() {
        StringBuilder text = new StringBuilder(TABLES + "CREATE VIEW v0 AS SELECT k, v FROM w;\n");
        for (int index = 1; index < 1_100; index++) {
            text.append("CREATE VIEW v" + index + " AS SELECT k, v + 1 AS v FROM v" + (index - 1) + ";\n");
        }
        AlgebraException e =
                assertThrows(AlgebraException.class, () -> Examples.parse(text + "SELECT SUM(v) FROM v1099"));
        assertEquals("more than 1000 operators are on top of each other", e.problem());
    }

    @Test
    void whatIsWrittenOnceAndReadOftenDoesNotExplode() {
        String nested = "v";
        for (int depth = 0; depth < 40; depth++) {
            nested = "CASE WHEN " + nested + " BETWEEN 0 AND 1 THEN 1 ELSE 2 END";
        }
        String text = TABLES + "SELECT SUM(" + nested + ") FROM t";
        assertEquals(
                "the expression has more than 10000 parts",
                assertThrows(AlgebraException.class, () -> Examples.parse(text)).problem());
    }
}
