package org.relata.synth.table;

import java.util.function.Supplier;

/// Which of two worlds is being looked at: the one that came about, or its twin, in which some columns are held.
///
/// Both have the same mechanisms, links and noise. What is settled about a table (which variable a column shows, how it
/// is
/// cut, scaled and ranked) is settled in the first and holds in both, so that a value differs only where a cause of it
/// does.
///
/// Changed between, never during, the work of threads.
final class World {
    private boolean twin;

    /// Whether it is the twin.
    boolean isTwin() {
        return twin;
    }

    /// Does something in the twin.
    void inTwin(Runnable work) {
        look(true, () -> {
            work.run();
            return true;
        });
    }

    /// Takes something from the world that came about.
    <T> T asItCameAbout(Supplier<T> work) {
        return look(false, work);
    }

    /// Takes something from the twin.
    <T> T asInTwin(Supplier<T> work) {
        return look(true, work);
    }

    private <T> T look(boolean at, Supplier<T> work) {
        boolean before = twin;
        twin = at;
        try {
            return work.get();
        } finally {
            twin = before;
        }
    }
}
