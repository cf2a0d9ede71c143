package org.relata.sql.parse;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Facts;
import org.relata.algebra.RelationType;
import org.relata.algebra.Scan;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Input;
import org.relata.sql.model.Table;

/// What a model scans: each relation once.
final class Scans {
    /// A condition over values of a table.
    ///
    /// @param kernel over the values of `read`, as arguments 0, 1, …
    record Condition(Kernel kernel, List<Table.ValueColumn> read) {}

    private final Map<String, TableReader.Declared> tables = new HashMap<>();
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final KernelGraph.Sharing kernels = new KernelGraph.Sharing();
    private final Map<List<Object>, Integer> conditions = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void declare(TableReader.Declared table) {
        tables.put(table.table().name(), table);
    }

    List<Input> inputs() {
        return List.copyOf(inputs.values());
    }

    /// The scan of a value column, or of the keys of a table that has none.
    Scan scan(Table table, Optional<Table.ValueColumn> column, Optional<Condition> condition) {
        String name = relation(table, column)
                + condition.map(each -> "?" + number(table, each)).orElse("");
        Input known = inputs.get(name);
        if (known != null) {
            return known.scan();
        }
        boolean learned = column.flatMap(Table.ValueColumn::learned).isPresent();
        Shape shape = column.map(Table.ValueColumn::shape).orElse(Shape.SCALAR);
        Scan scan = new Scan(name, type(table, shape), learned ? Scan.Role.PARAMETER : Scan.Role.INPUT);
        List<Table.ValueColumn> read = condition.map(Condition::read).orElse(List.of());
        inputs.put(name, new Input(scan, table, column, condition.map(Condition::kernel), read));
        return scan;
    }

    /// The name of the relation of a value column, without any condition.
    static String relation(Table table, Optional<Table.ValueColumn> column) {
        return table.values().size() < 2
                ? table.name()
                : table.name() + "." + column.orElseThrow().name();
    }

    private int number(Table table, Condition condition) {
        List<Object> identity = List.of(table.name(), kernels.number(condition.kernel()), condition.read());
        return conditions.computeIfAbsent(identity, each -> numbers.merge(table.name(), 1, Integer::sum));
    }

    private RelationType type(Table table, Shape shape) {
        RelationType type = new RelationType(
                table.keys().stream().map(Table.KeyColumn::attribute).toList(), shape, Facts.NONE);
        for (Table.KeyColumn key : table.keys()) {
            if (key.range().isPresent()) {
                Facts.Range range = key.range().get();
                type = type.range(key.attribute().name(), range.from(), range.to());
            }
        }
        TableReader.Declared declared = tables.get(table.name());
        for (Set<String> unique : declared == null ? Set.<Set<String>>of() : declared.unique()) {
            type = type.unique(unique.toArray(String[]::new));
        }
        return type;
    }
}
