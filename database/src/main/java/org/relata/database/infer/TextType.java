package org.relata.database.infer;

import java.util.List;
import org.relata.database.Sql;

/// A type that texts may turn out to be of: the test, the cast, and how to speak of it. `@v@` stands for the text.
///
/// @param duckType the DuckDB type of the typed value
/// @param plural how the values are called
/// @param testSql true for texts of this type
/// @param castSql the typed value; null for other texts
record TextType(String duckType, String plural, String testSql, String castSql) {
    /// Written back it must be the same text, so `007`, `1_000` and `1.0` are codes or decimals, not whole numbers.
    static final TextType WHOLE_NUMBER = new TextType(
            "BIGINT",
            "whole numbers",
            "CAST(TRY_CAST(trim(@v@) AS BIGINT) AS VARCHAR) = ltrim(trim(@v@), '+')",
            "CASE WHEN CAST(TRY_CAST(trim(@v@) AS BIGINT) AS VARCHAR) = ltrim(trim(@v@), '+') "
                    + "THEN TRY_CAST(trim(@v@) AS BIGINT) END");

    /// Leading zeros mark codes: a postcode is no number.
    private static final String PLAIN_NUMBER =
            "(coalesce(isfinite(TRY_CAST(trim(@v@) AS DOUBLE)), false) AND NOT regexp_matches(@v@, '^\\s*[+-]?0[0-9]|_|[nN]'))";

    static final TextType NUMBER = new TextType(
            "DOUBLE", "numbers", PLAIN_NUMBER, "CASE WHEN " + PLAIN_NUMBER + " THEN TRY_CAST(trim(@v@) AS DOUBLE) END");

    private static final String YES_NO = "lower(trim(@v@)) IN ('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n')";

    static final TextType BOOLEAN = new TextType(
            "BOOLEAN",
            "true or false",
            YES_NO,
            "CASE lower(trim(@v@)) WHEN 'true' THEN true WHEN 't' THEN true WHEN 'yes' THEN true WHEN 'y' THEN true "
                    + "WHEN 'false' THEN false WHEN 'f' THEN false WHEN 'no' THEN false WHEN 'n' THEN false END");

    private static final String ISO_DATE = "regexp_full_match(@v@, '\\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\\s*')";

    static final TextType DATE = new TextType(
            "DATE", "dates", ISO_DATE + " AND TRY_CAST(trim(@v@) AS DATE) IS NOT NULL", "TRY_CAST(trim(@v@) AS DATE)");

    private static final String ZONED = "regexp_matches(@v@, '[0-9]:[0-9.:]+ ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)\\s*$')";

    /// With a zone the text is brought to UTC; without one it is taken as it stands.
    private static final String MOMENT = "CASE WHEN " + ZONED
            + " THEN CAST(TRY_CAST(trim(@v@) AS TIMESTAMPTZ) AS TIMESTAMP) ELSE TRY_CAST(trim(@v@) AS TIMESTAMP) END";

    static final TextType TIMESTAMP = new TextType(
            "TIMESTAMP", "dates", "regexp_matches(@v@, '^\\s*[0-9]{4}[-/]') AND (" + MOMENT + ") IS NOT NULL", MOMENT);

    static final TextType CLOCK = new TextType(
            "TIME",
            "times of day",
            "regexp_full_match(@v@, '[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?') AND TRY_CAST(@v@ AS TIME) IS NOT NULL",
            "TRY_CAST(@v@ AS TIME)");

    /// Written with the day first or the month first, the earlier in this list wins where both fit every value.
    private static final List<String> FORMATS = List.of(
            "%m/%d/%Y",
            "%d/%m/%Y",
            "%d.%m.%Y",
            "%d-%m-%Y",
            "%m/%d/%Y %H:%M",
            "%m/%d/%Y %H:%M:%S",
            "%m/%d/%Y %I:%M:%S %p",
            "%d/%m/%Y %H:%M",
            "%d/%m/%Y %H:%M:%S",
            "%d.%m.%Y %H:%M",
            "%d.%m.%Y %H:%M:%S",
            "%d %b %Y",
            "%d-%b-%Y",
            "%b %d, %Y",
            "%B %d, %Y",
            "%a, %d %b %Y %H:%M:%S GMT");

    /// Texts worth trying all formats on: with a year and another number in them. It is tested, never taken.
    static final TextType DATE_LIKE = new TextType(
            "TIMESTAMP",
            "dates",
            "length(@v@) BETWEEN 8 AND 32 AND regexp_matches(@v@, '[0-9][^0-9].*[12][0-9]{3}([^0-9]|$)|"
                    + "^[A-Za-z]+ [0-9]{1,2}, [0-9]{4}')",
            "CAST(NULL AS TIMESTAMP)");

    /// Numbers that count from 1970; taken for times only where the user says that they are.
    private static TextType sinceEpoch(String unit, long perSecond) {
        String number = "TRY_CAST(trim(@v@) AS BIGINT)";
        String range = number + " BETWEEN " + 10_000_000L * perSecond + " AND " + 9_999_999_999L * perSecond;
        return new TextType(
                "TIMESTAMP",
                unit + " since 1970",
                "coalesce(" + range + ", false)",
                "CASE WHEN " + range + " THEN make_timestamp(" + number + " * " + 1_000_000L / perSecond + ") END");
    }

    static final List<TextType> NUMBERS = List.of(WHOLE_NUMBER, NUMBER);
    /// A time of day counts as a number of seconds.
    static final List<TextType> DECLARED_NUMBERS = List.of(WHOLE_NUMBER, CLOCK, NUMBER);
    static final List<TextType> YES_OR_NO = List.of(BOOLEAN);
    static final List<TextType> DATES = List.of(DATE, TIMESTAMP, DATE_LIKE);
    static final List<TextType> DECLARED_DATES =
            List.of(DATE, TIMESTAMP, sinceEpoch("seconds", 1), sinceEpoch("milliseconds", 1000), DATE_LIKE);
    static final List<TextType> ALL = List.of(WHOLE_NUMBER, NUMBER, BOOLEAN, CLOCK, DATE, TIMESTAMP, DATE_LIKE);
    static final List<TextType> WRITTEN_DATES =
            FORMATS.stream().map(TextType::dateOfFormat).toList();

    /// Dates written in one stated way.
    static TextType dateOfFormat(String format) {
        String parsed = "TRY_STRPTIME(trim(@v@), " + Sql.text(format) + ")";
        return new TextType("TIMESTAMP", "dates written as " + format, parsed + " IS NOT NULL", parsed);
    }

    String test(String value) {
        return testSql.replace("@v@", value);
    }

    /// The typed value of a text that may be of another type.
    String cast(String value) {
        return castSql.replace("@v@", value);
    }

    /// The typed value of a text known to be of this type, which is cheaper.
    String castOfFitting(String value) {
        return switch (duckType) {
            case "BIGINT", "DOUBLE" -> "TRY_CAST(trim(" + value + ") AS " + duckType + ")";
            default -> cast(value);
        };
    }
}
