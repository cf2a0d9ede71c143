package org.relata.engine.kernel;

/// The registers of a machine, as they are read and filled for the rows that are worked on.
///
/// @param <A> the arrays that they stand in
interface Registers<A> {
    /// The array of a register.
    A array(int register);

    /// Where the rows that are worked on begin in it.
    int at(int register);

    /// Numbers a row.
    int width(int register);

    /// Whether it holds one tensor for all rows.
    boolean isUniform(int register);

    /// Where one of the rows that are worked on begins.
    default int at(int register, int row) {
        return isUniform(register) ? 0 : at(register) + row * width(register);
    }
}
