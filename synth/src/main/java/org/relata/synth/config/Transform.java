package org.relata.synth.config;

/// What is done to the values of a numeric column at the end.
public enum Transform implements Named {
    /// Nothing.
    IDENTITY("identity"),
    /// Replaced by their ranks as shares.
    RANK_UNIFORM("rank_uniform"),
    /// The sign times the logarithm of one and the magnitude.
    LOG("log"),
    /// The sign times the root of the magnitude.
    SQRT("sqrt"),
    /// Mean 0 and standard deviation 1.
    STANDARDIZE("standardize");

    private final String label;

    Transform(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
