package org.relata.learn.tabular;

import java.time.Duration;

/// A moment by which a fit should come to its end with what it has.
///
/// Where it cuts a fit short, the outcome depends on the machine; a fit that is done before does not notice it.
///
/// @param nanoTime the moment, as `System.nanoTime` counts
/// @param bounds whether there is one at all
public record Deadline(long nanoTime, boolean bounds) {
    /// No deadline.
    public static Deadline none() {
        return new Deadline(0, false);
    }

    /// So long from now.
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), true);
    }

    /// Whether it is over.
    public boolean passed() {
        return bounds && System.nanoTime() - nanoTime >= 0;
    }

    /// A deadline for the first of so many equal parts of the time that is left.
    public Deadline share(int parts) {
        long now = System.nanoTime();
        return bounds ? new Deadline(now + Math.max(0, nanoTime - now) / Math.max(1, parts), true) : this;
    }
}
