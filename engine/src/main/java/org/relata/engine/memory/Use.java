package org.relata.engine.memory;

/// How an array is read and written, which decides where it goes when not all have room in memory.
public enum Use {
    /// In order: a file does nearly as well, so half of the budget is left to others.
    ORDERED(2),
    /// Here and there: from a file, each number would cost a page.
    SCATTERED(1);

    private final int share;

    Use(int share) {
        this.share = share;
    }

    /// How much of a budget may be held once it is there.
    long limit(long budget) {
        return budget / share;
    }
}
