package org.relata.algebra.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /// Whether what was saved is to be gone on from.
    @FunctionalInterface
    interface Check {
        /// Fails unless it is.
        ///
        /// @param relations the names of those that were saved
        void of(String progress, Set<String> relations);
    }

    /// What was saved last, as far as it does not go to a runner.
    ///
    /// @param progress how far the work is
    /// @param relations their names
    record Resumed(String progress, Set<String> relations) {
        /// Copies.
        public Resumed {
            relations = Set.copyOf(relations);
        }
    }

    /// Binds what was saved last to a runner, if anything was and it stands the check.
    default Optional<Resumed> load(Runner runner, Check check) {
        return load().map(saved -> {
            Set<String> names = saved.relations().keySet();
            check.of(saved.progress(), names);
            saved.relations().forEach(runner::bind);
            return new Resumed(saved.progress(), names);
        });
    }

    /// Saves relations of a runner. Where rows do not keep their order they are bound anew, as they will be when they
    /// are
    /// loaded: so that who goes on from here adds numbers up in the same order.
    default void save(String progress, Runner runner, Set<String> relations) {
        Map<String, Relation> read = new LinkedHashMap<>();
        relations.forEach(name -> read.put(name, runner.read(name)));
        save(new Saved(progress, read));
        read.forEach(runner::bind);
    }

    /// Whether it keeps anything: to read relations for one that does not would be for nothing.
    default boolean keeps() {
        return true;
    }

    /// Forgets what was saved.
    void clear();
}
