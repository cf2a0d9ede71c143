package org.relata.synth.config;

/// How the rows of a dated table lie in time.
public enum RowTimes implements Named {
    /// At equal distances from the first to the last instant.
    EVEN("even"),
    /// Denser in working hours.
    CALENDAR("calendar");

    private final String label;

    RowTimes(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
