package org.relata.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.relata.algebra.value.AlgebraException;

/// A budget of memory outside the heap. What does not fit into it is kept in files that are mapped into memory, so that
/// work gets slower and does not end.
public final class Memory {
    /// So that rows begin where cache lines do.
    private static final long ALIGNMENT = 64;

    private static final int ZEROS = 1 << 20;

    private final long budget;
    private final Path folder;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    /// @param budget in bytes
    /// @param folder for what does not fit
    public Memory(long budget, Path folder) {
        this.budget = budget;
        this.folder = folder;
    }

    /// Bytes that are held in memory now.
    public long held() {
        return held.get();
    }

    /// The most bytes that were ever held in memory at once.
    public long most() {
        return most.get();
    }

    /// Bytes that are held in files now.
    public long spilled() {
        return spilled.get();
    }

    /// A new owner of memory.
    public Scope scope() {
        return new Scope();
    }

    /// Owns what is allocated from it, until it is closed.
    public final class Scope implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private long inMemory;
        private long inFiles;

        private Scope() {}

        /// Room for so many bytes, all 0.
        ///
        /// @throws AlgebraException with code `memory.disk` when neither memory nor disk has room
        public synchronized MemorySegment allocate(long bytes) {
            long size = Math.max(bytes, 1);
            long now = held.addAndGet(size);
            if (now <= budget) {
                most.accumulateAndGet(now, Math::max);
                inMemory += size;
                return arena.allocate(size, ALIGNMENT);
            }
            held.addAndGet(-size);
            MemorySegment segment = mapped(size);
            inFiles += size;
            spilled.addAndGet(size);
            return segment;
        }

        /// A new owner in the same budget, for what is needed in passing.
        public Scope fresh() {
            return scope();
        }

        private MemorySegment mapped(long size) {
            try {
                Files.createDirectories(folder);
                Path file = Files.createTempFile(folder, "relata-spill-", ".bin");
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    // Written, not only sized: a full disk is an error here and not a crash later.
                    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
                    for (long at = 0; at < size; at += zeros.limit()) {
                        zeros.clear().limit((int) Math.min(ZEROS, size - at));
                        while (zeros.hasRemaining()) {
                            channel.write(zeros, at + zeros.position());
                        }
                    }
                    return channel.map(FileChannel.MapMode.READ_WRITE, 0, size, arena);
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new AlgebraException(
                        "memory.disk",
                        "spill folder " + folder,
                        "no room for " + (size >> 20) + " MiB beyond the budget of " + (budget >> 20) + " MiB ("
                                + e.getMessage() + ")",
                        "give more memory, or a folder with more room");
            }
        }

        @Override
        public synchronized void close() {
            arena.close();
            held.addAndGet(-inMemory);
            spilled.addAndGet(-inFiles);
            inMemory = 0;
            inFiles = 0;
        }
    }
}
