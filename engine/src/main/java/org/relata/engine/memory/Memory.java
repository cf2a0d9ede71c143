package org.relata.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.relata.algebra.value.AlgebraException;

/// A budget of memory outside the heap. What does not fit into it is kept in files that are mapped into memory, so that
/// work gets slower and does not end.
///
/// Large blocks are not given back to the system when their owner is closed, but kept for the next one: making and
/// clearing pages anew at every step of training would take longer than some steps.
public final class Memory implements AutoCloseable {
    /// So that rows begin where cache lines do.
    private static final long ALIGNMENT = 64;

    private static final int ZEROS = 1 << 20;

    /// Smaller blocks are left to the system.
    private static final long KEPT = 1 << 14;

    /// Bytes after each segment that may be read, not written: a vector may go beyond the last row.
    private static final long BEYOND = 64;

    private final long budget;
    private final Path folder;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();
    /// Blocks that nobody owns, by size.
    private final Map<Long, Deque<Block>> free = new HashMap<>();
    private long inFree;

    private record Block(Arena arena, MemorySegment segment) {
        long size() {
            return segment.byteSize();
        }
    }

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

    /// What is held, for people.
    @Override
    public String toString() {
        return mebibytes(held()) + " of memory held, at most " + mebibytes(most()) + " so far, of a budget of "
                + mebibytes(budget) + "; " + mebibytes(spilled()) + " in files";
    }

    /// A block of at least this size, of what is free or of what the budget leaves.
    private synchronized Optional<Block> block(long bytes, boolean cleared) {
        long size = rounded(bytes);
        Deque<Block> alike = free.get(size);
        if (alike != null && !alike.isEmpty()) {
            Block block = alike.pop();
            inFree -= size;
            held.addAndGet(size);
            if (cleared) {
                block.segment.fill((byte) 0);
            }
            return Optional.of(block);
        }
        if (held.get() + inFree + size > budget) {
            release();
        }
        long now = held.addAndGet(size);
        if (now > budget) {
            held.addAndGet(-size);
            return Optional.empty();
        }
        most.accumulateAndGet(now + inFree, Math::max);
        Arena arena = Arena.ofShared();
        Optional<MemorySegment> pages = size < Pages.LEAST ? Optional.empty() : Pages.allocate(size, arena);
        return Optional.of(new Block(arena, pages.orElseGet(() -> arena.allocate(size, ALIGNMENT))));
    }

    /// Sizes in steps of an eighth or less, so that blocks of about one size replace each other.
    private static long rounded(long bytes) {
        long step = Math.max(ALIGNMENT, Long.highestOneBit(bytes) >> 3);
        return (bytes + step - 1) / step * step;
    }

    private synchronized void giveBack(List<Block> blocks) {
        for (Block block : blocks) {
            held.addAndGet(-block.size());
            free.computeIfAbsent(block.size(), _ -> new ArrayDeque<>()).push(block);
            inFree += block.size();
        }
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", (bytes + (1 << 20) - 1) >> 20);
    }

    /// Bytes that the spill folder has room for.
    private long room() {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE; // it cannot be told: what is written will show
        }
    }

    /// Gives blocks that nobody owns back to the system.
    private synchronized void release() {
        free.values().forEach(blocks -> blocks.forEach(block -> block.arena.close()));
        free.clear();
        inFree = 0;
    }

    @Override
    public void close() {
        release();
    }

    /// A new owner of memory.
    public Scope scope() {
        return new Scope();
    }

    /// Owns what is allocated from it, until it is closed.
    public final class Scope implements AutoCloseable {
        private final List<Block> blocks = new ArrayList<>();
        private @Nullable Arena small;
        private @Nullable Arena files;
        private long inSmall;
        private long inFiles;

        private Scope() {}

        /// Room for so many bytes, all 0.
        ///
        /// @throws AlgebraException with code `memory.disk` when neither memory nor disk has room
        public MemorySegment allocate(long bytes) {
            return allocate(bytes, true);
        }

        /// Room for so many bytes, which may hold anything: for what is written in full before it is read.
        public MemorySegment allocateUnset(long bytes) {
            return allocate(bytes, false);
        }

        private synchronized MemorySegment allocate(long bytes, boolean cleared) {
            long size = Math.max(bytes, 1);
            if (size < KEPT) {
                long now = held.addAndGet(size);
                if (now <= budget) {
                    most.accumulateAndGet(now, Math::max);
                    inSmall += size;
                    Arena arena = small == null ? Arena.ofShared() : small;
                    small = arena;
                    return arena.allocate(size + BEYOND, ALIGNMENT).asSlice(0, size);
                }
                held.addAndGet(-size);
            } else {
                Optional<Block> block = block(size + BEYOND, cleared);
                if (block.isPresent()) {
                    blocks.add(block.get());
                    return block.get().segment.asSlice(0, size);
                }
            }
            MemorySegment segment = mapped(size + BEYOND).asSlice(0, size);
            inFiles += size;
            spilled.addAndGet(size);
            return segment;
        }

        /// Refuses what neither memory nor disk has room for before any of it is allocated, rather than in the middle.
        ///
        /// @param bytes that will be allocated
        /// @param what they are for
        /// @throws AlgebraException with code `memory.room`, which says how much is needed
        public void foresee(long bytes, String what) {
            long beside = held.get();
            long over = beside + bytes - budget;
            long room = over <= 0 ? 0 : room();
            if (over > room) {
                throw new AlgebraException(
                        "memory.room",
                        what,
                        mebibytes(bytes) + " are needed beside " + mebibytes(beside) + " that are held: "
                                + mebibytes(over) + " beyond the budget of " + mebibytes(budget) + ", and folder "
                                + folder + " has room for " + mebibytes(room),
                        "give " + mebibytes(beside + bytes) + " of memory, name a folder with more room, or use less"
                                + " data a step");
            }
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
                    Arena arena = files == null ? Arena.ofShared() : files;
                    files = arena;
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
            giveBack(blocks);
            blocks.clear();
            if (small != null) {
                small.close();
                small = null;
            }
            if (files != null) {
                files.close();
                files = null;
            }
            held.addAndGet(-inSmall);
            spilled.addAndGet(-inFiles);
            inSmall = 0;
            inFiles = 0;
        }
    }
}
