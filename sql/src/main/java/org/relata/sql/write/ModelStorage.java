package org.relata.sql.write;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relata.algebra.Scan;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Where the relations of a model file stand, as the file itself declares it: for SQL that is printed without a
/// database at
/// hand. With one column an element, a vector `x` is read from columns `x_0`, `x_1`, …; with one row an element, from a
/// table
/// `x_elements` (of a table with one value `t_elements`) that has the index columns of the program beside the key.
public final class ModelStorage implements Storage {
    private final Map<String, Input> inputs = new HashMap<>();
    private final Dialect dialect;
    private final Layout layout;

    /// The storage of a model's inputs.
    public ModelStorage(Model model, Dialect dialect, Layout layout) {
        model.inputs().forEach(input -> inputs.put(input.relation(), input));
        this.dialect = dialect;
        this.layout = layout;
    }

    @Override
    public Stored of(Scan scan) {
        Input input = inputs.get(scan.relation());
        if (input == null) {
            throw new AlgebraException(
                    "relation.missing", "relation " + scan.relation(), "the model does not declare it", "declare it");
        }
        String table = input.table().name();
        List<String> keys = scan.type().names().stream().map(dialect::name).toList();
        List<String> read =
                input.read().stream().map(each -> dialect.name(each.name())).toList();
        Shape shape = input.scan().type().shape();
        boolean elements = !layout.axes(shape).isEmpty();
        List<Integer> rowKey = new ArrayList<>(input.table().primaryKey().stream()
                .map(name -> input.scan().type().names().indexOf(name))
                .toList());
        for (int axis = input.scan().type().key().size(); axis < keys.size(); axis++) {
            rowKey.add(axis);
        }
        List<String> values = new ArrayList<>();
        if (input.column().isEmpty()) {
            values.add("1");
        } else {
            String column = input.column().get().name();
            for (int element = 0; element < layout.columns(shape); element++) {
                values.add(dialect.name(shape.size() == 1 || elements ? column : column + "_" + element));
            }
        }
        String from = elements ? table + "_elements" : table;
        return new Stored(dialect.name(from), table, keys, values, rowKey, input.condition(), read);
    }
}
