package org.relata.learn.fit;

import java.util.Locale;

/// How predictions are made.
public enum Method {
    /// Let Relata choose; today that is [#DFS].
    AUTO,
    /// Deep feature synthesis and boosted trees.
    DFS,
    /// The best trivial baseline by validation score, nothing learned.
    BASELINE;

    /// The name in options, files and results.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
