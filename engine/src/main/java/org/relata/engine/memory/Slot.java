package org.relata.engine.memory;

/// A place that stands for a relation's values in code, while the values themselves may be others from run to run.
public final class Slot {
    private Values values;

    /// A place with values.
    public Slot(Values values) {
        this.values = values;
    }

    /// The values of this run.
    public Values values() {
        return values;
    }

    /// Changes them for the next run; rows and width stay.
    public void put(Values others) {
        if (others.rows() != values.rows() || others.width() != values.width()) {
            throw new IllegalArgumentException("values of another size");
        }
        values = others;
    }
}
