package org.relata.engine.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/// Memory straight from the system, on Linux in pages of two megabytes where it has them.
///
/// Rows that are read here and there among a million lie on as many pages of four kilobytes, and finding where such a
/// page stands takes as long as reading it.
final class Pages {
    /// Smaller blocks would mostly be waste.
    static final long LEAST = 1 << 22;

    private static final long LARGE = 1 << 21;
    private static final int READ_AND_WRITE = 3;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final int IN_LARGE_PAGES = 14;

    private static final int AS_USUAL = 0;
    private static final int ONE_AT_A_TIME = 1;

    private static final Optional<Pages> SYSTEM = system();

    private final MethodHandle map;
    private final MethodHandle unmap;
    private final MethodHandle advise;

    private Pages(MethodHandle map, MethodHandle unmap, MethodHandle advise) {
        this.map = map;
        this.unmap = unmap;
        this.advise = advise;
    }

    /// So many bytes, all 0, which the arena gives back; nothing where the system has no such pages.
    static Optional<MemorySegment> allocate(long bytes, Arena arena) {
        return SYSTEM.flatMap(pages -> pages.mapped(bytes, arena));
    }

    /// Tells the system how a file is read that is mapped. Left to itself it reads what stands around each row, which
    /// may
    /// be megabytes.
    static void advise(MemorySegment mapped, Use use) {
        SYSTEM.ifPresent(pages -> {
            try {
                // Advice only: where it is not taken, more is read.
                int _ = (int) pages.advise.invokeExact(
                        MemorySegment.ofAddress(mapped.address()),
                        mapped.byteSize(),
                        use == Use.SCATTERED ? ONE_AT_A_TIME : AS_USUAL);
            } catch (Throwable e) {
                throw new IllegalStateException("madvise cannot be called", e);
            }
        });
    }

    @SuppressWarnings("restricted") // the segment spans just what was mapped
    private Optional<MemorySegment> mapped(long bytes, Arena arena) {
        long whole = bytes + LARGE;
        try {
            long start =
                    (long) map.invokeExact(MemorySegment.NULL, whole, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
            if (start == -1) {
                return Optional.empty();
            }
            long first = (start + LARGE - 1) / LARGE * LARGE;
            // Advice only: where it is not taken, pages are small.
            int _ = (int) advise.invokeExact(MemorySegment.ofAddress(first), bytes, IN_LARGE_PAGES);
            return Optional.of(MemorySegment.ofAddress(first).reinterpret(bytes, arena, _ -> free(start, whole)));
        } catch (Throwable e) {
            throw new IllegalStateException("mmap cannot be called", e);
        }
    }

    private void free(long start, long bytes) {
        try {
            int _ = (int) unmap.invokeExact(MemorySegment.ofAddress(start), bytes);
        } catch (Throwable e) {
            throw new IllegalStateException("munmap cannot be called", e);
        }
    }

    @SuppressWarnings("restricted") // calling the system is the purpose
    private static Optional<Pages> system() {
        // Elsewhere the numbers that flags stand for differ.
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup lookup = linker.defaultLookup();
        FunctionDescriptor mmap = FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG);
        FunctionDescriptor munmap =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
        FunctionDescriptor madvise = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        return lookup.find("mmap")
                .flatMap(map -> lookup.find("munmap")
                        .flatMap(unmap -> lookup.find("madvise")
                                .map(advise -> new Pages(
                                        linker.downcallHandle(map, mmap),
                                        linker.downcallHandle(unmap, munmap),
                                        linker.downcallHandle(advise, madvise)))));
    }
}
