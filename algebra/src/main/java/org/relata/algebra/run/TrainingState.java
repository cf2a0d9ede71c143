package org.relata.algebra.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.relata.algebra.value.Relation;

/// Where long work on relations keeps what it needs to go on after it was cut off.
///
/// Saving replaces what was saved before, all or nothing: whoever loads sees the one or the other, also after the
/// process was killed in the middle.
public interface TrainingState {
    /// What is saved together.
    ///
    /// @param progress a line of text that says how far the work is
    /// @param relations by name
    record Saved(String progress, Map<String, Relation> relations) {
        /// Copies.
        public Saved {
            relations = Collections.unmodifiableMap(new LinkedHashMap<>(relations));
        }
    }

    /// What was saved last, if anything was.
    Optional<Saved> load();

    /// Replaces what was saved before.
    void save(Saved saved);

    /// Whether it keeps anything: to read relations for one that does not would be for nothing.
    default boolean keeps() {
        return true;
    }

    /// Forgets what was saved.
    void clear();
}
