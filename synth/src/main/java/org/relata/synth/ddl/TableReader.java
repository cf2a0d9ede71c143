package org.relata.synth.ddl;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relata.synth.ddl.Token.Kind;

/// Reads what stands between the parentheses of `CREATE TABLE`: columns, keys and other constraints.
final class TableReader {
    /// Words after a key or a check that are about how it is kept or enforced.
    private static final Set<String> OPTIONS = Words.of("""
            deferrable initially deferred immediate not valid enforced no inherit using index btree
            hash include with on conflict abort fail ignore replace rollback clustered nonclustered
            visible invisible enable disable validate
            """);

    private static final Set<String> OPTIONS_WITH_VALUE = Set.of("tablespace", "comment", "key_block_size", "parser");

    private final TokenCursor cursor;
    private final TableDraft table;

    TableReader(TokenCursor cursor, TableDraft table) {
        this.cursor = cursor;
        this.table = table;
    }

    /// Reads everything up to and with the closing parenthesis; the opening one is passed.
    void readBody() {
        if (cursor.acceptSign(")")) {
            return; // PostgreSQL allows a table without columns
        }
        do {
            if (cursor.isSign(")")) {
                throw cursor.unexpected("the name of a column belongs", "take the comma before it out");
            }
            readElement();
            while (beginsConstraint()) { // SQLite needs no comma between constraints
                readElement();
            }
        } while (cursor.acceptSign(","));
        if (!cursor.acceptSign(")")) {
            throw cursor.unexpected("a comma or ) belongs", "close the list of columns with )");
        }
    }

    /// Reads one column or constraint.
    void readElement() {
        if (beginsConstraint()) {
            readConstraint();
        } else if (beginsIndex()) {
            while (!cursor.atEnd() && !cursor.isSign(",") && !cursor.isSign(")")) {
                cursor.skip();
            }
        } else if (cursor.is("LIKE") && cursor.peek(1).isName()) {
            throw cursor.unsupported(
                    cursor.peek(), "the columns of another table (LIKE) are not taken over", "write the columns out");
        } else {
            new ColumnReader(cursor, table).read(false);
        }
    }

    /// Whether a constraint of the table begins here.
    boolean beginsConstraint() {
        Token after = cursor.peek(1);
        return cursor.is("CONSTRAINT") && after.isName()
                || cursor.are("PRIMARY", "KEY")
                || cursor.are("FOREIGN", "KEY")
                || cursor.is("UNIQUE") && (after.isSign("(") || after.isName())
                || cursor.is("CHECK") && after.isSign("(")
                || cursor.is("EXCLUDE") && (after.is("USING") || after.isSign("("));
    }

    /// Whether one of MySQL's indexes begins here, and not a column that is called `key`, `index` or `period`.
    private boolean beginsIndex() {
        boolean kind = cursor.is("FULLTEXT") || cursor.is("SPATIAL");
        if (kind && (cursor.peek(1).is("KEY") || cursor.peek(1).is("INDEX"))) {
            return true;
        }
        if (cursor.are("PERIOD", "FOR")) {
            return true;
        }
        if (!kind && !cursor.is("KEY") && !cursor.is("INDEX")) {
            return false;
        }
        int open = cursor.peek(1).isSign("(") || kind && !cursor.peek(2).isSign("(") ? 1 : 2;
        Token inside = cursor.peek(open + 1);
        return cursor.peek(open).isSign("(") && inside.kind() != Kind.NUMBER && inside.kind() != Kind.STRING
                || cursor.peek(2).is("USING");
    }

    /// Reads a constraint of the table.
    void readConstraint() {
        if (cursor.accept("CONSTRAINT") && !beginsNamelessConstraint()) {
            cursor.name("a constraint");
        }
        if (cursor.accept("PRIMARY", "KEY")) {
            options();
            table.primaryKey(cursor.names("a column"), cursor);
        } else if (cursor.accept("FOREIGN", "KEY")) {
            foreignKey();
        } else if (cursor.accept("CHECK")) {
            table.checks.addAll(cursor.labels());
        } else if (cursor.accept("UNIQUE")) {
            unique();
        } else if (cursor.accept("EXCLUDE")) {
            while (!cursor.atEnd() && !cursor.isSign(",") && !cursor.isSign(")")) {
                cursor.skip();
            }
        } else if (cursor.accept("NOT", "NULL")) { // PostgreSQL 18 writes it out as a constraint of the table
            requireColumn(cursor.name("a column"));
        } else {
            throw cursor.unexpected("PRIMARY KEY, FOREIGN KEY, UNIQUE or CHECK belongs");
        }
        options();
    }

    private boolean beginsNamelessConstraint() {
        return cursor.are("PRIMARY", "KEY")
                || cursor.are("FOREIGN", "KEY")
                || cursor.is("CHECK") && cursor.peek(1).isSign("(")
                || cursor.is("UNIQUE") && cursor.peek(1).isSign("(");
    }

    private void foreignKey() {
        if (!cursor.isSign("(")) {
            cursor.name("an index");
        }
        List<Token> columns = cursor.names("a column");
        cursor.expect("REFERENCES");
        table.links.add(ColumnReader.reference(cursor, columns));
    }

    private void unique() {
        if (!cursor.accept("KEY")) {
            cursor.accept("INDEX");
        }
        boolean nulls = cursor.accept("NULLS");
        if (nulls) {
            cursor.accept("NOT");
            cursor.expect("DISTINCT");
        }
        if (!nulls && !cursor.isSign("(") && !cursor.is("USING")) {
            cursor.name("an index");
        }
        options();
        if (cursor.isSign("(")) {
            cursor.parenthesised(); // may hold expressions
        }
    }

    private void requireColumn(Token name) {
        ColumnDraft column = table.columns.get(name.key());
        if (column != null) {
            table.columns.put(name.key(), column.required());
        }
    }

    private void options() {
        while (cursor.peek().kind() == Kind.WORD) {
            String word = cursor.peek().text().toLowerCase(Locale.ROOT);
            if (OPTIONS_WITH_VALUE.contains(word)) {
                cursor.next();
                cursor.acceptSign("=");
                cursor.next();
            } else if (OPTIONS.contains(word)) {
                cursor.next();
                if ((word.equals("include") || word.equals("with")) && cursor.isSign("(")) {
                    cursor.parenthesised();
                }
            } else {
                return;
            }
        }
    }
}
