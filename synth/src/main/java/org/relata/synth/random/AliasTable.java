package org.relata.synth.random;

/// A finite law from which a number is drawn in constant time, by Walker's alias method.
public final class AliasTable {
    private final double[] keep;
    private final int[] other;

    /// Prepares a law.
    ///
    /// @param weights not negative, not all zero; they need not add up to one
    public AliasTable(double[] weights) {
        int size = weights.length;
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("a weight is " + weight);
            }
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("all " + size + " weights are zero");
        }
        keep = new double[size];
        other = new int[size];
        int[] small = new int[size];
        int[] large = new int[size];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < size; i++) {
            keep[i] = weights[i] * size / total;
            other[i] = i;
            if (keep[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int low = small[--smalls];
            int high = large[larges - 1];
            other[low] = high;
            keep[high] -= 1 - keep[low];
            if (keep[high] < 1) {
                larges--;
                small[smalls++] = high;
            }
        }
        // What is left on either side is one but for rounding, unless its weight is zero and must never be drawn.
        int heaviest = 0;
        for (int i = 1; i < size; i++) {
            heaviest = weights[i] > weights[heaviest] ? i : heaviest;
        }
        while (smalls > 0) {
            int rest = small[--smalls];
            keep[rest] = weights[rest] > 0 ? 1 : 0;
            other[rest] = weights[rest] > 0 ? rest : heaviest;
        }
        while (larges > 0) {
            keep[large[--larges]] = 1;
        }
    }

    /// The number that random bits stand for.
    public int draw(long bits) {
        long scaled = Math.unsignedMultiplyHigh(bits, keep.length);
        // The low half of the product is what the high half has not used up: uniform within the cell.
        double part = (bits * keep.length >>> 11) * 0x1.0p-53;
        int cell = (int) scaled;
        return part < keep[cell] ? cell : other[cell];
    }
}
