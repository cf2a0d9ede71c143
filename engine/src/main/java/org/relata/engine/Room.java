package org.relata.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.relata.algebra.run.RowWriter;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Precision;
import org.relata.engine.memory.Values;

/// Room for rows in the engine's memory.
///
/// @param keys a column for each attribute; none where keys stand already
record Room(List<Longs> keys, Values values) implements RowWriter {
    /// Copies.
    Room {
        keys = List.copyOf(keys);
    }

    @Override
    public void key(int attribute, int row, long value) {
        keys.get(attribute).set(row, value);
    }

    @Override
    public void keys(int attribute, int row, int[] numbers, int count) {
        Longs column = keys.get(attribute);
        for (int each = 0; each < count; each++) {
            column.set(row + each, numbers[each]);
        }
    }

    @Override
    public void number(int row, int element, double number) {
        values.set(row, element, number);
    }

    @Override
    public int width() {
        return values.width();
    }

    @Override
    public void numbers(int row, float[] numbers, int from, int count) {
        if (values.precision() == Precision.FLOAT32) {
            int width = values.width();
            MemorySegment.copy(
                    numbers,
                    from * width,
                    values.segment(),
                    ValueLayout.JAVA_FLOAT,
                    (long) row * width * Float.BYTES,
                    count * width);
        } else {
            RowWriter.super.numbers(row, numbers, from, count);
        }
    }
}
