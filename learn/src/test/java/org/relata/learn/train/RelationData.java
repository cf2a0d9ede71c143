package org.relata.learn.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;

/// Data that is held as relations, under the names by which a model scans them: `table`, or `table.column`.
///
/// @param relations by name
record RelationData(Map<String, Relation> relations) implements TrainingData {
    RelationData {
        relations = Map.copyOf(relations);
    }

    @Override
    public Optional<Map<Key, Optional<Tensor>>> rows(Input parameter) {
        return Optional.ofNullable(relations.get(parameter.relation())).map(relation -> {
            Map<Key, Optional<Tensor>> rows = new HashMap<>();
            relation.tuples().forEach((key, value) -> rows.put(key, Optional.of(value)));
            return rows;
        });
    }

    @Override
    public NavigableSet<Key> values(String table, String column) {
        NavigableSet<Key> values = new TreeSet<>();
        new TreeMap<>(relations).forEach((name, relation) -> {
            List<String> names =
                    relation.attributes().stream().map(Attribute::name).toList();
            int index = names.indexOf(column);
            if (index >= 0 && (name.equals(table) || name.startsWith(table + "."))) {
                relation.tuples().keySet().forEach(key -> values.add(Key.of(key.value(index))));
            }
        });
        return values;
    }
}
