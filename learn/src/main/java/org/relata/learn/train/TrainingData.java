package org.relata.learn.train;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;
import org.relata.sql.model.Input;

/// What the start of parameters asks of the data.
public interface TrainingData {
    /// The rows that a parameter has already, each with its value, or without one where it has to be given one; empty
    /// if the table of the parameter does not exist yet.
    Optional<Map<Key, Optional<Tensor>>> rows(Input parameter);

    /// The values that a key column of a table takes.
    NavigableSet<Key> values(String table, String column);
}
