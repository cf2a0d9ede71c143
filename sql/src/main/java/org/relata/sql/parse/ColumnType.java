package org.relata.sql.parse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.algebra.value.Shape;

/// The type of a column.
sealed interface ColumnType {
    /// A key attribute.
    record OfKey(Domain domain) implements ColumnType {}

    /// A value.
    record OfValue(Shape shape) implements ColumnType {}

    /// The most numbers that one value may hold, so that a typing error in a size is an error and not a full memory.
    int LARGEST = 1 << 24;

    List<String> INTEGERS =
            List.of("INT", "INTEGER", "BIGINT", "SMALLINT", "TINYINT", "INT2", "INT4", "INT8", "SERIAL", "BIGSERIAL");
    List<String> TEXTS = List.of("TEXT", "VARCHAR", "CHAR", "CHARACTER", "STRING");
    List<String> NUMBERS = List.of("DOUBLE", "REAL", "FLOAT", "FLOAT4", "FLOAT8", "NUMERIC", "DECIMAL");

    /// Reads a type; `VECTOR[]` and `MATRIX[][]` ask `shapes`.
    static ColumnType read(Cursor cursor, Identifier table, Identifier column, ShapeSource shapes) {
        Place place = cursor.place();
        Identifier name = cursor.name("the type of column " + column);
        String upper = name.quoted() ? "" : name.text().toUpperCase(Locale.ROOT);
        if (upper.equals("VECTOR") || upper.equals("MATRIX")) {
            return new OfValue(tensor(cursor, upper.equals("VECTOR") ? 1 : 2, place, table, column, shapes));
        }
        boolean known = INTEGERS.contains(upper) || TEXTS.contains(upper) || NUMBERS.contains(upper);
        if (!known) {
            throw place.error(
                    "sql.type",
                    "there is no column type " + name,
                    "keys are INT, BIGINT, TEXT or VARCHAR, values DOUBLE, VECTOR[n] or MATRIX[n][m]");
        }
        if (upper.equals("DOUBLE")) {
            cursor.word("PRECISION");
        } else if (upper.equals("CHARACTER") || upper.equals("CHAR")) {
            cursor.word("VARYING");
        }
        if (!INTEGERS.contains(upper) && !upper.equals("DOUBLE") && cursor.symbol("(")) {
            do {
                cursor.token(Token.Kind.NUMBER, "a length");
            } while (cursor.symbol(","));
            cursor.expectSymbol(")", "");
        }
        return NUMBERS.contains(upper)
                ? new OfValue(Shape.SCALAR)
                : new OfKey(TEXTS.contains(upper) ? Domain.TEXT : Domain.INTEGER);
    }

    private static Shape tensor(
            Cursor cursor, int rank, Place place, Identifier table, Identifier column, ShapeSource shapes) {
        int[] extents = new int[rank];
        int open = 0;
        for (int axis = 0; axis < rank; axis++) {
            cursor.expectSymbol("[", "write " + written(rank));
            if (cursor.symbol("]")) {
                open++;
                continue;
            }
            Token size = cursor.token(Token.Kind.NUMBER, "a size");
            extents[axis] = extent(size);
            cursor.expectSymbol("]", "write " + written(rank));
        }
        Shape stated = open == 0 ? Shape.of(extents) : found(extents, place, table, column, shapes);
        long numbers = stated.extents().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (numbers > LARGEST) {
            throw place.error(
                    "sql.shape", "a value of shape " + stated + " holds more than " + LARGEST + " numbers", "chunk it");
        }
        return stated;
    }

    private static Shape found(int[] stated, Place place, Identifier table, Identifier column, ShapeSource shapes) {
        int rank = stated.length;
        Optional<Shape> shape = shapes.shape(table.text(), column.text());
        if (shape.isEmpty()) {
            throw place.error(
                    "sql.shape",
                    "the size of " + table + "." + column + " is not stated and the data does not tell it",
                    "write " + written(rank));
        }
        boolean fits = shape.get().rank() == rank;
        for (int axis = 0; fits && axis < rank; axis++) {
            fits = stated[axis] == 0 || stated[axis] == shape.get().extent(axis);
        }
        if (!fits) {
            throw place.error(
                    "sql.shape",
                    "the data of " + table + "." + column + " has shape " + shape.get()
                            + ", which does not fit its type",
                    "");
        }
        return shape.get();
    }

    private static int extent(Token size) {
        try {
            int extent = Integer.parseInt(size.text());
            if (extent >= 1 && extent <= LARGEST) {
                return extent;
            }
        } catch (NumberFormatException e) {
            throw badSize(size);
        }
        throw badSize(size);
    }

    private static AlgebraException badSize(Token size) {
        return size.place()
                .error("sql.shape", size.shown() + " is not a size", "a size is an integer from 1 to " + LARGEST);
    }

    private static String written(int rank) {
        return rank == 1 ? "VECTOR[n]" : "MATRIX[n][m]";
    }
}
