package org.relata.algebra;

import java.util.List;

/// A relation that is given when the program is run.
///
/// @param relation its name
/// @param type what is promised of it
/// @param role whether it is learned
public record Scan(String relation, RelationType type, Role role) implements RelExpr {
    /// Whether a relation is learned.
    public enum Role {
        /// Data.
        INPUT,
        /// Learned.
        PARAMETER
    }

    @Override
    public List<RelExpr> inputs() {
        return List.of();
    }

    @Override
    public RelExpr withInputs(List<RelExpr> inputs) {
        return this;
    }

    @Override
    public String label() {
        return (role == Role.PARAMETER ? "parameter " : "scan ") + relation;
    }
}
