package org.relata.features.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.relata.database.Duck;
import org.relata.database.RelataException;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;

/// Reads the result of a feature query, one row a pair, into the columns of a matrix.
///
/// There are two ways to the same values. Reading value by value takes as long as some of the queries where there are
/// many rows. By chunks of columns they cost next to nothing, but only a prepared statement has them, and DuckDB plans
/// it twice: when it is prepared and when it runs. For few rows that is most of what a query costs.
final class ColumnReader {
    private final Duck duck;
    private final boolean chunked;

    /// @param chunked whether there are many rows
    ColumnReader(Duck duck, boolean chunked) {
        this.duck = duck;
        this.chunked = chunked;
    }

    /// Runs the SQL of a query and fills its columns, which start at a position. Values that are null are left alone.
    void read(PathQuery query, String sql, float[][] columns, int at) {
        int[] dropped =
                query.outputs().stream().mapToInt(ColumnReader::droppedBits).toArray();
        try {
            if (chunked) {
                readChunks(sql, columns, at, dropped);
            } else {
                readRows(sql, columns, at, dropped);
            }
        } catch (SQLException e) {
            throw RelataException.failure("features.query", query.name(), String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    private void readRows(String sql, float[][] columns, int at, int[] dropped) throws SQLException {
        try (Statement statement = duck.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                int pair = (int) rows.getLong(1);
                for (int f = 0; f < dropped.length; f++) {
                    double value = rows.getDouble(f + 2);
                    if (!rows.wasNull()) {
                        columns[at + f][pair] = rounded(value, dropped[f]);
                    }
                }
            }
        }
    }

    private void readChunks(String sql, float[][] columns, int at, int[] dropped) throws SQLException {
        try (DuckDBPreparedStatement statement =
                        duck.connection().unwrap(DuckDBConnection.class).prepare(sql);
                DuckDBChunkedResult result = statement.query()) {
            while (result.nextChunk()) {
                DuckDBDataChunkReader chunk = result.chunk();
                int[] pairs = new int[(int) chunk.rowCount()];
                DuckDBReadableVector numbers = chunk.vector(0);
                for (int i = 0; i < pairs.length; i++) {
                    pairs[i] = (int) numbers.getLong(i);
                }
                for (int f = 0; f < dropped.length; f++) {
                    DuckDBReadableVector values = chunk.vector(f + 1);
                    float[] column = columns[at + f];
                    for (int i = 0; i < pairs.length; i++) {
                        if (!values.isNull(i)) {
                            column[pairs[i]] = rounded(values.getDouble(i), dropped[f]);
                        }
                    }
                }
            }
        }
    }

    /// The value as a 32-bit float without its last bits. Sums are exact, but deviations and slopes differ in the last
    /// bits of 64 with the order of the rows; rounded far above those, equal inputs give equal features for any number
    /// of threads.
    private static float rounded(double value, int dropped) {
        float single = (float) value;
        if (!Float.isFinite(single)) {
            return Float.NaN;
        }
        int half = 1 << (dropped - 1);
        float round = Float.intBitsToFloat((Float.floatToRawIntBits(single) + half) & -(1 << dropped));
        // Adding zero leaves one zero of the two.
        return Float.isFinite(round) ? round + 0f : single;
    }

    private static int droppedBits(Output output) {
        return Math.max(
                droppedBits(output.aggregation()), droppedBits(output.inner().orElse(output.aggregation())));
    }

    /// How many of the 23 bits are not kept: 3, and 9 where the last ones are noise.
    private static int droppedBits(Aggregation aggregation) {
        return switch (aggregation) {
            case DEVIATION, SKEWNESS, TREND -> 9;
            case VALUE,
                    COUNT,
                    SUM,
                    MEAN,
                    MIN,
                    MAX,
                    DISTINCT,
                    MODE,
                    SHARE,
                    LAST,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> 3;
        };
    }
}
