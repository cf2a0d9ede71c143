package org.relata.learn.fit;

import java.util.ArrayList;
import java.util.List;
import org.relata.features.EntityTimes;

/// Several lists of rows laid end to end, so that their features come from one run of each query.
final class Rows {
    private final List<EntityTimes> parts = new ArrayList<>();
    private final List<double[]> labels = new ArrayList<>();
    private double[] byClass = new double[0];
    private int size;

    /// Adds rows and answers the positions they got.
    int[] add(EntityTimes rows, double[] label) {
        parts.add(rows);
        labels.add(label);
        int[] positions = new int[rows.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = size + i;
        }
        size += rows.size();
        return positions;
    }

    /// How many rows there are.
    int size() {
        return size;
    }

    /// All rows in the order they were added.
    EntityTimes all() {
        long[] entity = new long[size];
        long[] cutoff = new long[size];
        long[] seed = new long[size];
        int at = 0;
        for (EntityTimes part : parts) {
            System.arraycopy(part.entity(), 0, entity, at, part.size());
            System.arraycopy(part.cutoff(), 0, cutoff, at, part.size());
            System.arraycopy(part.seed(), 0, seed, at, part.size());
            at += part.size();
        }
        return new EntityTimes(entity, cutoff, seed);
    }

    /// The labels of rows by position.
    double[] labels(int[] positions) {
        double[] all = new double[size];
        int at = 0;
        for (double[] part : labels) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        double[] chosen = new double[positions.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = all[positions[i]];
        }
        return chosen;
    }

    /// Lets rows weigh by the class of their label as well.
    void weighClasses(double[] weights) {
        byClass = weights.clone();
    }

    /// Weights of rows by position that halve over a third of the time the rows cover: what drove outcomes long ago may
    /// not any
    /// more.
    double[] weights(int[] positions) {
        long[] seeds = all().seed();
        long newest = Long.MIN_VALUE;
        long oldest = Long.MAX_VALUE;
        for (int position : positions) {
            newest = Math.max(newest, seeds[position]);
            oldest = Math.min(oldest, seeds[position]);
        }
        double half = Math.max(1, (newest - oldest) / 3.0);
        double[] weights = new double[positions.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.pow(0.5, (newest - seeds[positions[i]]) / half);
        }
        if (byClass.length > 0) {
            double[] label = labels(positions);
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= byClass[(int) label[i]];
            }
        }
        return weights;
    }

    /// Positions laid end to end.
    static int[] join(int[]... lists) {
        int length = 0;
        for (int[] list : lists) {
            length += list.length;
        }
        int[] joined = new int[length];
        int at = 0;
        for (int[] list : lists) {
            System.arraycopy(list, 0, joined, at, list.length);
            at += list.length;
        }
        return joined;
    }
}
