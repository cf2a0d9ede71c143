package org.relata.learn.tabular;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.relata.database.RelataException;

/// Minimises a smooth convex function by limited-memory BFGS with a backtracking line search.
final class Lbfgs {
    private static final int MEMORY = 12;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final int MOST_HALVINGS = 40;
    /// Relative to the value: smaller gains are rounding.
    private static final double SMALLEST_GAIN = 1e-12;

    private Lbfgs() {}

    /// A function with its gradient.
    interface Function {
        /// The value at a point; the gradient there is written into `gradient`.
        double at(double[] point, double[] gradient);
    }

    private record Pair(double[] step, double[] change, double product) {}

    /// Moves a point towards the minimum.
    ///
    /// @param point where to start; the result on return
    /// @param iterations steps at most
    /// @param tolerance stop when no entry of the gradient is larger
    /// @throws RelataException with code `interrupted` when the thread is interrupted
    static void minimise(Function function, double[] point, int iterations, double tolerance) {
        int size = point.length;
        double[] gradient = new double[size];
        double[] nextGradient = new double[size];
        double[] next = new double[size];
        double value = function.at(point, gradient);
        ArrayDeque<Pair> pairs = new ArrayDeque<>();
        for (int iteration = 0; iteration < iterations && largest(gradient) > tolerance; iteration++) {
            if (Thread.interrupted()) {
                throw RelataException.failure("interrupted", "linear model", "it was interrupted", "run it again");
            }
            double[] direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            if (slope >= 0) {
                pairs.clear();
                direction = direction(gradient, pairs);
                slope = dot(direction, gradient);
            }
            double stride = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double nextValue = Double.NaN;
            int halvings = 0;
            for (; halvings < MOST_HALVINGS; halvings++, stride /= 2) {
                for (int i = 0; i < size; i++) {
                    next[i] = point[i] + stride * direction[i];
                }
                nextValue = function.at(next, nextGradient);
                if (nextValue <= value + SUFFICIENT_DECREASE * stride * slope) {
                    break;
                }
                if (-stride * slope < SMALLEST_GAIN * Math.abs(value)) {
                    halvings = MOST_HALVINGS - 1; // what could be gained is less than a sum over rows rounds away
                }
            }
            if (halvings == MOST_HALVINGS) {
                return; // No decrease is left that doubles can show.
            }
            remember(pairs, point, next, gradient, nextGradient);
            System.arraycopy(next, 0, point, 0, size);
            System.arraycopy(nextGradient, 0, gradient, 0, size);
            boolean done = value - nextValue < SMALLEST_GAIN * Math.abs(value);
            value = nextValue;
            if (done) {
                return;
            }
        }
    }

    private static void remember(
            ArrayDeque<Pair> pairs, double[] point, double[] next, double[] gradient, double[] nextGradient) {
        double[] step = new double[point.length];
        double[] change = new double[point.length];
        for (int i = 0; i < point.length; i++) {
            step[i] = next[i] - point[i];
            change[i] = nextGradient[i] - gradient[i];
        }
        double product = dot(step, change);
        if (product > 1e-12 * dot(change, change)) {
            pairs.addLast(new Pair(step, change, product));
            if (pairs.size() > MEMORY) {
                pairs.removeFirst();
            }
        }
    }

    /// The negative gradient times the approximate inverse Hessian that the pairs describe.
    private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs) {
        double[] q = gradient.clone();
        double[] shares = new double[pairs.size()];
        int k = pairs.size();
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            shares[--k] = dot(pair.step(), q) / pair.product();
            addScaled(q, -shares[k], pair.change());
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            double scale = newest.product() / dot(newest.change(), newest.change());
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            double back = dot(pair.change(), q) / pair.product();
            addScaled(q, shares[k++] - back, pair.step());
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static void addScaled(double[] to, double factor, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
