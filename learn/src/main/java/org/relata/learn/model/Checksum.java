package org.relata.learn.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// A sum over data, by which it is known again when a run is gone on from.
final class Checksum {
    private static final int CHUNK = 1 << 14;

    private final CRC32C sum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Integer.BYTES);

    private Checksum() {}

    /// Of names, in their order.
    static Checksum of(List<?>... lists) {
        Checksum checksum = new Checksum();
        for (List<?> list : lists) {
            for (Object each : list) {
                checksum.sum.update(each.toString().getBytes(StandardCharsets.UTF_8));
                checksum.sum.update(0);
            }
            checksum.sum.update(1);
        }
        return checksum;
    }

    Checksum and(int[] numbers) {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            buffer.clear();
            buffer.asIntBuffer().put(numbers, from, count);
            sum.update(buffer.limit(count * Integer.BYTES));
        }
        return this;
    }

    Checksum and(Rows rows) {
        rows.keys().values().forEach(this::and);
        float[] values = rows.values();
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            sum.update(buffer.limit(count * Float.BYTES));
        }
        return this;
    }

    String text() {
        return "checksum " + Long.toHexString(sum.getValue());
    }
}
