package org.relata.algebra.run;

import java.util.List;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;

/// The rows of a relation of objects, in key order.
final class ReadRows implements RowReader {
    private final Relation relation;
    private final List<Key> keys;
    private final List<Tensor> values;

    ReadRows(Relation relation) {
        this.relation = relation;
        this.keys = List.copyOf(relation.tuples().keySet());
        this.values = List.copyOf(relation.tuples().values());
    }

    @Override
    public List<Attribute> attributes() {
        return relation.attributes();
    }

    @Override
    public int count() {
        return keys.size();
    }

    @Override
    public int width() {
        return relation.shape().size();
    }

    @Override
    public long key(int attribute, int row) {
        return (Long) keys.get(row).value(attribute);
    }

    @Override
    public double number(int row, int element) {
        return values.get(row).at(element);
    }
}
