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
import java.util.function.IntSupplier;

/// Files of numbers of four bytes, little-endian, without a header: what the peers' harnesses read.
final class RawFile {
    private static final int CHUNK = 1 << 20;

    private RawFile() {}

    /// Writes 32-bit numbers.
    static void write(Path file, float[] numbers) {
        write(file, numbers.length, (at, buffer) -> buffer.putFloat(numbers[(int) at]));
    }

    /// Writes integers.
    static void write(Path file, int[] numbers) {
        write(file, numbers.length, (at, buffer) -> buffer.putInt(numbers[(int) at]));
    }

    /// Writes 32-bit numbers as they come.
    static void write(Path file, long count, GrownGraph.Numbers numbers) {
        write(file, count, (_, buffer) -> buffer.putFloat(numbers.next()));
    }

    /// Writes integers as they come.
    static void writeIntegers(Path file, long count, IntSupplier numbers) {
        write(file, count, (_, buffer) -> buffer.putInt(numbers.getAsInt()));
    }

    @FunctionalInterface
    private interface Putting {
        void put(long at, ByteBuffer buffer);
    }

    private static void write(Path file, long count, Putting putting) {
        Path aside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
                for (long from = 0; from < count; from += CHUNK) {
                    buffer.clear();
                    for (long at = from; at < Math.min(count, from + CHUNK); at++) {
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
