package org.relata.sql.write;

import java.util.ArrayList;
import java.util.List;

/// What must stand in a session before the statements of a program: the table of what varies, and the functions behind
/// random numbers. Only what the program uses.
public final class Prelude {
    /// The finaliser of SplitMix64 over words that are taken in one after the other, as `Leaf.Random` says. Numbers of
    /// 64
    /// bits are multiplied in 128 and cut.
    private static final List<String> DUCKDB = List.of("""
            CREATE OR REPLACE TEMPORARY MACRO relata_cut(n) AS (n::UHUGEINT & 18446744073709551615::UHUGEINT)::UBIGINT""", """
            CREATE OR REPLACE TEMPORARY MACRO relata_mix(n) AS
            list_reduce([n, 30, 27, 31]::UBIGINT[], lambda z, shift: relata_cut(
                xor(z, z >> shift)::UHUGEINT * CASE shift
                    WHEN 30 THEN 13787848793156543929::UHUGEINT WHEN 27 THEN 10723151780598845931::UHUGEINT
                    ELSE 1::UHUGEINT END))""", """
            CREATE OR REPLACE TEMPORARY MACRO relata_random(words) AS
            (list_reduce(
                list_transform(words, lambda w: (w::HUGEINT & 18446744073709551615::HUGEINT)::UBIGINT),
                lambda state, word: relata_mix(relata_cut(xor(state, word)::UHUGEINT + 11400714819323198485::UHUGEINT))
            ) >> 11)::DOUBLE / 9007199254740992""");

    private static final List<String> POSTGRES = List.of("""
            CREATE OR REPLACE FUNCTION pg_temp.relata_cut(n NUMERIC) RETURNS BIGINT IMMUTABLE LANGUAGE SQL AS $$
                SELECT (CASE WHEN r > 9223372036854775807 THEN r - 18446744073709551616 ELSE r END)::BIGINT
                FROM (SELECT MOD(MOD(n, 18446744073709551616) + 18446744073709551616, 18446744073709551616) AS r) AS m
            $$""", """
            CREATE OR REPLACE FUNCTION pg_temp.relata_random(words BIGINT[]) RETURNS DOUBLE PRECISION
            IMMUTABLE LANGUAGE plpgsql AS $$
            DECLARE z BIGINT := words[1];
            BEGIN
                FOR each IN 2 .. ARRAY_LENGTH(words, 1) LOOP
                    z := pg_temp.relata_cut((z # words[each])::NUMERIC + 11400714819323198485);
                    z := pg_temp.relata_cut((z # ((z >> 30) & 17179869183))::NUMERIC * 13787848793156543929);
                    z := pg_temp.relata_cut((z # ((z >> 27) & 137438953471))::NUMERIC * 10723151780598845931);
                    z := z # ((z >> 31) & 8589934591);
                END LOOP;
                RETURN ((z >> 11) & 9007199254740991)::DOUBLE PRECISION / 9007199254740992;
            END $$""");

    private Prelude() {}

    /// The statements.
    public static List<String> of(Dialect dialect, RunTable run) {
        List<String> statements = new ArrayList<>();
        if (run.isUsed()) {
            statements.add(run.declaration());
        }
        statements.addAll(functions(dialect, run));
        return statements;
    }

    /// The functions alone.
    public static List<String> functions(Dialect dialect, RunTable run) {
        if (!run.isRandom()) {
            return List.of();
        }
        return switch (dialect.name()) {
            case "duckdb" -> DUCKDB;
            case "postgres" -> POSTGRES;
            default ->
                throw ScalarSql.unsupported(
                        "random numbers",
                        "there are none in the dialect " + dialect.name() + " yet",
                        "keep them in a table, or use duckdb or postgres");
        };
    }
}
