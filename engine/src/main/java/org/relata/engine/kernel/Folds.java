package org.relata.engine.kernel;

import java.util.Arrays;
import org.relata.algebra.kernel.Reduce;
import org.relata.engine.lanes.Lanes;

/// Elements of each row folded together.
///
/// @param <A> the arrays that it computes with
final class Folds<A> {
    private final Lanes<A> lanes;
    private double[] most = new double[0];
    private double[] sums = new double[0];

    Folds(Lanes<A> lanes) {
        this.lanes = lanes;
    }

    void fold(Reduce.Operation operation, A in, int inAt, int count, int[] targets, int width, A out, int outAt) {
        int size = targets.length;
        for (int row = 0; row < count; row++) {
            int at = inAt + row * size;
            int to = outAt + row * width;
            switch (operation) {
                case SUM -> {
                    if (width == 1) {
                        lanes.set(out, to, lanes.sum(in, at, size));
                    } else {
                        lanes.fill(out, to, width, 0);
                        lanes.scatterAdd(in, at, targets, out, to);
                    }
                }
                case MAXIMUM -> {
                    if (width == 1) {
                        lanes.set(out, to, lanes.greatest(in, at, size));
                    } else {
                        greatest(in, at, targets, width);
                        for (int element = 0; element < width; element++) {
                            lanes.set(out, to + element, most[element]);
                        }
                    }
                }
                case LOGSUMEXP -> {
                    if (width == 1) {
                        lanes.set(out, to, lanes.logSumExp(in, at, size));
                    } else {
                        logSumExp(in, at, targets, width, out, to);
                    }
                }
            }
        }
    }

    private void greatest(A in, int at, int[] targets, int width) {
        if (most.length < width) {
            most = new double[width];
        }
        Arrays.fill(most, 0, width, Double.NEGATIVE_INFINITY);
        for (int element = 0; element < targets.length; element++) {
            most[targets[element]] = Math.max(most[targets[element]], lanes.get(in, at + element));
        }
    }

    private void logSumExp(A in, int at, int[] targets, int width, A out, int to) {
        greatest(in, at, targets, width);
        if (sums.length < width) {
            sums = new double[width];
        }
        Arrays.fill(sums, 0, width, 0);
        for (int element = 0; element < width; element++) {
            most[element] = Double.isInfinite(most[element]) ? 0 : most[element];
        }
        for (int element = 0; element < targets.length; element++) {
            sums[targets[element]] += Math.exp(lanes.get(in, at + element) - most[targets[element]]);
        }
        for (int element = 0; element < width; element++) {
            lanes.set(out, to + element, most[element] + Math.log(sums[element]));
        }
    }
}
