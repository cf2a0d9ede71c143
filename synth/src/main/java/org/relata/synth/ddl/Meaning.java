package org.relata.synth.ddl;

import java.util.HashMap;
import java.util.Map;

/// What the values of an SQL type are to a generator.
enum Meaning {
    WHOLE_NUMBER,
    NUMBER,
    TRUTH,
    TEXT,
    DATE,
    /// Bytes that mean something to a program only: pictures, documents.
    BINARY,
    /// A type that is known and not drawn: values with parts, places, networks of words.
    NOT_DRAWN,
    /// A name that is no type of the three flavours, nor made by the file.
    UNKNOWN;

    /// By the first word of the type's name.
    private static final Map<String, Meaning> WORDS = new HashMap<>();

    static {
        put(WHOLE_NUMBER, """
                int integer int1 int2 int3 int4 int8 int16 int32 int64 smallint bigint tinyint mediumint middleint
                serial bigserial smallserial serial2 serial4 serial8 year unsigned big hugeint uhugeint ubigint uinteger
                usmallint utinyint
                """);
        // times of day and intervals are counted in seconds, as in a database that is read
        put(NUMBER, """
                real float float4 float8 double numeric decimal dec fixed number money smallmoney time timetz interval
                """);
        put(TRUTH, "boolean bool");
        put(TEXT, """
                text varchar char character bpchar varchar2 nvarchar nvarchar2 nchar national native clob nclob tinytext
                mediumtext longtext long citext name string uuid uniqueidentifier inet cidr macaddr macaddr8
                """);
        put(DATE, """
                date datetime datetime2 timestamp timestamptz smalldatetime datetimeoffset timestamp_s timestamp_ms
                timestamp_ns
                """);
        put(BINARY, "blob bytea binary varbinary tinyblob mediumblob longblob image raw varbit");
        put(NOT_DRAWN, """
                json jsonb xml hstore geometry geography point line lseg box path polygon circle linestring multipoint
                multilinestring multipolygon geometrycollection tsvector tsquery vector ltree int4range int8range
                numrange tsrange tstzrange daterange oid regclass struct map list variant
                """);
    }

    private static void put(Meaning meaning, String words) {
        for (String word : Words.of(words)) {
            WORDS.put(word, meaning);
        }
    }

    /// What a type means, as far as its name says; types that the file makes are not looked at.
    static Meaning of(SqlType type) {
        if (type.array()) {
            return NOT_DRAWN;
        }
        String word = type.firstWord();
        int arguments = type.arguments().size();
        String argument = arguments == 0 ? "" : type.arguments().getLast().text();
        return switch (word) {
            case "bit" -> type.name().equals("bit") && (arguments == 0 || argument.equals("1")) ? TRUTH : BINARY;
            case "tinyint" -> argument.equals("1") ? TRUTH : WHOLE_NUMBER; // MySQL's boolean
            case "numeric", "decimal", "dec", "number" ->
                arguments == 1 || arguments == 2 && argument.equals("0") ? WHOLE_NUMBER : NUMBER;
            case "character", "char" -> type.name().endsWith("byte") ? BINARY : TEXT;
            default -> WORDS.getOrDefault(word, UNKNOWN);
        };
    }
}
