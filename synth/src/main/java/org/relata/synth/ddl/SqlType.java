package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.synth.ddl.Token.Kind;
import org.relata.synth.schema.Decimals;

/// The type of a column as it is written.
///
/// @param name its words in lower case; empty for a column without a type, which SQLite allows
/// @param arguments what stands in its parentheses, without the commas
/// @param array whether it is an array of that type
/// @param at where it stands
record SqlType(String name, List<Token> arguments, boolean array, Token at) {
    /// Words that may follow the first word of a type; any other begins a constraint or is a slip.
    private static final Set<String> FURTHER = Words.of("""
            varying precision large object unsigned signed zerofill binary with without local time
            zone big int integer character char varchar year month day hour minute second to ascii
            unicode byte
            """);

    /// Types of decimal numbers; their parentheses hold digits, and digits behind the point.
    private static final Set<String> EXACT = Words.of("numeric decimal dec number fixed");

    /// Types of real numbers, whose parentheses mean the same in MySQL where there are two numbers in them.
    private static final Set<String> APPROXIMATE = Words.of("float double real");

    SqlType {
        arguments = List.copyOf(arguments);
    }

    /// Reads a type, if one stands there: a word that begins a constraint is none.
    static SqlType read(TokenCursor cursor) {
        Token at = cursor.peek();
        if (!at.isName() || ColumnReader.beginsConstraint(cursor)) {
            return new SqlType("", List.of(), false, at);
        }
        StringBuilder name = new StringBuilder(cursor.qualifiedName("a type").bareKey());
        List<Token> arguments = new ArrayList<>();
        boolean array = false;
        while (true) {
            if (cursor.isSign("(")) {
                cursor.parenthesised().stream().filter(t -> !t.isSign(",")).forEach(arguments::add);
            } else if (cursor.isSign("[")) {
                array = true;
                while (!cursor.acceptSign("]")) {
                    if (cursor.atEnd()) {
                        throw cursor.unexpected("] belongs");
                    }
                    cursor.next();
                }
            } else if (cursor.accept("ARRAY")) {
                array = true;
            } else if (cursor.are("CHARACTER", "SET")) {
                cursor.accept("CHARACTER", "SET");
                cursor.name("a character set");
            } else if (cursor.peek().kind() == Kind.WORD
                    && FURTHER.contains(cursor.peek().key())) {
                name.append(' ').append(cursor.next().key());
            } else {
                return new SqlType(name.toString(), arguments, array, at);
            }
        }
    }

    /// What numbers of the type have to fit into; nothing where its name or its parentheses say none.
    Optional<Decimals> decimals() {
        boolean exact = EXACT.contains(firstWord()) && !arguments.isEmpty();
        boolean approximate = APPROXIMATE.contains(firstWord()) && arguments.size() == 2;
        if (!(exact || approximate) || arguments.size() > 2) {
            return Optional.empty();
        }
        int precision = digits(arguments.getFirst());
        int scale = arguments.size() == 2 ? digits(arguments.getLast()) : 0;
        return precision < 1 || scale < 0 ? Optional.empty() : Optional.of(new Decimals(precision, scale));
    }

    /// A small whole number; less than zero for all else.
    private static int digits(Token token) {
        String text = token.text();
        return token.kind() == Kind.NUMBER && text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
    }

    /// The first word, which decides what a type of several words is.
    String firstWord() {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    /// The type as a message shows it.
    String shown() {
        return name + (array ? "[]" : "");
    }
}
