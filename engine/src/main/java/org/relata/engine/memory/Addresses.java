package org.relata.engine.memory;

import java.lang.foreign.MemorySegment;

/// All of memory, by address.
///
/// A segment checks at each access whether it is still open, which costs more than the access itself in loops over
/// rows.
/// Who uses this instead has to check positions, and to hold the scope that owns them.
public final class Addresses {
    /// From address 0 on.
    public static final MemorySegment MEMORY = memory();

    private Addresses() {}

    @SuppressWarnings("restricted") // the one place where it is needed
    private static MemorySegment memory() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }
}
