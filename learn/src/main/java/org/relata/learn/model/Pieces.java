package org.relata.learn.model;

import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;

/// Rows that come some thousand at a time, as often as they are asked for.
@FunctionalInterface
interface Pieces {
    /// The most rows of a piece: DuckDB gives no more.
    int MOST = 2048;

    /// Goes through all rows once.
    void each(Piece piece);

    /// Takes some rows.
    @FunctionalInterface
    interface Piece {
        /// @param keys a column for each attribute, valid until the call returns
        /// @param values of these rows, one after the other; none where each is 1
        void rows(int rows, int[][] keys, float[] values);
    }

    /// The rows of a query.
    ///
    /// @param query columns of type INTEGER for the keys, then of type FLOAT for the numbers of a value
    /// @param keys how many attributes there are
    static Pieces of(Scratch scratch, String query, int keys) {
        return piece -> {
            int[][] columns = new int[keys][MOST];
            float[][] values = {{}};
            scratch.chunks(query, chunk -> {
                int width = Math.toIntExact(chunk.columnCount()) - keys;
                if (values[0].length != MOST * width) {
                    values[0] = new float[MOST * width];
                }
                piece.rows(read(chunk, columns, values[0], width), columns, values[0]);
            });
        };
    }

    private static int read(DuckDBDataChunkReader chunk, int[][] columns, float[] values, int width) {
        int rows = Math.toIntExact(chunk.rowCount());
        for (int column = 0; column < columns.length; column++) {
            DuckDBReadableVector vector = chunk.vector(column);
            int[] to = columns[column];
            for (int row = 0; row < rows; row++) {
                to[row] = vector.getInt(row);
            }
        }
        for (int element = 0; element < width; element++) {
            DuckDBReadableVector vector = chunk.vector(columns.length + element);
            for (int row = 0; row < rows; row++) {
                values[row * width + element] = vector.getFloat(row);
            }
        }
        return rows;
    }
}
