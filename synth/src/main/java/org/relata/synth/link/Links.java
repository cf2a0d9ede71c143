package org.relata.synth.link;

/// The parent of every row of a table, for one foreign key. A row may be asked for at any time, by any thread.
public interface Links {
    /// What a row without a parent has.
    long NONE = -1;

    /// The row number of the parent.
    ///
    /// @param row a row of the child table
    /// @return a row of the parent table, or [#NONE]
    long parent(long row);
}
