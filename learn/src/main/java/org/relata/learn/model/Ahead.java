package org.relata.learn.model;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/// Makes what the next step needs while a step runs: drawing samples keeps one thread busy, and planning a step
/// another,
/// so that together they take no longer than one.
///
/// What is made depends on its place alone, so that nothing depends on whether it was made ahead. One is made at a
/// time.
///
/// @param <P> the place of a step
/// @param <T> what it needs
public final class Ahead<P, T> {
    private final Function<P, T> maker;
    private Optional<Making<P, T>> making = Optional.empty();

    private record Making<P, T>(P place, FutureTask<T> task) {}

    /// @param maker makes what a place needs; it runs on threads of its own, never on two at once
    public Ahead(Function<P, T> maker) {
        this.maker = maker;
    }

    /// What a step needs.
    ///
    /// @param next the step that will likely be asked for next
    public T get(P place, P next) {
        T made = made(place);
        FutureTask<T> task = new FutureTask<>(() -> maker.apply(next));
        making = Optional.of(new Making<>(next, task));
        Thread.ofVirtual().name("ahead").start(task);
        return made;
    }

    /// Waits until nothing is being made: before what it is made from goes.
    public void rest() {
        making.ifPresent(last -> ended(last.task));
    }

    private T made(P place) {
        if (making.isEmpty()) {
            return maker.apply(place);
        }
        Making<P, T> last = making.get();
        making = Optional.empty();
        Optional<T> result = ended(last.task);
        return last.place.equals(place) && result.isPresent() ? result.get() : maker.apply(place);
    }

    /// Waits for the end of what is being made, whether it is wanted or not; nothing if it failed, which shows again
    /// when
    /// it is made anew.
    private static <T> Optional<T> ended(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return Optional.of(task.get());
                } catch (InterruptedException _) {
                    interrupted = true; // it ends soon, and until then no other may be made
                } catch (ExecutionException _) {
                    return Optional.empty();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
