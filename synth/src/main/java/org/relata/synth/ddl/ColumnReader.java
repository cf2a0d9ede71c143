package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relata.database.config.Nearest;
import org.relata.synth.ddl.Token.Kind;

/// Reads the definition of a column: its name, its type, and its constraints in any order.
final class ColumnReader {
    /// Words of a constraint or property that stand alone.
    private static final Set<String> ALONE = Words.of("""
            null auto_increment autoincrement stored virtual persistent visible invisible deferrable
            enforced first hidden sparse
            """);

    /// Words that are followed by one word or value.
    private static final Set<String> WITH_VALUE = Words.of("""
            initially comment storage compression column_format srid after charset match
            """);

    private static final Set<String> OTHERS = Words.of("""
            constraint not primary key unique check default collate references generated as identity
            on
            """);

    /// Words that all flavours reserve: as a column without quotes they are the rest of a slip.
    private static final Set<String> NO_NAMES = Set.of("primary", "foreign", "constraint", "references");

    private final TokenCursor cursor;
    private final TableDraft table;

    ColumnReader(TokenCursor cursor, TableDraft table) {
        this.cursor = cursor;
        this.table = table;
    }

    /// Whether a constraint begins here rather than a type.
    static boolean beginsConstraint(TokenCursor cursor) {
        String word = cursor.peek().key();
        return cursor.peek().kind() == Kind.WORD
                && (ALONE.contains(word) || WITH_VALUE.contains(word) || OTHERS.contains(word));
    }

    /// Reads a column and adds what it says to the table.
    ///
    /// @param replaces whether it takes the place of a column of that name, as MySQL's `MODIFY` does
    void read(boolean replaces) {
        if (cursor.is("CREATE") && cursor.peek(1).is("TABLE")) {
            throw cursor.unexpected(
                    "a column belongs", "close the parenthesis of the table before it, and end it with ;");
        }
        if (cursor.peek().kind() == Kind.WORD && NO_NAMES.contains(cursor.peek().key())) {
            throw cursor.unexpected(
                    "the name of a column belongs", "correct the constraint it begins, or put the name in quotes");
        }
        Token name = cursor.name("a column or )");
        ColumnDraft column = new ColumnDraft(name, SqlType.read(cursor), false);
        ColumnDraft before = table.columns.get(name.key());
        if (before != null && !replaces) {
            throw cursor.unsupported(
                    name, "table " + table.name.shown() + " has two columns called " + name.text(), "rename one");
        }
        boolean required = false;
        while (!cursor.atEnd() && !cursor.isSign(",") && !cursor.isSign(")")) {
            required |= constraint(name);
        }
        table.columns.put(name.key(), required ? column.required() : column);
    }

    /// Reads one constraint; says whether it makes a value required.
    private boolean constraint(Token name) {
        Token first = cursor.peek();
        if (first.kind() != Kind.WORD || !beginsConstraint(cursor)) {
            throw unknown(name);
        }
        if (cursor.accept("NOT", "NULL")) {
            onConflict();
            return true;
        }
        if (cursor.accept("PRIMARY", "KEY") || cursor.accept("KEY")) {
            primaryKey(name);
        } else if (cursor.accept("UNIQUE")) {
            cursor.accept("KEY");
            onConflict();
        } else if (cursor.accept("CHECK")) {
            table.checks.addAll(cursor.labels());
            cursor.accept("NO", "INHERIT");
        } else if (cursor.accept("REFERENCES")) {
            table.links.add(reference(cursor, List.of(name)));
        } else {
            return property(name);
        }
        return false;
    }

    private void primaryKey(Token name) {
        table.primaryKey(List.of(name), cursor);
        if (!cursor.accept("ASC")) {
            cursor.accept("DESC");
        }
        onConflict();
    }

    /// Reads a property; says whether it makes a value required, as being counted does.
    private boolean property(Token name) {
        Token word = cursor.next();
        String key = word.key();
        if (ALONE.contains(key)) {
            onConflict();
        } else if (WITH_VALUE.contains(key)) {
            cursor.next();
        } else {
            switch (key) {
                case "constraint" -> cursor.name("a constraint");
                case "collate" -> cursor.qualifiedName("a collation");
                case "default" -> value();
                case "generated" -> {
                    return generated();
                }
                case "as" -> cursor.parenthesised();
                case "identity" -> acceptParenthesis();
                case "on" -> {
                    cursor.next();
                    value();
                }
                case "not" -> {
                    if (!cursor.accept("DEFERRABLE") && !cursor.accept("ENFORCED")) {
                        throw cursor.unexpected("NULL belongs");
                    }
                }
                default ->
                    throw cursor.unsupported(
                            word,
                            "column " + name.text() + " cannot be read from " + word.shown() + " on",
                            "correct it");
            }
        }
        return false;
    }

    /// A default: everything up to the next constraint, at least one token of it.
    private void value() {
        if (cursor.atEnd() || cursor.isSign(",") || cursor.isSign(")")) {
            throw cursor.unexpected("a value belongs");
        }
        cursor.skip();
        while (!cursor.atEnd() && !cursor.isSign(",") && !cursor.isSign(")") && !beginsConstraint(cursor)) {
            cursor.skip();
        }
    }

    private boolean generated() {
        if (!cursor.accept("ALWAYS")) {
            cursor.expect("BY");
            cursor.expect("DEFAULT");
            cursor.accept("ON", "NULL");
        }
        cursor.expect("AS");
        boolean counted = cursor.accept("IDENTITY");
        if (counted) {
            acceptParenthesis();
        } else if (cursor.accept("ROW")) { // the period of a versioned table
            cursor.next();
        } else {
            cursor.parenthesised();
        }
        return counted;
    }

    private void acceptParenthesis() {
        if (cursor.isSign("(")) {
            cursor.parenthesised();
        }
    }

    private void onConflict() {
        if (cursor.accept("ON", "CONFLICT")) {
            cursor.next();
        }
    }

    /// What follows `REFERENCES`: a table, perhaps its columns, and what happens to rows whose parent goes.
    static LinkDraft reference(TokenCursor cursor, List<Token> columns) {
        QualifiedName target = cursor.qualifiedName("a table");
        List<Token> there = cursor.isSign("(") ? cursor.names("a column") : List.of();
        while (true) {
            if (cursor.accept("ON", "DELETE") || cursor.accept("ON", "UPDATE")) {
                if (!cursor.accept("NO", "ACTION") && !cursor.accept("SET")) {
                    cursor.next();
                } else if (cursor.accept("NULL") || cursor.accept("DEFAULT")) {
                    if (cursor.isSign("(")) {
                        cursor.parenthesised();
                    }
                }
            } else if (cursor.accept("MATCH") || cursor.accept("INITIALLY")) {
                cursor.next();
            } else if (!cursor.accept("DEFERRABLE")
                    && !cursor.accept("NOT", "DEFERRABLE")
                    && !cursor.accept("NOT", "VALID")
                    && !cursor.accept("NOT", "ENFORCED")
                    && !cursor.accept("ENFORCED")) {
                return new LinkDraft(columns, target, there);
            }
        }
    }

    private RuntimeException unknown(Token name) {
        List<String> known = new ArrayList<>(OTHERS);
        known.addAll(ALONE);
        String remedy = cursor.peek().kind() == Kind.WORD
                ? Nearest.to(cursor.peek().text(), known)
                        .map(word -> "did you mean " + word.toUpperCase(Locale.ROOT) + "?")
                        .orElse("a comma may be missing before it")
                : "a comma may be missing before it";
        return cursor.unexpected("a constraint of column " + name.text() + " or a comma belongs", remedy);
    }
}
