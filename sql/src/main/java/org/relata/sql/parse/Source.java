package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Shape;
import org.relata.sql.model.Table;

/// What a name in FROM stands for: keys, and one relation of these keys for each value.
sealed interface Source {
    /// A table.
    record OfTable(Table table) implements Source {
        @Override
        public List<Attribute> key() {
            return table.keys().stream().map(Table.KeyColumn::attribute).toList();
        }

        @Override
        public Map<String, Shape> values() {
            Map<String, Shape> values = new LinkedHashMap<>();
            table.values().forEach(column -> values.put(column.name(), column.shape()));
            return values;
        }

        /// A value column by name.
        Table.ValueColumn column(String name) {
            return table.values().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// A query.
    ///
    /// @param columns the names of keys and values, in the order of the select list
    /// @param relations by the name of the value; if there is no value, one of ones without a name
    record OfQuery(List<Attribute> key, List<String> columns, Map<String, RelExpr> relations) implements Source {
        /// The name of what stands for no value.
        static final String KEYS_ONLY = "";

        @Override
        public Map<String, Shape> values() {
            Map<String, Shape> values = new LinkedHashMap<>();
            relations.forEach((name, relation) -> {
                if (!name.equals(KEYS_ONLY)) {
                    values.put(name, relation.type().shape());
                }
            });
            return values;
        }
    }

    /// The key attributes, in order.
    List<Attribute> key();

    /// The shapes of the values, by name.
    Map<String, Shape> values();

    /// The names of keys and values.
    default List<String> columns() {
        List<String> columns =
                new ArrayList<>(key().stream().map(Attribute::name).toList());
        columns.addAll(values().keySet());
        return columns;
    }

    /// A key attribute by name.
    default Optional<Attribute> attribute(String name) {
        return key().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
