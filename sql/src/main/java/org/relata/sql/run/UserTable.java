package org.relata.sql.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.write.Columns;
import org.relata.sql.write.Stored;
import org.relata.sql.write.TableReading;

/// A table of the user's, read where it stands. A vector or matrix may be a list column, or one column an element named
/// `x_0`, `x_1`, … (or from `x_1` on), last axis fastest.
final class UserTable {
    /// PostgreSQL selects at most 1,664 expressions.
    private static final int AT_ONCE = 1_000;

    private final Session session;
    private final Input input;
    private final TableReading reading;

    UserTable(Session session, JdbcTables tables, Input input, Layout layout) {
        this.session = session;
        this.input = input;
        Columns columns = new JdbcColumns(tables);
        // Parameters may not be there yet, and are not read where they stand.
        this.reading = new TableReading(
                session.dialect(),
                layout,
                columns,
                table -> table.values().stream()
                        .filter(value -> value.learned().isEmpty() && tables.holds(columns.table(table), value))
                        .toList());
        check();
    }

    /// Where programs find the relation.
    ///
    /// @param views the name of the view that a query makes
    Stored stored(UnaryOperator<String> views) {
        return reading.stored(
                input,
                reading.view(input).map(view -> views.apply(view.query())).orElse(""));
    }

    /// A key or value that is NULL would be silently left out of some joins and sums and not of others. So would what
    /// lacks
    /// in a list that is too short.
    private void check() {
        Map<String, String> counted = new LinkedHashMap<>();
        List<String> keys = reading.keys(input);
        for (int index = 0; index < keys.size(); index++) {
            counted.put(keys.get(index), input.scan().type().names().get(index));
        }
        input.column()
                .ifPresent(
                        value -> reading.elements(input, value).forEach(element -> counted.put(element, value.name())));
        List<String> expressions = List.copyOf(counted.keySet());
        for (int from = 0; from < expressions.size(); from += AT_ONCE) {
            nulls(expressions.subList(from, Math.min(from + AT_ONCE, expressions.size())), counted);
        }
    }

    private void nulls(List<String> expressions, Map<String, String> columns) {
        List<String> counts = expressions.stream()
                .map(each -> "COUNT(*) - COUNT(" + each + ")")
                .toList();
        Shape shape = input.scan().type().shape();
        session.query("SELECT " + String.join(", ", counts) + " FROM " + reading.table(input), row -> {
            for (int index = 0; index < expressions.size(); index++) {
                if (row.getLong(index + 1) > 0) {
                    throw new AlgebraException(
                            "value.null",
                            "table " + reading.columns().table(input.table()) + ", column "
                                    + columns.get(expressions.get(index)),
                            row.getLong(index + 1) + " rows are NULL"
                                    + (shape.rank() == 0 ? "" : ", or lack elements of " + shape),
                            "delete those rows, or read a view without them");
                }
            }
            return row;
        });
    }
}
