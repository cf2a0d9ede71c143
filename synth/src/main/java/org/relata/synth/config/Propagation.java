package org.relata.synth.config;

/// When a categorical variable becomes a class.
public enum Propagation implements Named {
    /// At its node: its descendants see the class.
    TYPE_EAGER("type_eager"),
    /// At the end: its descendants see the number that is cut into classes.
    TYPE_LAZY("type_lazy");

    private final String label;

    Propagation(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }
}
