package org.relata.learn.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/// A sum over texts and numbers, by which they are known again when a run is gone on from.
public final class Checksum {
    private static final int CHUNK = 1 << 14;

    private final CRC32C sum = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK * Integer.BYTES);

    private Checksum() {}

    /// Of a text.
    static Checksum of(String text) {
        Checksum checksum = new Checksum();
        checksum.sum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum;
    }

    /// Of names, in their order.
    public static Checksum of(List<?>... lists) {
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

    /// And of integers.
    public Checksum and(int[] numbers) {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            buffer.clear();
            buffer.asIntBuffer().put(numbers, from, count);
            sum.update(buffer.limit(count * Integer.BYTES));
        }
        return this;
    }

    /// And of bytes.
    public Checksum and(byte[] bytes) {
        sum.update(bytes);
        return this;
    }

    /// And of numbers.
    public Checksum and(float[] values) {
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.clear();
            buffer.asFloatBuffer().put(values, from, count);
            sum.update(buffer.limit(count * Float.BYTES));
        }
        return this;
    }

    /// A few characters that differ where texts and numbers do.
    public String text() {
        return Long.toHexString(sum.getValue());
    }
}
