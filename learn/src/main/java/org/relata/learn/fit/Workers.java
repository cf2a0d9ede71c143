package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.relata.database.RelataException;

/// Runs independent jobs side by side and answers in the order of the jobs.
///
/// Small models are fitted with one thread each, several at once: threads that share one small model mostly wait for
/// each other.
final class Workers {
    private Workers() {}

    /// The results, in order.
    ///
    /// @throws RelataException `interrupted` when the calling thread is interrupted; jobs under way are interrupted too
    static <T> List<T> run(int threads, List<Callable<T>> jobs) {
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, Math.max(1, jobs.size())))) {
            List<Future<T>> futures = new ArrayList<>();
            jobs.forEach(job -> futures.add(pool.submit(job)));
            List<T> results = new ArrayList<>();
            try {
                for (Future<T> future : futures) {
                    results.add(future.get());
                }
                return results;
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw RelataException.failure(
                                "interrupted", "fit", "stopped on request", "run the same command again to go on")
                        .causedBy(e);
            } catch (ExecutionException e) {
                pool.shutdownNow();
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }
}
