package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that work on a program. They end with the virtual machine, or when they are closed.
public final class Pool implements AutoCloseable {
    private final int threads;
    private final ExecutorService others;

    /// A pool in which the caller is one of so many threads.
    public Pool(int threads) {
        this.threads = threads;
        this.others = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().daemon().name("relata-engine-", 0).factory());
    }

    /// How many threads work at once.
    public int threads() {
        return threads;
    }

    /// Work that is done in parts.
    @FunctionalInterface
    interface Worker {
        /// Does one part.
        void part(int number);
    }

    /// Makes what one thread needs for its parts.
    @FunctionalInterface
    interface Workers {
        /// For one more thread.
        Worker next();
    }

    /// Does parts 0 to `parts` (without), whoever is free the next one.
    void run(int parts, Workers workers) {
        int busy = Math.min(threads, parts);
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> running = new ArrayList<>();
        for (int other = 1; other < busy; other++) {
            running.add(others.submit(() -> work(parts, next, workers.next())));
        }
        RuntimeException failure = null;
        try {
            work(parts, next, workers.next());
        } catch (RuntimeException e) {
            failure = e;
            next.set(parts);
        }
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                next.set(parts);
                failure = new IllegalStateException("interrupted", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static void work(int parts, AtomicInteger next, Worker worker) {
        for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
            worker.part(part);
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
