package org.relata.synth.ddl;

import java.util.Optional;
import org.relata.synth.ddl.Token.Kind;

/// Reads `ALTER TABLE`, as dumps use it to add keys to tables they made before.
///
/// What changes names or takes something away belongs to migrations and is refused: a plan is read from the schema they
/// lead to.
final class AlterReader {
    private final Catalogue catalogue;
    private final TokenCursor cursor;

    AlterReader(Catalogue catalogue, TokenCursor cursor) {
        this.catalogue = catalogue;
        this.cursor = cursor;
    }

    void read() {
        boolean ifThere = cursor.accept("IF", "EXISTS");
        cursor.accept("ONLY");
        QualifiedName name = cursor.qualifiedName("a table");
        cursor.acceptSign("*");
        if (catalogue.isLeftOut(name) || ifThere && catalogue.find(name, "").isEmpty()) {
            return;
        }
        do {
            action(name);
        } while (cursor.acceptSign(","));
        if (!cursor.atEnd()) {
            throw cursor.unexpected("a comma or the end of ALTER TABLE belongs");
        }
    }

    private void action(QualifiedName name) {
        Token first = cursor.peek();
        if (cursor.accept("ADD")) {
            add(catalogue.require(name, ""));
        } else if (cursor.accept("MODIFY")) {
            cursor.accept("COLUMN");
            new ColumnReader(cursor, catalogue.require(name, "")).read(true);
        } else if (cursor.accept("ALTER")) {
            cursor.accept("COLUMN");
            alterColumn(catalogue.find(name, ""));
        } else if (cursor.are("ATTACH", "PARTITION")) {
            cursor.accept("ATTACH", "PARTITION");
            catalogue.leaveOut(cursor.qualifiedName("a table"));
            passOver();
        } else if (first.kind() == Kind.WORD && (first.is("DROP") || first.is("RENAME") || first.is("CHANGE"))) {
            refuseIfKnown(name, first);
        } else {
            passOver();
        }
    }

    private void add(TableDraft table) {
        TableReader reader = new TableReader(cursor, table);
        if (reader.beginsConstraint()) {
            reader.readConstraint();
        } else if (cursor.is("PARTITION")) {
            passOver();
        } else {
            cursor.accept("COLUMN");
            boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
            if (cursor.acceptSign("(")) {
                reader.readBody();
            } else if (unlessThere && table.columns.containsKey(cursor.peek().key())) {
                passOver();
            } else {
                reader.readElement();
            }
        }
    }

    private void alterColumn(Optional<TableDraft> table) {
        Token name = cursor.name("a column");
        boolean required = cursor.accept("SET", "NOT", "NULL");
        boolean retyped = cursor.accept("SET", "DATA", "TYPE") || cursor.accept("TYPE");
        if (table.isPresent() && (required || retyped)) {
            ColumnDraft before = table.get().columns.get(name.key());
            if (before == null) {
                throw cursor.unsupported(
                        name,
                        "table " + table.get().name.shown() + " has no column " + name.text(),
                        "correct the name, or take the statement out");
            }
            SqlType type = retyped ? SqlType.read(cursor) : before.type();
            table.get().columns.put(name.key(), new ColumnDraft(before.name(), type, before.notNull() || required));
        }
        passOver();
    }

    /// A dump drops what an earlier load has left before it makes anything: that is about a table not made yet.
    private void refuseIfKnown(QualifiedName name, Token what) {
        boolean known = catalogue.find(name, "").isPresent();
        if (known) {
            throw cursor.unsupported(
                    what,
                    "ALTER TABLE " + name.shown() + " " + what.text() + " is not supported",
                    "dump the schema after all changes, or edit CREATE TABLE");
        }
        passOver();
    }

    private void passOver() {
        while (!cursor.atEnd() && !cursor.isSign(",")) {
            cursor.skip();
        }
    }
}
