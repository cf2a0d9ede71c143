package org.relata.engine.lanes;

/// The random numbers of [org.relata.algebra.kernel.Leaf.Random], bit for bit.
public final class RandomWords {
    private RandomWords() {}

    /// A state after one more word.
    public static long absorb(long state, long word) {
        long mixed = (state ^ word) + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /// The number at a position of the tensor that a state stands for.
    static double uniform(long state, int element, boolean scalar) {
        return ((scalar ? state : absorb(state, element)) >>> 11) * 0x1p-53;
    }

    /// The same with 24 bits, cut off and not rounded, so that it stays below 1.
    static float uniform24(long state, int element, boolean scalar) {
        return ((scalar ? state : absorb(state, element)) >>> 40) * 0x1p-24f;
    }
}
