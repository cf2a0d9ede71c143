package org.relata.synth.random;

/// A random order of the numbers below a bound that is never written down: the place of any one number is computed.
///
/// "Exactly a tenth of the rows, at random" is then "the rows whose place is below a tenth of the rows", and can be
/// asked
/// row by row. Four rounds of a Feistel network over the next even power of two; a place past the bound is sent through
/// again until it falls below.
public final class Shuffle {
    private static final int ROUNDS = 4;

    private final Key key;
    private final long bound;
    private final int halfBits;
    private final long mask;

    /// An order of 0..bound-1.
    public Shuffle(Key key, long bound) {
        this.key = key;
        this.bound = bound;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(Math.max(1, bound - 1)));
        this.halfBits = (bits + 1) / 2;
        this.mask = (1L << halfBits) - 1;
    }

    /// The place of a number, in 0..bound-1.
    public long place(long number) {
        long place = number;
        do {
            long left = place >>> halfBits;
            long right = place & mask;
            for (int round = 0; round < ROUNDS; round++) {
                long next = left ^ (key.bits(right * ROUNDS + round) & mask);
                left = right;
                right = next;
            }
            place = left << halfBits | right;
        } while (place >= bound);
        return place;
    }
}
