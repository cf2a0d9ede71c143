package org.relata.sql.write;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute.Domain;

/// How one database writes what others write differently. What is not said here is written as the algebra declares it.
///
/// @param name on a command line
/// @param quote around names that need it
/// @param texts of kernel operations, by operation
/// @param totals of aggregators, by aggregator; {0} stands for the value
/// @param words of the rest
public record Dialect(
        String name, char quote, Map<Object, String> texts, Map<Aggregator, String> totals, Map<Word, String> words) {
    /// Text that differs from database to database.
    public enum Word {
        /// The type of values.
        REAL,
        /// The type of integer keys.
        INTEGER,
        /// The type of text keys.
        TEXT,
        /// Integer division that drops the fraction.
        DIVISION,
        /// An order comparison of strings by code point; {0} stands for a string.
        COLLATION,
        /// After an inner SELECT whose values must not be computed again for each use.
        FENCE,
        /// Before the name of a new table of the session.
        TABLE,
        /// Before the name of a function of the session.
        FUNCTION,
        /// Before the brackets of a list.
        LIST,
        /// The index of the first element of a list.
        FIRST
    }

    /// DuckDB.
    public static final Dialect DUCKDB = new Dialect(
            "duckdb",
            '"',
            Map.of(),
            Map.of(Aggregator.PRODUCT, "PRODUCT({0})"),
            Map.of(
                    Word.REAL, "DOUBLE",
                    Word.INTEGER, "BIGINT",
                    Word.TEXT, "VARCHAR",
                    Word.DIVISION, "{0} // {1}",
                    Word.COLLATION, "{0}",
                    Word.FENCE, "",
                    Word.TABLE, "CREATE TEMPORARY TABLE",
                    Word.FUNCTION, "",
                    Word.LIST, "",
                    Word.FIRST, "1"));

    /// PostgreSQL. It refuses overflow and underflow, so functions stay away from both where that does not change the
    /// result by more than rounding.
    public static final Dialect POSTGRES = new Dialect(
            "postgres",
            '"',
            Map.of(
                    Unary.Operation.EXP, "EXP(GREATEST({0}, -700))",
                    Unary.Operation.SIGMOID, "0.5 * (1 + TANH(0.5 * {0}))",
                    Unary.Operation.SOFTPLUS, "GREATEST({0}, 0) + LN(1 + EXP(GREATEST(-ABS({0}), -700)))"),
            Map.of(
                    Aggregator.PRODUCT,
                    "CASE WHEN COUNT(*) FILTER (WHERE {0} = 0) > 0 THEN 0 ELSE EXP(SUM(LN(ABS(NULLIF({0}, 0)))))"
                            + " * (1 - 2 * (COUNT(*) FILTER (WHERE {0} < 0) % 2)) END"),
            Map.of(
                    Word.REAL, "DOUBLE PRECISION",
                    Word.INTEGER, "BIGINT",
                    Word.TEXT, "TEXT",
                    Word.DIVISION, "{0} / {1}",
                    Word.COLLATION, "{0} COLLATE \"C\"",
                    Word.FENCE, "OFFSET 0",
                    Word.TABLE, "CREATE TEMPORARY TABLE",
                    Word.FUNCTION, "pg_temp.",
                    Word.LIST, "ARRAY",
                    Word.FIRST, "1"));

    /// Spark SQL.
    public static final Dialect SPARK = new Dialect(
            "spark",
            '`',
            Map.of(),
            Map.of(
                    Aggregator.PRODUCT,
                    "CASE WHEN COUNT_IF({0} = 0) > 0 THEN 0 ELSE EXP(SUM(LN(ABS(NULLIF({0}, 0)))))"
                            + " * (1 - 2 * (COUNT_IF({0} < 0) % 2)) END"),
            Map.of(
                    Word.REAL, "DOUBLE",
                    Word.INTEGER, "BIGINT",
                    Word.TEXT, "STRING",
                    Word.DIVISION, "{0} DIV {1}",
                    Word.COLLATION, "{0}",
                    Word.FENCE, "",
                    Word.TABLE, "CACHE TABLE",
                    Word.FUNCTION, "",
                    Word.LIST, "",
                    Word.FIRST, "0"));

    private static final Map<Aggregator, String> TOTALS = Map.of(
            Aggregator.SUM, "SUM({0})",
            Aggregator.MEAN, "AVG({0})",
            Aggregator.MINIMUM, "MIN({0})",
            Aggregator.MAXIMUM, "MAX({0})",
            Aggregator.COUNT, "COUNT(*)",
            Aggregator.VARIANCE, "VAR_SAMP({0})",
            Aggregator.DEVIATION, "STDDEV_SAMP({0})");

    /// Words that one of the databases does not take for a name, or not everywhere.
    private static final Set<String> RESERVED = Set.of(
            ("all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both"
                            + " case cast char character check coalesce collate collation column concurrently constraint"
                            + " create cross current_catalog current_date current_role current_schema current_time"
                            + " current_timestamp current_user dec decimal default deferrable desc describe distinct do"
                            + " else end except exists extract false fetch float for foreign freeze from full glob grant"
                            + " greatest group grouping having ilike in initially inner inout int integer intersect"
                            + " interval into is isnull join lambda lateral leading least left like limit localtime"
                            + " localtimestamp map natural not notnull null nullif numeric offset on only or order out"
                            + " outer overlaps overlay pivot pivot_longer pivot_wider placing position precision primary"
                            + " qualify real references returning right select semi session_user setof show similar some"
                            + " struct substring summarize symmetric system_user table tablesample then time timestamp"
                            + " to trailing treat trim true try_cast union unique unpack unpivot user using values"
                            + " varchar variadic verbose when where window with xmlattributes anti asof div")
                    .split(" "));

    /// Copies.
    public Dialect {
        texts = Map.copyOf(texts);
        totals = Map.copyOf(totals);
        words = Map.copyOf(words);
    }

    /// The dialect of a name: `duckdb`, `postgres` or `spark`.
    public static Dialect named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "duckdb" -> DUCKDB;
            case "postgres", "postgresql" -> POSTGRES;
            case "spark" -> SPARK;
            default ->
                throw new AlgebraException(
                        "dialect.unknown",
                        "dialect " + name,
                        "there is no such dialect",
                        "there are duckdb, postgres and spark");
        };
    }

    /// A name as it is written: quoted unless all databases read it the same without.
    public String name(String name) {
        if (name.matches("[a-z_][a-z0-9_]*") && !RESERVED.contains(name)) {
            return name;
        }
        return quoted(name);
    }

    /// A name in quotes.
    public String quoted(String name) {
        return quote + name.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
    }

    /// A string literal.
    String literal(String text) {
        // Spark takes a backslash for an escape.
        String escaped = quote == '`' ? text.replace("\\", "\\\\") : text;
        return "'" + escaped.replace("'", "''") + "'";
    }

    /// The text of a word.
    public String word(Word word) {
        String text = words.get(word);
        if (text == null) {
            throw new IllegalStateException(name + " has no word for " + word);
        }
        return text;
    }

    /// Whether the database works on columns, many rows at a time: it computes what stands twice in a SELECT once, and
    /// looks a row up in less time than it takes to write it down.
    boolean columnar() {
        // A database that works row by row needs a fence.
        return word(Word.FENCE).isEmpty();
    }

    /// Whether a quotient of two integers is an integer.
    boolean dividesIntegers() {
        return word(Word.DIVISION).equals("{0} / {1}");
    }

    String type(Domain domain) {
        return word(domain == Domain.INTEGER ? Word.INTEGER : Word.TEXT);
    }

    String text(Unary.Operation operation) {
        return texts.getOrDefault(operation, operation.sql());
    }

    String text(Binary.Operation operation) {
        return texts.getOrDefault(operation, operation.sql());
    }

    String total(Aggregator aggregator) {
        Map<Aggregator, String> all = new HashMap<>(TOTALS);
        all.putAll(totals);
        String text = all.get(aggregator);
        if (text == null) {
            throw new IllegalStateException(aggregator + " is rewritten before it is written");
        }
        return text;
    }
}
