package org.relata.synth.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.relata.database.RelataException;

/// Threads that share out the blocks of a table. What a block comes to does not depend on who does it.
public final class Workers implements AutoCloseable {
    private final int threads;
    private final ExecutorService executor;

    /// @param threads how many, the caller's included
    public Workers(int threads) {
        this.threads = threads;
        this.executor = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().daemon().name("synth-", 0).factory());
    }

    /// Does tasks 0..count-1, each once, and returns when all are done.
    ///
    /// @param scratch makes what a thread works with
    public <S> void forEach(int count, Supplier<S> scratch, Task<S> task) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            S own = scratch.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                task.run(own, i);
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            others.add(executor.submit(work));
        }
        try {
            if (count > 0) {
                work.run();
            }
        } finally {
            next.set(count);
            finish(others);
        }
        stopIfInterrupted();
    }

    private static void finish(List<Future<?>> others) {
        for (Future<?> other : others) {
            try {
                other.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Stops the work of a thread that was interrupted.
    ///
    /// @throws RelataException `interrupted`
    public static void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw RelataException.failure("interrupted", "synth", "the work was interrupted", "");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    /// One of many tasks.
    @FunctionalInterface
    public interface Task<S> {
        /// Does it.
        void run(S scratch, int index);
    }
}
