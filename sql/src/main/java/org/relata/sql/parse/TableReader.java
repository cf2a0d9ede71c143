package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Facts;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Attribute.Domain;
import org.relata.sql.model.Initialiser;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.KeyColumn;
import org.relata.sql.model.Table.ValueColumn;

/// Reads `CREATE [PARAMETER] TABLE`, by recursive descent.
final class TableReader {
    /// A table, what else its declaration says, and what is to be checked when all tables are known.
    ///
    /// @param unique sets of key attributes that determine a row, besides the primary key
    /// @param references of key attributes, by name
    record Declared(Table table, Place place, Set<Set<String>> unique, Map<String, ForeignKey> references) {}

    /// A foreign key as written.
    record ForeignKey(Identifier table, Optional<Identifier> column) {}

    private final Cursor cursor;
    private final boolean learned;
    private final Identifier name;
    private final ShapeSource shapes;
    private final Map<String, Identifier> columns = new LinkedHashMap<>();
    private final Map<String, Domain> keys = new LinkedHashMap<>();
    private final Map<String, ValueColumn> values = new LinkedHashMap<>();
    private final Map<String, Facts.Range> ranges = new LinkedHashMap<>();
    private final Map<String, ForeignKey> references = new LinkedHashMap<>();
    private final Set<Set<String>> unique = new HashSet<>();
    private final List<String> primaryKey = new ArrayList<>();

    private TableReader(Cursor cursor, boolean learned, ShapeSource shapes) {
        this.cursor = cursor;
        this.learned = learned;
        this.shapes = shapes;
        this.name = cursor.name("the name of the table");
    }

    /// Reads on behind `TABLE`.
    ///
    /// @param learned whether all its values are parameters
    static Declared read(Cursor cursor, boolean learned, ShapeSource shapes) {
        return new TableReader(cursor, learned, shapes).table();
    }

    private Declared table() {
        cursor.expectSymbol("(", "");
        do {
            if (cursor.word("CONSTRAINT")) {
                cursor.name("the name of the constraint");
                constraint();
            } else if (startsConstraint()) {
                constraint();
            } else {
                column();
            }
        } while (cursor.symbol(","));
        cursor.expectSymbol(")", "separate columns by commas");
        if (!cursor.atEnd()) {
            throw cursor.unexpected(";", "");
        }
        if (columns.isEmpty() || (learned && values.isEmpty())) {
            throw name.place()
                    .error("sql.declaration", "table " + name + " has no value to learn", "give it a column of values");
        }
        List<KeyColumn> attributes = new ArrayList<>();
        keys.forEach((key, domain) -> attributes.add(
                new KeyColumn(new Attribute(key, domain), Optional.ofNullable(ranges.get(key)), Optional.empty())));
        if (primaryKey.isEmpty()) {
            primaryKey.addAll(keys.keySet());
        } else if (!Set.copyOf(primaryKey).containsAll(keys.keySet())) {
            unique.add(Set.copyOf(primaryKey));
        }
        Table table = new Table(name.text(), attributes, primaryKey, List.copyOf(values.values()));
        return new Declared(table, name.place(), unique, references);
    }

    private boolean startsConstraint() {
        return (cursor.seesWord("PRIMARY") && cursor.seesWord(1, "KEY"))
                || (cursor.seesWord("FOREIGN") && cursor.seesWord(1, "KEY"))
                || (cursor.seesWord("CHECK") && cursor.seesSymbol(1, "("))
                || (cursor.seesWord("UNIQUE") && cursor.seesSymbol(1, "("));
    }

    private void constraint() {
        Place place = cursor.place();
        if (cursor.word("PRIMARY")) {
            cursor.expectWord("KEY", "");
            primaryKey(place, cursor.names("a key column"));
        } else if (cursor.word("UNIQUE")) {
            Set<String> set = new HashSet<>();
            cursor.names("a key column").forEach(each -> set.add(key(each)));
            unique.add(set);
        } else if (cursor.word("FOREIGN")) {
            cursor.expectWord("KEY", "");
            foreignKey(place, cursor.names("a key column"));
        } else if (cursor.word("CHECK")) {
            check();
        } else {
            throw cursor.unexpected("PRIMARY KEY, FOREIGN KEY, UNIQUE or CHECK", "");
        }
    }

