package org.relata.synth.random;

/// The name of a stream of random numbers, such as "the noise of node 3 of table 2 under seed 7".
///
/// A key is turned into another by naming a part of what it stands for. The n-th number of a stream is a function of
/// key
/// and n, so rows may be drawn in any order and in parts of any size.
///
/// @param bits the name, mixed
public record Key(long bits) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    /// The key everything about a seed descends from. Every number is a seed, 0 and negative ones too.
    public static Key of(long seed) {
        return new Key(mix(seed + GOLDEN));
    }

    /// The key of a part.
    ///
    /// @param index which part
    public Key child(long index) {
        return new Key(mix(bits * 0xD1342543DE82EF95L + mix(index + GOLDEN)));
    }

    /// The key of a part.
    ///
    /// @param purpose what it is for
    public Key child(String purpose) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
        }
        return child(hash);
    }

    /// 64 random bits.
    public long bits(long counter) {
        return mix(bits + counter * GOLDEN);
    }

    /// A number in [0, 1).
    public double uniform(long counter) {
        return (bits(counter) >>> 11) * UNIT;
    }

    /// A standard normal number.
    public double normal(long counter) {
        return Normal.quantile(((bits(counter) >>> 11) + 0.5) * UNIT);
    }

    /// A whole number in 0..bound-1.
    public long below(long counter, long bound) {
        return Math.unsignedMultiplyHigh(bits(counter), bound);
    }

    /// The stream, read from its start.
    public Draws draws() {
        return new Draws(this);
    }

    /// The finaliser of SplitMix64 in the variant with the best avalanche (Stafford's thirteenth).
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
