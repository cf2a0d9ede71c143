package org.relata.engine.kernel;

/// Which regions have their steps fused into loops that are written as bytecode. It depends on a region alone, so that
/// results do not depend on what was run before.
public enum Fusing {
    /// None: each step is done for some rows at a time.
    NONE,
    /// Those of much work: the virtual machine has to compile a loop, which takes longer than a small region.
    LARGE,
    /// All.
    ALL
}
