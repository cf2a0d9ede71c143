package org.relata.synth.config;

/// How a node puts together what its parents send.
public enum Aggregation implements Named {
    /// Their sum.
    SUM("sum"),
    /// Their maximum.
    MAX("max"),
    /// Their product.
    PRODUCT("product"),
    /// The logarithm of the sum of their exponentials.
    LOGEXP("logexp");

    private final String label;

    Aggregation(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
