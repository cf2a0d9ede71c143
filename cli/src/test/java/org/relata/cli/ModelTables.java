package org.relata.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;

/// The tables of a model in another database than where its data was made, tensors in one column an element or in
/// lists.
///
/// @param source a DuckDB with one column an element
record ModelTables(Model model, Connection source, boolean lists) {
    /// A column of a table: its name and type, and what it is in the source.
    private record Column(String name, String type, String from) {}

    /// Copies the tables.
    ///
    /// @param scratch a file that may be written
    void copyTo(Connection target, Path scratch) throws SQLException, IOException {
        for (Table table : model.tables()) {
            List<Column> columns = columns(table);
            List<String> declared = columns.stream()
                    .map(each -> quoted(each.name) + " " + each.type)
                    .toList();
            List<String> selected = columns.stream().map(Column::from).toList();
            try (Statement from = source.createStatement();
                    Statement to = target.createStatement()) {
                to.execute("CREATE TABLE " + quoted(table.name()) + " (" + String.join(", ", declared) + ")");
                from.execute("COPY (SELECT " + String.join(", ", selected) + " FROM " + quoted(table.name()) + ") TO '"
                        + scratch + "' (FORMAT csv, HEADER false)");
                if (target.isWrapperFor(PGConnection.class)) {
                    Files.writeString(
                            scratch, Files.readString(scratch).replace('[', '{').replace(']', '}'));
                    try (Reader rows = Files.newBufferedReader(scratch)) {
                        target.unwrap(PGConnection.class)
                                .getCopyAPI()
                                .copyIn("COPY " + quoted(table.name()) + " FROM STDIN (FORMAT csv)", rows);
                    }
                } else {
                    to.execute("COPY " + quoted(table.name()) + " FROM '" + scratch + "' (FORMAT csv, HEADER false)");
                }
            }
        }
    }

    private List<Column> columns(Table table) {
        List<Column> columns = new ArrayList<>();
        table.keys()
                .forEach(key -> columns.add(new Column(
                        key.attribute().name(),
                        key.attribute().domain() == Attribute.Domain.INTEGER ? "BIGINT" : "TEXT",
                        quoted(key.attribute().name()))));
        for (ValueColumn value : table.values()) {
            Shape shape = value.shape();
            if (lists || shape.rank() == 0) {
                columns.add(new Column(
                        value.name(), "DOUBLE PRECISION" + "[]".repeat(shape.rank()), nested(value.name(), shape, 0)));
            } else {
                for (int element = 0; element < shape.size(); element++) {
                    String name = value.name() + "_" + element;
                    columns.add(new Column(name, "DOUBLE PRECISION", quoted(name)));
                }
            }
        }
        return columns;
    }

    private static String nested(String name, Shape shape, int first) {
        if (shape.rank() == 0) {
            return quoted(name);
        }
        List<String> parts = new ArrayList<>();
        int each = shape.size() / shape.extent(0);
        for (int index = 0; index < shape.extent(0); index++) {
            parts.add(
                    shape.rank() == 1
                            ? quoted(name + "_" + (first + index))
                            : nested(name, new Shape(shape.extents().subList(1, shape.rank())), first + index * each));
        }
        return "[" + String.join(", ", parts) + "]";
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
