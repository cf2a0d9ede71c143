package org.relata.synth.ddl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relata.synth.schema.FeatureKind;

/// What an expression says of the values of a column, and what it does not.
final class CheckLabelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c IN ('a', 'b')",
                "((c) IN (('a'), ('b')))",
                "C in ('a','b','a')",
                "t.c IN ('a', 'b') AND v > 3",
                "v BETWEEN 1 AND 2 AND c IN ('a', 'b')",
                "c IS NULL OR c IN ('a', 'b')",
                "c = 'a' OR c = 'b'",
                "c = 'a' OR (c IN ('b'))",
                "\"c\" IN ('a', 'b')",
                "`c` in (_utf8mb4'a', _utf8mb4'b')",
                "c IN (\"a\", \"b\")",
                "c::text = ANY (ARRAY['a'::text, 'b'::text])",
                "(c)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
                "c = ANY ('{a,b}'::text[])",
                "c IN (N'a', E'b')",
                "c IN ('a', 'b', 'c') AND c IN ('b', 'a')"
            })
    void limitsTheColumn(String check) {
        assertEquals(List.of("a", "b"), labels(check), check);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c NOT IN ('a', 'b')",
                "NOT (c IN ('a', 'b'))",
                "NOT c IN ('a', 'b')",
                "lower(c) IN ('a', 'b')",
                "c IN ('a', 'b') OR v > 3",
                "c IN ('a', 'b') OR v IN (1)",
                "c || 'x' IN ('a', 'b')",
                "c IN (SELECT x FROM y)",
                "c IN (lower('a'), 'b')",
                "'c' IN ('a', 'b')",
                "CASE WHEN v > 0 THEN v > 1 AND c IN ('a', 'b') AND v > 2 ELSE TRUE END",
                "v BETWEEN 1 AND c IN ('a', 'b')",
                "c IN ('a', 'b') = (v > 3)",
                "(c IN ('a', 'b')) IS NOT NULL",
                "c <> 'a'",
                "c = ALL (ARRAY['a', 'b'])",
                "c LIKE 'IN (''a'')'",
                "length(c) > 3",
                "c IN ()"
            })
    void limitsNothing(String check) {
        assertEquals(List.of(), labels(check), check);
    }

    @Test
    void severalColumnsMayBeLimitedAtOnce() {
        var table = Parsing.table("CREATE TABLE t (a TEXT, b INT, CHECK (a IN ('x') AND b IN (1, 2)))");
        assertEquals(List.of("x"), Parsing.column(table, "a").labels());
        assertEquals(List.of("1", "2"), Parsing.column(table, "b").labels());
    }

    @Test
    void truthValuesStayTruthValues() {
        var table = Parsing.table("CREATE TABLE t (a BOOLEAN CHECK (a IN (0, 1)), b INT CHECK (b IN (0, 1)))");
        assertEquals(FeatureKind.BOOLEAN, Parsing.column(table, "a").kind());
        assertEquals(FeatureKind.CATEGORICAL, Parsing.column(table, "b").kind());
    }

    @Test
    void checksThatLeaveNoValueAreRefused() {
        Parsing.fails(
                "ddl.check",
                1,
                17,
                "CREATE TABLE t (c TEXT CHECK (c IN ('a')) CHECK (c IN ('b')))",
                "t.c",
                "leave it no value");
    }

    @Test
    void deepParenthesesEndNothing() {
        String deep = "(".repeat(20_000) + "c" + ")".repeat(20_000) + " IN ('a')";
        assertEquals(List.of(), labels(deep));
    }

    private static List<String> labels(String check) {
        return Parsing.column(Parsing.table("CREATE TABLE t (c TEXT, v INT, CHECK (" + check + "))"), "c")
                .labels();
    }
}
