package org.relata.synth.config;

/// Where validation and test start.
public enum SplitBy implements Named {
    /// At a share of the time span.
    SPAN("span"),
    /// At a share of the dated rows.
    ROWS("rows");

    private final String label;

    SplitBy(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