    private void primaryKey(Place place, List<Identifier> names) {
        if (!primaryKey.isEmpty()) {
            throw place.error("sql.duplicate", "table " + name + " has a primary key already", "state it once");
        }
        for (Identifier each : names) {
            String key = key(each);
            if (primaryKey.contains(key)) {
                throw each.place().error("sql.duplicate", key + " stands twice in the primary key", "");
            }
            primaryKey.add(key);
        }
    }

    /// A foreign key of several columns says where rows are, but not where the values of each column are: it is read
    /// and
    /// not kept.
    private void foreignKey(Place place, List<Identifier> names) {
        cursor.expectWord("REFERENCES", "");
        Identifier table = cursor.name("a table");
        List<Identifier> others = cursor.seesSymbol("(") ? cursor.names("a column") : List.of();
        if (!others.isEmpty() && others.size() != names.size()) {
            throw place.error(
                    "sql.declaration", names.size() + " columns cannot reference " + others.size(), "name as many");
        }
        List<String> own = names.stream().map(this::key).toList();
        for (int index = 0; index < own.size(); index++) {
            if (own.size() == 1 || !others.isEmpty()) {
                references.put(
                        own.get(index),
                        new ForeignKey(table, others.isEmpty() ? Optional.empty() : Optional.of(others.get(index))));
            }
        }
    }

    private void check() {
        cursor.expectSymbol("(", "");
        Identifier column = cursor.name("a key column");
        String remedy = "only CHECK (column BETWEEN integer AND integer) is understood, on a key column";
        cursor.expectWord("BETWEEN", remedy);
        Place place = cursor.place();
        long from = Literals.integer(cursor);
        cursor.expectWord("AND", remedy);
        long to = Literals.integer(cursor);
        cursor.expectSymbol(")", remedy);
        String key = key(column);
        if (keys.get(key) != Domain.INTEGER) {
            throw column.place().error("sql.type", key + " is not an integer column", remedy);
        }
        if (from > to || to == Long.MAX_VALUE) {
            throw place.error("sql.declaration", "no integer lies between " + from + " and " + to, "");
        }
        ranges.put(key, new Facts.Range(from, to + 1));
    }

    private void column() {
        Identifier column = cursor.name("a column");
        for (String other : columns.keySet()) {
            if (other.equalsIgnoreCase(column.text())) {
                throw column.place().error("sql.duplicate", "column " + column + " is declared twice", "rename one");
            }
        }
        columns.put(column.text(), column);
        switch (ColumnType.read(cursor, name, column, shapes)) {
            case ColumnType.OfKey(Domain domain) -> keys.put(column.text(), domain);
            case ColumnType.OfValue(var shape) -> {
                Optional<Initialiser> start = Optional.empty();
                if (cursor.word("PARAMETER") || learned) {
                    start = Optional.of(Literals.initialiser(cursor, shape));
                }
                values.put(column.text(), new ValueColumn(column.text(), shape, start));
            }
        }
        while (!cursor.atEnd() && !cursor.seesSymbol(",") && !cursor.seesSymbol(")")) {
            columnConstraint(column);
        }
    }

    private void columnConstraint(Identifier column) {
        Place place = cursor.place();
        if (cursor.word("PRIMARY")) {
            cursor.expectWord("KEY", "");
            primaryKey(place, List.of(column));
        } else if (cursor.word("NOT")) {
            cursor.expectWord("NULL", "");
        } else if (cursor.word("UNIQUE")) {
            unique.add(Set.of(key(column)));
        } else if (cursor.seesWord("REFERENCES")) {
            foreignKey(place, List.of(column));
        } else if (cursor.word("CHECK")) {
            check();
        } else if (cursor.seesWord("PARAMETER")) {
            throw place.error("sql.type", "column " + column + " is a key, and keys are not learned", "");
        } else {
            throw cursor.unexpected(
                    "a comma or a constraint", "constraints are PRIMARY KEY, NOT NULL, UNIQUE, REFERENCES, CHECK");
        }
    }

    private String key(Identifier column) {
        String declared = column.find(columns.keySet())
                .orElseThrow(() -> column.place()
                        .error(
                                "sql.unknown",
                                "table " + name + " has no column " + column,
                                column.hint(columns.keySet())));
        if (!keys.containsKey(declared)) {
            throw column.place()
                    .error(
                            "sql.type",
                            declared + " holds values, and keys are integers or texts",
                            "give it another type");
        }
        return declared;
    }
}
