package org.relata.algebra.key;

/// A comparison of two values.
public enum Comparison {
    /// The same.
    EQUAL("="),
    /// Not the same.
    DIFFERENT("<>"),
    /// Before.
    LESS("<"),
    /// Before or the same.
    AT_MOST("<="),
    /// After.
    GREATER(">"),
    /// After or the same.
    AT_LEAST(">=");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    /// As in SQL.
    public String symbol() {
        return symbol;
    }

    /// Whether it holds, given the sign that a comparator returned.
    public boolean holds(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case DIFFERENT -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case GREATER -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }

    /// Whether it holds between two numbers; with a NaN only DIFFERENT does.
    public boolean holds(double left, double right) {
        return (Double.isNaN(left) || Double.isNaN(right))
                ? this == DIFFERENT
                : holds(Double.compare(left + 0.0, right + 0.0));
    }
}
