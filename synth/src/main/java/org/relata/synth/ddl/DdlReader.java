package org.relata.synth.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.synth.ddl.Token.Kind;

/// Reads the statements of a file into a catalogue.
final class DdlReader {
    /// What `CREATE` may make that is no part of a plan.
    private static final Set<String> NO_TABLE = Words.of("""
            index unique view materialized recursive sequence function procedure trigger extension
            schema database role user policy rule aggregate cast statistics publication subscription
            event operator language collation conversion server tablespace text access group
            constraint definer algorithm sql fulltext spatial bitmap clustered nonclustered synonym
            default login transform trusted procedural
            """);

    private static final Set<String> ADJECTIVES = Set.of("or", "replace", "global", "local", "unlogged", "foreign");

    private final Source source;
    private final Catalogue catalogue;

    private DdlReader(Source source) {
        this.source = source;
        this.catalogue = new Catalogue(source);
    }

    /// Everything that a text makes.
    static Catalogue read(Source source) {
        DdlReader reader = new DdlReader(source);
        Statements statements = new Statements(source);
        Optional<TokenCursor> statement = statements.next();
        while (statement.isPresent()) {
            reader.read(statement.get());
            statement = statements.next();
        }
        return reader.catalogue;
    }

    private void read(TokenCursor cursor) {
        if (cursor.accept("CREATE")) {
            create(cursor);
        } else if (cursor.accept("DROP")) {
            drop(cursor);
        } else if (cursor.accept("ALTER", "TABLE")) {
            new AlterReader(catalogue, cursor).read();
        } else if (cursor.accept("ALTER", "TYPE")) {
            alterType(cursor);
        }
    }

    private void create(TokenCursor cursor) {
        boolean temporary = false;
        while (cursor.peek().kind() == Kind.WORD && !cursor.is("TABLE")) {
            if (ADJECTIVES.contains(cursor.peek().key())) {
                cursor.next();
            } else if (cursor.accept("TEMP") || cursor.accept("TEMPORARY")) {
                temporary = true;
            } else {
                break;
            }
        }
        Token what = cursor.peek();
        if (cursor.accept("TABLE")) {
            createTable(cursor, temporary);
        } else if (cursor.accept("TYPE")) {
            createType(cursor);
        } else if (cursor.accept("DOMAIN")) {
            createDomain(cursor);
        } else if (cursor.accept("VIRTUAL")) {
            throw cursor.unsupported(
                    what, "the columns of a virtual table have no types", "take it out, or write it as a table");
        } else if (what.kind() != Kind.WORD || !NO_TABLE.contains(what.key())) {
            throw cursor.unexpected("TABLE, TYPE or another object belongs");
        }
    }

    private void createTable(TokenCursor cursor, boolean temporary) {
        boolean unlessThere = cursor.accept("IF", "NOT", "EXISTS");
        QualifiedName name = cursor.qualifiedName("a table");
        if (temporary || cursor.are("PARTITION", "OF")) {
            catalogue.leaveOut(name); // the rows of a partition are rows of its parent
            return;
        }
        if (unlessThere && catalogue.has(name)) {
            return;
        }
        if (!cursor.isSign("(") && (cursor.is("AS") || cursor.is("SELECT") || cursor.is("LIKE") || cursor.is("OF"))) {
            throw withoutColumns(cursor, cursor.peek());
        }
        TableDraft table = new TableDraft(name);
        cursor.expectSign("(");
        new TableReader(cursor, table).readBody();
        boolean partition = cursor.accept("INHERITS") && inherit(cursor, table);
        for (; !cursor.atEnd(); cursor.skip()) {
            if (cursor.is("SELECT") || cursor.is("AS")) {
                throw withoutColumns(cursor, cursor.peek());
            }
            if (cursor.isSign(")")) {
                throw cursor.unexpected(
                        "the end of CREATE TABLE belongs", "take it out: the table is closed before it");
            }
        }
        if (partition) {
            catalogue.leaveOut(name);
        } else {
            catalogue.add(table);
        }
    }

    /// Puts the columns of the parents before the table's own.
    ///
    /// @return whether it has none of its own, as partitions were once made
    private boolean inherit(TokenCursor cursor, TableDraft table) {
        boolean bare = table.columns.isEmpty();
        cursor.expectSign("(");
        do {
            QualifiedName parent = cursor.qualifiedName("a table");
            catalogue.require(parent, table.name.schema()).columns.reversed().forEach((key, column) -> {
                if (!table.columns.containsKey(key)) {
                    table.columns.putFirst(key, column);
                }
            });
        } while (cursor.acceptSign(","));
        cursor.expectSign(")");
        return bare;
    }

    private static RuntimeException withoutColumns(TokenCursor cursor, Token at) {
        return cursor.unsupported(
                at,
                "a table that takes its columns from elsewhere (" + at.text() + ") is not supported",
                "write its columns out");
    }

    private void createType(TokenCursor cursor) {
        QualifiedName name = cursor.qualifiedName("a type");
        if (cursor.accept("AS", "ENUM")) {
            List<Token> labels = new ArrayList<>(cursor.parenthesised());
            labels.removeIf(t -> t.isSign(","));
            for (Token label : labels) {
                if (label.kind() != Kind.STRING) {
                    throw source.syntax(
                            label,
                            "found " + label.shown() + " where a label belongs",
                            "write labels in single quotes");
                }
            }
            catalogue.addType(
                    name,
                    new UserType.Enumeration(labels.stream().map(Token::text).toList()));
        } else {
            catalogue.addType(name, new UserType.Opaque());
        }
    }

    /// `ALTER TYPE … ADD VALUE`; everything else about a type does not matter.
    private void alterType(TokenCursor cursor) {
        QualifiedName name = cursor.qualifiedName("a type");
        if (!cursor.accept("ADD", "VALUE")) {
            return;
        }
        cursor.accept("IF", "NOT", "EXISTS");
        String label = cursor.name("a label").text();
        if (catalogue.type(name.bareKey()).orElse(new UserType.Opaque())
                        instanceof UserType.Enumeration(List<String> labels)
                && !labels.contains(label)) {
            List<String> longer = new ArrayList<>(labels);
            int before = cursor.accept("BEFORE") ? labels.indexOf(cursor.peek().text()) : -1;
            int after = cursor.accept("AFTER") ? labels.indexOf(cursor.peek().text()) : -1;
            longer.add(before >= 0 ? before : after >= 0 ? after + 1 : labels.size(), label);
            catalogue.addType(name, new UserType.Enumeration(longer));
        }
    }

    private void createDomain(TokenCursor cursor) {
        QualifiedName name = cursor.qualifiedName("a domain");
        cursor.accept("AS");
        SqlType base = SqlType.read(cursor);
        List<Labels> checks = new ArrayList<>();
        while (!cursor.atEnd()) {
            if (cursor.accept("CHECK")) {
                checks.addAll(cursor.labels());
            } else {
                cursor.skip();
            }
        }
        catalogue.addType(name, new UserType.Domain(base, checks));
    }

    /// Dumps drop tables before they make them; a table that is dropped afterwards is gone.
    private void drop(TokenCursor cursor) {
        if (!cursor.accept("TABLE")) {
            return;
        }
        cursor.accept("IF", "EXISTS");
        do {
            catalogue.remove(cursor.qualifiedName("a table"));
        } while (cursor.acceptSign(","));
    }
}
