package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files of numbers of four bytes, little-endian, without a header: what the peers' harnesses read.
final class RawFile {
    private static final int CHUNK = 1 << 20;

    private RawFile() {}

    /// Writes 32-bit numbers.
    static void write(Path file, float[] numbers) {
        write(file, numbers.length, (at, buffer) -> buffer.putFloat(numbers[at]));
    }

    /// Writes integers.
    static void write(Path file, int[] numbers) {
        write(file, numbers.length, (at, buffer) -> buffer.putInt(numbers[at]));
    }

    @FunctionalInterface
    private interface Putting {
        void put(int at, ByteBuffer buffer);
    }

    private static void write(Path file, int count, Putting putting) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                for (int from = 0; from < count; from += CHUNK) {
                    buffer.clear();
                    for (int at = from; at < Math.min(count, from + CHUNK); at++) {
                        putting.put(at, buffer);
                    }
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                }
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
