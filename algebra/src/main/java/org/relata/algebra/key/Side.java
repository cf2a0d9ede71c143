package org.relata.algebra.key;

/// Whose key a reference reads. An operator of one input has a left side only.
public enum Side {
    /// The left, or only, input.
    LEFT,
    /// The right input of a join.
    RIGHT
}
