package org.relata.synth.config;

/// How a weight matrix of a mechanism is filled.
public enum Initialisation implements Named {
    /// Normal with a variance of 2 over the fan-in.
    KAIMING_NORMAL("kaiming_normal"),
    /// Uniform of the same variance.
    KAIMING_UNIFORM("kaiming_uniform"),
    /// Normal with a variance of 2 over the sum of both widths.
    XAVIER_NORMAL("xavier_normal"),
    /// Uniform of the same variance.
    XAVIER_UNIFORM("xavier_uniform"),
    /// Standard normal between -2 and 2.
    TRUNCATED_NORMAL("truncated_normal"),
    /// Small numbers; half of each column is zero.
    SPARSE("sparse");

    private final String label;

    Initialisation(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
