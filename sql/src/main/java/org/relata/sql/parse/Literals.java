package org.relata.sql.parse;

import java.util.Locale;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Initialiser;

/// Reads numbers and initialisers in declarations.
final class Literals {
    private Literals() {}

    /// An integer, perhaps negative.
    static long integer(Cursor cursor) {
        boolean negative = cursor.symbol("-");
        Token token = cursor.token(Token.Kind.NUMBER, "an integer");
        try {
            return Long.parseLong((negative ? "-" : "") + token.text());
        } catch (NumberFormatException e) {
            throw token.place().error("sql.syntax", token.shown() + " is not a 64-bit integer", "");
        }
    }

    private static double number(Cursor cursor) {
        boolean negative = cursor.symbol("-");
        Token token = cursor.token(Token.Kind.NUMBER, "a number");
        return (negative ? -1 : 1) * finite(token.text(), token.place());
    }

    /// A number as it is written.
    static double finite(String text, Place place) {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw place.error("sql.syntax", "the number " + text + " is too large", "a double reaches about 1.8e308");
        }
        return number;
    }

    /// How a parameter starts: what is written, else `glorot`, or `zeros` for a number.
    static Initialiser initialiser(Cursor cursor, Shape shape) {
        boolean announced = cursor.word("INIT");
        Place place = cursor.place();
        if (cursor.word("ZEROS")) {
            return new Initialiser.Zeros();
        }
        if (cursor.word("GLOROT")) {
            return new Initialiser.Glorot();
        }
        if (cursor.word("NORMAL")) {
            cursor.expectSymbol("(", "write normal(deviation)");
            double deviation = number(cursor);
            cursor.expectSymbol(")", "write normal(deviation)");
            if (deviation < 0) {
                throw place.error("sql.declaration", "a deviation below 0", "write normal(deviation) with at least 0");
            }
            return new Initialiser.Normal(deviation);
        }
        if (cursor.word("UNIFORM")) {
            cursor.expectSymbol("(", "write uniform(from, to)");
            double from = number(cursor);
            cursor.expectSymbol(",", "write uniform(from, to)");
            double to = number(cursor);
            cursor.expectSymbol(")", "write uniform(from, to)");
            if (from > to) {
                throw place.error("sql.declaration", "nothing lies between " + from + " and " + to, "exchange them");
            }
            return new Initialiser.Uniform(from, to);
        }
        if (announced) {
            throw cursor.unexpected("an initialiser", "zeros, glorot, normal(deviation) or uniform(from, to)");
        }
        return shape.rank() == 0 ? new Initialiser.Zeros() : new Initialiser.Glorot();
    }

    /// In small letters, whatever the language of the machine.
    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
