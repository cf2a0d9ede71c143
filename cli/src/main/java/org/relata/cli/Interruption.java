package org.relata.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.relata.cli.terminal.Terminal;

/// What happens on Ctrl-C: the work is told to stop, half-written files are deleted, and a line says how to go on. The
/// JVM then ends with exit code 130 by itself.
final class Interruption {
    private static final long PATIENCE_SECONDS = 3;
    private static final AtomicReference<Optional<Cleanup>> CURRENT = new AtomicReference<>(Optional.empty());

    private static volatile boolean underWay;

    private final CountDownLatch finished = new CountDownLatch(1);

    private Interruption() {}

    /// What to do when the work in hand is cut short.
    ///
    /// @param cleanUp deletes what is half-written
    /// @param hint what to tell the user; may be empty
    record Cleanup(Runnable cleanUp, String hint) {}

    /// Takes a cleanup back when it is closed.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// Watches over the calling thread until [#finished()].
    static Interruption watch(Terminal terminal) {
        Interruption interruption = new Interruption();
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(terminal, worker), "relata-interrupt"));
        return interruption;
    }

    /// Registers what to do if the work that follows is interrupted; closing the result takes it back.
    static Registration during(Cleanup cleanup) {
        CURRENT.set(Optional.of(cleanup));
        return () -> CURRENT.set(Optional.empty());
    }

    /// Whether the process is being stopped: whatever fails from now on fails because of that.
    static boolean underWay() {
        return underWay;
    }

    /// The command has ended by itself.
    void finished() {
        finished.countDown();
    }

    private void stop(Terminal terminal, Thread worker) {
        if (finished.getCount() == 0) {
            return;
        }
        underWay = true;
        Optional<Cleanup> cleanup = CURRENT.get();
        terminal.aside("");
        worker.interrupt();
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        cleanup.ifPresent(c -> c.cleanUp().run());
        terminal.aside("interrupted"
                + cleanup.map(Cleanup::hint)
                        .filter(h -> !h.isEmpty())
                        .map(h -> ": " + h)
                        .orElse(""));
    }
}
