package org.relata.learn.train;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;
import org.relata.sql.run.JdbcTables;

/// Data in the tables of a database.
///
/// @param tables where they are
public record TableData(JdbcTables tables) implements TrainingData {
    @Override
    public Optional<Map<Key, Optional<Tensor>>> rows(Input parameter) {
        return tables.rows(parameter);
    }

    @Override
    public NavigableSet<Key> values(String table, String column) {
        return tables.values(table, column);
    }
}
