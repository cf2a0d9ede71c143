package org.relata.synth.config;

/// How the values of a variable without parents come about.
public enum SourceKind implements Named {
    /// A time series over the rows: trend, cycle and autoregressive noise.
    TS("ts"),
    /// Uniform.
    UNIFORM("uniform"),
    /// Normal and cut at the bounds.
    GAUSSIAN("gaussian"),
    /// A Beta law.
    BETA("beta"),
    /// Two or three of uniform, gaussian and beta, one picked for each row.
    MIXED("mixed"),
    /// The exponential of a normal number.
    LOGNORMAL("lognormal"),
    /// Exponential.
    EXPONENTIAL("exponential"),
    /// A power law.
    PARETO("pareto"),
    /// Counts.
    POISSON("poisson");

    private final String label;

    SourceKind(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
