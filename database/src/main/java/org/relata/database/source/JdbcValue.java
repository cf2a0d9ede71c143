package org.relata.database.source;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/// How a value of a JDBC type gets into a DuckDB column.
enum JdbcValue {
    WHOLE("BIGINT") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            long value = rows.getLong(column);
            if (rows.wasNull()) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    NUMBER("DOUBLE") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            double value = rows.getDouble(column);
            if (rows.wasNull()) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    FLAG("BOOLEAN") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            boolean value = rows.getBoolean(column);
            if (rows.wasNull()) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    DAY("DATE") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            LocalDate value = rows.getObject(column, LocalDate.class);
            if (value == null || outOfRange(value)) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    MOMENT("TIMESTAMP") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            LocalDateTime value = rows.getObject(column, LocalDateTime.class);
            if (value == null || outOfRange(value.toLocalDate())) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    MOMENT_WITH_ZONE("TIMESTAMP") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
            if (value == null || outOfRange(value.toLocalDate())) {
                appender.appendNull();
            } else {
                appender.append(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
            }
        }
    },
    CLOCK("TIME") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            LocalTime value = rows.getObject(column, LocalTime.class);
            if (value == null) {
                appender.appendNull();
            } else {
                appender.append(value);
            }
        }
    },
    NUMBERS("DOUBLE[]") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            Array array = rows.getArray(column);
            if (array == null) {
                appender.appendNull();
                return;
            }
            Object[] elements = (Object[]) array.getArray();
            List<Double> values = new ArrayList<>(elements.length);
            for (Object element : elements) {
                values.add(element instanceof Number n ? n.doubleValue() : Double.NaN);
            }
            appender.append(values);
        }
    },
    TEXTS("VARCHAR[]") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            Array array = rows.getArray(column);
            if (array == null) {
                appender.appendNull();
                return;
            }
            List<String> values = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                if (element != null) {
                    values.add(element.toString());
                }
            }
            appender.append(values);
        }
    },
    TEXT("VARCHAR") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            text(rows.getString(column), appender);
        }
    },
    /// For SQLite, where any cell may hold a value of any type; bytes are no value.
    ANY_AS_TEXT("VARCHAR") {
        @Override
        void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException {
            Object value = rows.getObject(column);
            text(value == null || value instanceof byte[] ? null : value.toString(), appender);
        }
    };

    private final String duckType;

    JdbcValue(String duckType) {
        this.duckType = duckType;
    }

    /// The type of the DuckDB column.
    String duckType() {
        return duckType;
    }

    /// Appends the value of a column of the current row.
    abstract void append(ResultSet rows, int column, DuckDBAppender appender) throws SQLException;

    private static void text(@org.jspecify.annotations.Nullable String value, DuckDBAppender appender)
            throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            // PostgreSQL refuses the null character, other servers do not; DuckDB texts end at it.
            appender.append(value.indexOf('\0') < 0 ? value : value.replace("\0", ""));
        }
    }

    /// PostgreSQL's `infinity` arrives as the last day that Java knows.
    private static boolean outOfRange(LocalDate day) {
        return day.getYear() > 9999 || day.getYear() < -9999;
    }

    /// How to copy a column; empty for bytes.
    static Optional<JdbcValue> of(ResultSetMetaData data, int column) throws SQLException {
        String type = String.valueOf(data.getColumnTypeName(column)).toLowerCase(Locale.ROOT);
        return switch (data.getColumnType(column)) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> Optional.of(WHOLE);
            case Types.BIGINT -> Optional.of(data.isSigned(column) ? WHOLE : NUMBER);
            case Types.NUMERIC, Types.DECIMAL -> {
                int precision = data.getPrecision(column);
                boolean whole = data.getScale(column) == 0 && precision > 0 && precision <= MOST_DIGITS;
                yield Optional.of(whole ? WHOLE : NUMBER);
            }
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> Optional.of(NUMBER);
            case Types.BIT, Types.BOOLEAN -> Optional.of(FLAG);
            case Types.DATE -> Optional.of(DAY);
            case Types.TIMESTAMP -> Optional.of(type.equals("timestamptz") ? MOMENT_WITH_ZONE : MOMENT);
            case Types.TIMESTAMP_WITH_TIMEZONE -> Optional.of(MOMENT_WITH_ZONE);
            case Types.TIME -> Optional.of(type.equals("timetz") ? TEXT : CLOCK);
            case Types.ARRAY -> Optional.of(NUMBER_ARRAYS.contains(type) ? NUMBERS : TEXTS);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Optional.empty();
            default -> Optional.of(TEXT);
        };
    }

    /// Any number of so many digits fits 64 bits.
    private static final int MOST_DIGITS = 18;

    private static final List<String> NUMBER_ARRAYS =
            List.of("_int2", "_int4", "_int8", "_float4", "_float8", "_numeric");
}
