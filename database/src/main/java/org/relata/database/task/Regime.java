package org.relata.database.task;

import java.util.Locale;

/// What a prediction whose seed time lies after the start of its split may see.
///
/// The two coincide when every split has one seed time. Results of different regimes are not comparable.
public enum Regime {
    /// Validation predictions see rows up to V, test predictions rows up to T, however late their seed.
    FROZEN,
    /// Predictions see every row before their own seed time.
    ROLLING;

    /// The name in files and results.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
