package org.relata.engine.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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

    /// Smaller blocks are left to the system.
    private static final long KEPT = 1 << 14;

    /// Bytes after each segment that may be read, not written: a vector may go beyond the last row.
    public static final long BEYOND = 64;

    /// Pages of larger blocks cost less than what else is done with them: they do not wait for one of their size.
    private static final long LARGE = 1 << 24;

    private final long budget;
    private final Path folder;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong most = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();
    /// Blocks that nobody owns, by size.
    private final NavigableMap<Long, Deque<Block>> free = new TreeMap<>();
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

    /// What may be held in memory.
    public long budget() {
        return budget;
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
    private synchronized Optional<Block> block(long bytes, boolean cleared, Use use) {
        long size = rounded(bytes);
        if (held.addAndGet(size) > use.limit(budget)) {
            held.addAndGet(-size);
            return Optional.empty();
        }
        Deque<Block> alike = free.get(size);
        if (alike != null && !alike.isEmpty()) {
            Block block = alike.pop();
            inFree -= size;
            if (cleared) {
                block.segment.fill((byte) 0);
            }
            return Optional.of(block);
        }
        if (held.get() + inFree > budget) {
            release();
        } else if (size >= LARGE) {
            release(size);
        }
        most.accumulateAndGet(held.get() + inFree, Math::max);
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
    private long roomOnDisk() {
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

    /// Gives about so many bytes that nobody owns back to the system, the largest blocks first.
    private void release(long bytes) {
        long left = bytes;
        for (Deque<Block> alike : free.descendingMap().values()) {
            while (left > 0 && !alike.isEmpty()) {
                Block block = alike.pop();
                block.arena.close();
                inFree -= block.size();
                left -= block.size();
            }
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

    /// Bytes that the budget leaves.
    public long room() {
        return Math.max(0, budget - held.get());
    }

    /// A new owner of memory.
    public Scope scope() {
        return new Scope(Use.ORDERED);
    }

    /// Owns what is allocated from it, until it is closed.
    public final class Scope implements AutoCloseable {
        private final List<Block> blocks = new ArrayList<>();
        private @Nullable Arena small;
        private @Nullable Arena files;
        private long inSmall;
        private long fileBytes;
        private final Use use;
        private final List<Scope> adopted = new ArrayList<>();

        private Scope(Use use) {
            this.use = use;
        }

        /// Room for so many bytes, all 0.
        ///
        /// @throws AlgebraException with code `memory.disk` when neither memory nor disk has room
        public MemorySegment allocate(long bytes) {
            return allocate(bytes, true, use);
        }

        /// Room for so many bytes, which may hold anything: for what is written in full before it is read.
        public MemorySegment allocateUnset(long bytes) {
            return allocate(bytes, false, use);
        }

        /// The same, where it is known how it is read.
        public MemorySegment allocateUnset(long bytes, Use known) {
            return allocate(bytes, false, known);
        }

        private synchronized MemorySegment allocate(long bytes, boolean cleared, Use known) {
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
                Optional<Block> block = block(size + BEYOND, cleared, known);
                if (block.isPresent()) {
                    blocks.add(block.get());
                    return block.get().segment.asSlice(0, size);
                }
            }
            MemorySegment segment = mapped(size + BEYOND).asSlice(0, size);
            fileBytes += size;
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
            long room = over <= 0 ? 0 : roomOnDisk();
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

        /// A new owner in the same budget, for what is needed in passing and read here and there.
        public Scope fresh() {
            return new Scope(Use.SCATTERED);
        }

        /// A new owner of what may turn out not to be needed; this one can adopt it if it is.
        public Scope apart() {
            return new Scope(use);
        }

        /// Makes what another owns this one's, to be closed with it.
        public synchronized void adopt(Scope other) {
            adopted.add(other);
        }

        /// Bytes that the budget leaves.
        public long room() {
            return Memory.this.room();
        }

        /// Bytes that all owners of the same budget hold in files.
        public long inFiles() {
            return spilled.get();
        }

        /// Bytes that all owners of the same budget hold, in memory and in files.
        public long everywhere() {
            return held.get() + spilled.get();
        }

        private MemorySegment mapped(long size) {
            Arena arena = files == null ? Arena.ofShared() : files;
            files = arena;
            try {
                return SpillFile.map(folder, size, arena);
            } catch (IOException e) {
                throw new AlgebraException(
                        "memory.disk",
                        "spill folder " + folder,
                        "no room for " + mebibytes(size) + " beyond the budget of " + mebibytes(budget) + " ("
                                + e.getMessage() + ")",
                        "give more memory, or a folder with more room");
            }
        }

        @Override
        public synchronized void close() {
            adopted.forEach(Scope::close);
            adopted.clear();
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
            spilled.addAndGet(-fileBytes);
            inSmall = 0;
            fileBytes = 0;
        }
    }
}
