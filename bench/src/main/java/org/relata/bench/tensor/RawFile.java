package org.relata.bench.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Numbers of four bytes in a file, little-endian, one after the other.
///
/// @param segment the file in memory
record RawFile(MemorySegment segment) {
    private static final ValueLayout.OfInt INTEGER = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat NUMBER = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Opens a file.
    static RawFile of(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new RawFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int integer(long position) {
        return segment.getAtIndex(INTEGER, position);
    }

    float number(long position) {
        return segment.getAtIndex(NUMBER, position);
    }
}
