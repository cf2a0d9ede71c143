package org.relata.cli.train;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Runs work in a database on a thread with a deep stack: DuckDB walks through expressions by recursion, and those of a
/// gradient over vectors are deep enough to end the process on a stack of the usual size.
final class DeepStack {
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /// What the work gives, or throws. An interrupt is handed on to it.
    static <T> T call(ModelRequest request, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        if (!request.runner().equals("duckdb")) {
            task.run();
            return result(task, Thread.currentThread());
        }
        Thread thread = new Thread(null, task, "relata-train", BYTES);
        thread.start();
        return result(task, thread);
    }

    private static <T> T result(FutureTask<T> task, Thread worker) throws IOException {
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException _) {
                worker.interrupt();
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case RuntimeException problem -> throw problem;
                    case Error problem -> throw problem;
                    case IOException problem -> throw problem;
                    case null, default -> throw new IllegalStateException(e);
                }
            }
        }
    }
}
