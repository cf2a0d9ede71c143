package org.relata.sql.parse;

import java.util.List;
import java.util.stream.Stream;

/// An expression as written.
sealed interface Syntax {
    /// Where it starts.
    Place place();

    /// A column: its name, perhaps with the table's before it.
    record Name(List<Identifier> parts, Place place) implements Syntax {
        /// As written.
        String shown() {
            return String.join(".", parts.stream().map(Identifier::toString).toList());
        }
    }

    /// An unsigned number.
    record Number(String digits, Place place) implements Syntax {
        /// Whether it is written as an integer.
        boolean isInteger() {
            return digits.chars().allMatch(each -> each >= '0' && each <= '9');
        }
    }

    /// A string.
    record Text(String value, Place place) implements Syntax {}

    /// A hyper-parameter.
    record Hyper(String name, Place place) implements Syntax {}

    /// An operator or function.
    ///
    /// Sums, products, AND and OR of more than two parts are one call each; in a sum, what is subtracted stands under
    /// `negate`, in a product, what divides under `over` or `modulo`. CASE is `case(condition, value, …, else)`,
    /// BETWEEN and IN are written out.
    ///
    /// @param function a symbol, or a name in small letters
    record Call(String function, List<Syntax> arguments, Place place) implements Syntax {
        /// Copies.
        public Call {
            arguments = List.copyOf(arguments);
        }

        /// Whether it is a call of one of these.
        boolean isOne(String... functions) {
            return Stream.of(functions).anyMatch(function::equals);
        }
    }
}
