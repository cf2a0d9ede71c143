package org.relata.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Files that stand for memory. They have no name once they are mapped, so that nothing of them is left behind however
/// the process ends.
final class SpillFile {
    private static final int ZEROS = 1 << 20;
    private static final int OWNER_ONLY = 0b110_000_000;

    private static final Optional<MethodHandle> CREATE =
            function("creat", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final Optional<MethodHandle> RESERVE = function(
            "posix_fallocate",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    private static final Optional<MethodHandle> CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private SpillFile() {}

    @SuppressWarnings("restricted") // calling native code is the purpose
    private static Optional<MethodHandle> function(String name, FunctionDescriptor descriptor) {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, descriptor));
    }

    /// A file of zeros, mapped.
    ///
    /// @throws IOException when the folder has no room: it is reserved now, since a full disk would be a crash later
    static MemorySegment map(Path folder, long size, Arena arena) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.createTempFile(folder, "relata-spill-", ".bin");
        try {
            boolean reserved = reserve(file, size);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (!reserved) {
                    write(channel, size);
                }
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /// Reserves room without writing to it, which would take as long as what is kept there; false where the system
    /// cannot.
    private static boolean reserve(Path file, long size) throws IOException {
        if (CREATE.isEmpty() || RESERVE.isEmpty() || CLOSE.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) CREATE.get().invokeExact(arena.allocateFrom(file.toString()), OWNER_ONLY);
            if (descriptor < 0) {
                return false;
            }
            int refused = (int) RESERVE.get().invokeExact(descriptor, 0L, size);
            int closed = (int) CLOSE.get().invokeExact(descriptor);
            if (refused != 0 || closed != 0) {
                throw new IOException("it cannot be reserved, error " + (refused != 0 ? refused : closed));
            }
            return true;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("posix_fallocate cannot be called", e);
        }
    }

    private static void write(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
        for (long at = 0; at < size; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(ZEROS, size - at));
            while (zeros.hasRemaining()) {
                channel.write(zeros, at + zeros.position());
            }
        }
    }
}
