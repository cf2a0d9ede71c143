package org.relata.synth.ddl;

/// What becomes of a column whose type is not drawn: JSON, bytes, arrays, places, types without a meaning.
///
/// Keys are numbered whatever their type, so this is about other columns only.
public enum Unmodelled {
    /// Every such column is an error.
    REFUSED,
    /// Bytes that may be absent are left out, with a note: they hold nothing to learn. The rest is an error.
    ABSENT_BYTES_LEFT_OUT,
    /// Every such column is left out, with a note.
    LEFT_OUT
}
