package org.relata.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.relata.algebra.run.RowReader;
import org.relata.algebra.value.Attribute;
import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Rows that are in the engine's memory.
record Rows(KeySet keys, Values values) implements RowReader {
    @Override
    public List<Attribute> attributes() {
        return keys.attributes();
    }

    @Override
    public int count() {
        return keys.rows();
    }

    @Override
    public int width() {
        return values.width();
    }

    @Override
    public long key(int attribute, int row) {
        return keys.columns().get(attribute).at(row);
    }

    @Override
    public double number(int row, int element) {
        return values.get(row, element);
    }

    @Override
    public boolean single() {
        return values.precision() == Precision.FLOAT32;
    }

    @Override
    public void copy(int row, float[] to, int at) {
        if (single()) {
            int width = values.width();
            MemorySegment.copy(
                    values.segment(), ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, to, at, width);
        } else {
            RowReader.super.copy(row, to, at);
        }
    }
}
