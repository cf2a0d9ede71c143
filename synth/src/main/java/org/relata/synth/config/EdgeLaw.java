package org.relata.synth.config;

/// The law of the weights of a graph's edges.
public enum EdgeLaw implements Named {
    /// The standard normal law.
    GAUSSIAN("gaussian"),
    /// The exponential of a standard normal number.
    LOGNORMAL("lognormal"),
    /// The standard Cauchy law.
    CAUCHY("cauchy"),
    /// Between -2 and 2.
    UNIFORM("uniform");

    private final String label;

    EdgeLaw(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
