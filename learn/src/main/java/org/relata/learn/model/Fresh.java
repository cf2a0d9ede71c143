package org.relata.learn.model;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.relata.algebra.run.TrainingState;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Tensor;
import org.relata.learn.train.TrainingData;
import org.relata.sql.model.Input;

/// Training from nothing: no parameter has a row before, and nothing is kept of it but its result.
final class Fresh implements TrainingData, TrainingState {
    @Override
    public Optional<Map<Key, Optional<Tensor>>> rows(Input parameter) {
        return Optional.empty();
    }

    @Override
    public NavigableSet<Key> values(String table, String column) {
        throw new IllegalStateException("the model does not say which keys parameters of " + table + " have");
    }

    @Override
    public Optional<Saved> load() {
        return Optional.empty();
    }

    @Override
    public void save(Saved saved) {}

    @Override
    public boolean keeps() {
        return false;
    }

    @Override
    public void clear() {}
}
