package org.relata.sql.model;

/// How a parameter starts.
public sealed interface Initialiser {
    /// All zeros.
    record Zeros() implements Initialiser {}

    /// A normal distribution around 0.
    record Normal(double deviation) implements Initialiser {}

    /// Uniform between two numbers.
    record Uniform(double from, double to) implements Initialiser {}

    /// Uniform between ±√(6 / (fan-in + fan-out)), the extents of a matrix (Glorot and Bengio 2010); for a vector both
    /// are its extent, for a number 1.
    record Glorot() implements Initialiser {}
}
