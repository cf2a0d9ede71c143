package org.relata.engine.memory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A place that stands for a relation's values in code, while the values themselves may be others from run to run.
public final class Slot {
    private final int rows;
    private final int width;
    private @Nullable Values values;

    /// A place for values.
    public Slot(int rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    /// A place with values.
    public Slot(Values values) {
        this(values.rows(), values.width());
        this.values = values;
    }

    /// The values of this run.
    public Values values() {
        return Objects.requireNonNull(values);
    }

    /// Changes them for the next run.
    public void put(Values others) {
        if (others.rows() != rows || others.width() != width) {
            throw new IllegalArgumentException("values of another size");
        }
        values = others;
    }
}
