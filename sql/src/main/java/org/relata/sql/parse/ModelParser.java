package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;
import org.relata.algebra.value.Attribute;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.KeyColumn;

/// Reads model files: declarations of tables, parameters and views, and at the end one query, the loss. The language is
/// described in `docs/reference/sql.md`.
public final class ModelParser {
    private final String name;
    private final ShapeSource shapes;
    private final Map<String, TableReader.Declared> tables = new LinkedHashMap<>();
    private final Catalogue catalogue = new Catalogue();

    private ModelParser(String name, ShapeSource shapes) {
        this.name = name;
        this.shapes = shapes;
    }

    /// The model that a text describes.
    ///
    /// @param name of the file, for messages
    /// @param shapes of columns whose size the text leaves open
    public static Model parse(String name, String text, ShapeSource shapes) {
        return new ModelParser(name, shapes).model(text);
    }

    private Model model(String text) {
        List<List<Token>> statements = statements(Lexer.tokens(name, text));
        List<List<Token>> queries = new ArrayList<>();
        for (List<Token> statement : statements) {
            Cursor cursor = new Cursor(statement);
            boolean query = cursor.seesWord("SELECT") || cursor.seesWord("WITH") || cursor.seesSymbol("(");
            boolean creates = cursor.seesWord("CREATE");
            Place place = statement.getFirst().place();
            if (!queries.isEmpty() && queries.getLast() != statement && !isView(queries.getLast())) {
                throw place.error(
                        "sql.loss",
                        query ? "there is a second query" : "something follows the loss",
                        query ? "name all but the last: CREATE VIEW name AS …" : "the loss is the last statement");
            }
            if (query || (creates && cursor.seesWord(1, "VIEW"))) {
                queries.add(statement);
            } else if (creates) {
                table(cursor);
            } else {
                throw cursor.unexpected("CREATE TABLE, CREATE PARAMETER TABLE, CREATE VIEW or SELECT", "");
            }
        }
        tables.values().forEach(this::declare);
        for (List<Token> query : queries) {
            if (isView(query)) {
                view(new Cursor(query));
            }
        }
        if (queries.isEmpty() || isView(queries.getLast())) {
            Place end = statements.isEmpty()
                    ? new Place(name, 1, 1)
                    : statements.getLast().getLast().end();
            throw end.error("sql.loss", "there is no loss", "end with a query for one number: SELECT SUM(…) FROM …");
        }
        RelExpr loss = catalogue.loss(CalciteReader.read(queries.getLast()));
        Set<RelExpr> scanned = Collections.newSetFromMap(new IdentityHashMap<>());
        scanned.addAll(Sharing.sorted(loss));
        List<Input> inputs = catalogue.scans().inputs().stream()
                .filter(input -> scanned.contains(input.scan()))
                .toList();
        return new Model(catalogue.tables(), inputs, loss, catalogue.named());
    }

    private static boolean isView(List<Token> statement) {
        return statement.getFirst().isWord("CREATE");
    }

    private static List<List<Token>> statements(List<Token> tokens) {
        List<List<Token>> statements = new ArrayList<>();
        int start = 0;
        for (int index = 0; index <= tokens.size(); index++) {
            if (index == tokens.size() || tokens.get(index).isSymbol(";")) {
                if (index > start) {
                    statements.add(tokens.subList(start, index));
                }
                start = index + 1;
            }
        }
        return statements;
    }

    private void table(Cursor cursor) {
        cursor.word("CREATE");
        boolean learned = cursor.word("PARAMETER");
        cursor.expectWord("TABLE", "tables, parameter tables and views are created");
        TableReader.Declared declared = TableReader.read(cursor, learned, shapes);
        free(declared.table().name(), declared.place());
        tables.put(declared.table().name(), declared);
    }

    private void view(Cursor cursor) {
        cursor.word("CREATE");
        cursor.word("VIEW");
        Identifier view = cursor.name("the name of the view");
        List<Identifier> columns = cursor.seesSymbol("(") ? cursor.names("a column") : List.of();
        cursor.expectWord("AS", "write CREATE VIEW name AS SELECT …");
        if (cursor.atEnd()) {
            throw cursor.unexpected("a query", "");
        }
        free(view.text(), view.place());
        catalogue.view(view, columns, CalciteReader.read(cursor.rest()));
    }

    private void free(String wanted, Place place) {
        boolean taken = tables.keySet().stream().anyMatch(wanted::equalsIgnoreCase) || catalogue.hasView(wanted);
        if (taken) {
            throw place.error("sql.duplicate", "there is a table or view " + wanted + " already", "rename one");
        }
    }

    /// Makes a table known, with its foreign keys, which may reference tables declared after it.
    private void declare(TableReader.Declared declared) {
        Table table = declared.table();
        List<KeyColumn> keys = new ArrayList<>();
        for (KeyColumn key : table.keys()) {
            TableReader.ForeignKey reference =
                    declared.references().get(key.attribute().name());
            keys.add(new KeyColumn(
                    key.attribute(),
                    key.range(),
                    reference == null ? Optional.empty() : Optional.of(resolved(reference, key.attribute()))));
        }
        Table complete = new Table(table.name(), keys, table.primaryKey(), table.values());
        catalogue.declare(
                new TableReader.Declared(complete, declared.place(), declared.unique(), declared.references()));
    }

    private Table.Reference resolved(TableReader.ForeignKey reference, Attribute from) {
        Identifier wanted = reference.table();
        Table target = wanted.find(tables.keySet())
                .flatMap(found -> Optional.ofNullable(tables.get(found)))
                .map(TableReader.Declared::table)
                .orElseThrow(() -> wanted.place()
                        .error("sql.unknown", "there is no table " + wanted, wanted.hint(tables.keySet())));
        List<String> names =
                target.keys().stream().map(key -> key.attribute().name()).toList();
        Optional<Identifier> column = reference.column();
        if (column.isEmpty() && target.primaryKey().size() != 1) {
            throw wanted.place()
                    .error(
                            "sql.declaration",
                            target.name() + " has no primary key of one column",
                            "say which column is meant: REFERENCES " + target.name() + " (column)");
        }
        String found = column.isEmpty()
                ? target.primaryKey().getFirst()
                : column.get()
                        .find(names)
                        .orElseThrow(() -> column.get()
                                .place()
                                .error(
                                        "sql.unknown",
                                        target.name() + " has no key column " + column.get(),
                                        column.get().hint(names)));
        Attribute to = target.keys().get(names.indexOf(found)).attribute();
        if (to.domain() != from.domain()) {
            throw wanted.place()
                    .error(
                            "sql.type",
                            from.name() + " references " + target.name() + "." + found + " of another type",
                            "give both one type");
        }
        return new Table.Reference(target.name(), found);
    }
}
