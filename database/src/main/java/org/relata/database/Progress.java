package org.relata.database;

/// Where long work says how far it is. Implementations print, collect or ignore; the work does not care.
///
/// Calls come from one thread at a time. Work checks `Thread.interrupted()` between steps and stops with a
/// [RelataException] of code `interrupted`.
public interface Progress {
    /// A stage begins.
    ///
    /// @param stage what is being done, as a short phrase: `features: results by driver`
    /// @param total how many steps it has, or -1 when unknown
    void begin(String stage, long total);

    /// Steps of the current stage that are done, out of its total.
    void done(long steps);

    /// What the current stage has come to so far, in a few words: a loss.
    default void standing(String words) {}

    /// Something the user should read: an estimate, a decision, a warning.
    void note(String message);

    /// Hears everything and says nothing.
    static Progress silent() {
        return new Progress() {
            @Override
            public void begin(String stage, long total) {}

            @Override
            public void done(long steps) {}

            @Override
            public void note(String message) {}
        };
    }
}
