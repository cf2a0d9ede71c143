package org.relata.sql.write;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.relata.algebra.Scan;
import org.relata.algebra.value.AlgebraException;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.model.Table;
import org.relata.sql.model.Table.ValueColumn;

/// Where SQL for people finds the relations of a model file: in its tables or, with one row an element, in views of the
/// session that have to be made first.
public final class ModelStorage implements Storage {
    private final Map<String, Input> inputs = new HashMap<>();
    private final TableReading reading;
    /// Names that a view must not have, in lower case.
    private final Set<String> taken = new HashSet<>();
    /// The names of views, by what makes them.
    private final SequencedMap<String, String> views = new LinkedHashMap<>();

    /// The storage of a model's inputs.
    public ModelStorage(Model model, Dialect dialect, Layout layout, Columns columns) {
        Map<Table, Set<ValueColumn>> read = new HashMap<>();
        model.inputs().forEach(input -> {
            inputs.put(input.relation(), input);
            Set<ValueColumn> values = read.computeIfAbsent(input.table(), table -> new LinkedHashSet<>());
            input.column().ifPresent(values::add);
            values.addAll(input.read());
        });
        this.reading = new TableReading(dialect, layout, columns, table -> read.getOrDefault(table, Set.of()));
        model.tables().forEach(table -> {
            taken.add(table.name().toLowerCase(Locale.ROOT));
            taken.add(columns.table(table).toLowerCase(Locale.ROOT));
        });
        // What the program defines is called by what the file names, and by the gradients of that.
        model.named().keySet().stream()
                .map(name -> name.replace('.', '_').toLowerCase(Locale.ROOT))
                .forEach(name -> {
                    taken.add(name);
                    taken.add("d_" + name);
                });
    }

    @Override
    public Stored of(Scan scan) {
        Input input = inputs.get(scan.relation());
        if (input == null) {
            throw new AlgebraException(
                    "relation.missing", "relation " + scan.relation(), "the model does not declare it", "declare it");
        }
        return reading.stored(
                input,
                reading.view(input)
                        .map(view -> views.computeIfAbsent(view.query(), query -> free(view.wish())))
                        .orElse(""));
    }

    private String free(String wish) {
        String name = wish;
        for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
            name = wish + "_" + number;
        }
        return name;
    }

    /// The statements that make the views that a program written so far reads, for people to run before it.
    public String text() {
        StringBuilder text = new StringBuilder();
        views.forEach((query, name) -> text.append("CREATE TEMPORARY VIEW ")
                .append(reading.dialect().name(name))
                .append(" AS\n")
                .append(query)
                .append(";\n\n"));
        return text.toString();
    }
}
