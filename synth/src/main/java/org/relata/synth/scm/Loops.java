package org.relata.synth.scm;

/// The loops in which nearly all time is spent, in two forms that give the same bits.
///
/// Every number is worked out for itself, by the same operations in the same order, so that it does not matter how many
/// are worked out at once.
sealed interface Loops permits PlainLoops, VectorLoops {
    /// The faster form that this virtual machine has.
    Loops BEST = best();

    private static Loops best() {
        // Vectors of two numbers are not worth their trouble.
        return vectors() && VectorLoops.wide() ? new VectorLoops() : new PlainLoops();
    }

    /// Whether this virtual machine was started with the Vector API (`--add-modules jdk.incubator.vector`).
    static boolean vectors() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /// Adds what rows hear along two edges, times a factor, to aggregates.
    void add(Heard one, Heard two, float factor, float[][] into, int count);

    /// Keeps the largest of what rows hear along two edges.
    void max(Heard one, Heard two, float[][] into, int count);

    /// Multiplies aggregates by what rows hear along two edges, within a bound.
    void multiply(Heard one, Heard two, float[][] into, int count);

    /// Adds noise to some dimensions of a row.
    ///
    /// @param values of noise
    /// @param bits the places of the values that are added, see [Noise]
    /// @param into the row
    /// @param from its first dimension that gets any
    void addGroups(float[] values, long bits, float[] into, int from);

    /// The weighted sum of some columns.
    ///
    /// @param x the columns
    /// @param which of them are read
    /// @param w their weights
    /// @param into where the sum goes
    /// @param at its first place there
    /// @param count how many rows
    void sum(float[][] x, int[] which, float[] w, float[] into, int at, int count);

    /// Turns sums of exponentials that are relative to the most into logarithms.
    void takeLogarithms(float[][] sums, float[] most, int count);
}
