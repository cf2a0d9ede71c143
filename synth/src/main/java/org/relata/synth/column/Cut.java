package org.relata.synth.column;

import java.util.Arrays;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Draws;

/// How the numbers of a variable become classes: borders between them, and the names that the pieces get.
///
/// @param borders ascending, one less than there are classes; empty where nothing is cut
/// @param labels for each piece its class
public record Cut(float[] borders, int[] labels) {
    /// Draws a cut.
    ///
    /// @param classes how many
    /// @param sorted values of the variable, ascending
    /// @param parity whether borders are values at random rows, which may coincide and leave classes empty; otherwise
    ///     different values are taken as long as there are enough
    public static Cut draw(Config config, int classes, float[] sorted, boolean parity, Draws draws) {
        float[] borders = parity ? atRandomRows(classes, sorted, draws) : different(classes, sorted, draws);
        Arrays.sort(borders);
        int[] labels = new int[classes];
        Arrays.setAll(labels, k -> k);
        if (draws.happens(
                config.get(ScmParameters.CAT_LABEL_PERMUTE_PROB_CHOICES).draw(draws))) {
            labels = draws.permutation(classes);
        }
        if (draws.happens(
                config.get(ScmParameters.CAT_LABEL_REVERSE_PROB_CHOICES).draw(draws))) {
            for (int k = 0; k < classes; k++) {
                labels[k] = classes - 1 - labels[k];
            }
        }
        return new Cut(borders, labels);
    }

    private static float[] atRandomRows(int classes, float[] sorted, Draws draws) {
        float[] borders = new float[classes - 1];
        for (int i = 0; i < borders.length; i++) {
            borders[i] = sorted[draws.integer(0, sorted.length - 1)];
        }
        return borders;
    }

    /// Different values, each as likely as there are rows with it; the largest value is no border, for nothing is
    /// above.
    private static float[] different(int classes, float[] sorted, Draws draws) {
        float[] borders = new float[classes - 1];
        for (int i = 0; i < borders.length; i++) {
            float border = 0;
            boolean fresh = false;
            for (int tries = 0; tries < 50 && !fresh; tries++) {
                border = sorted[draws.integer(0, sorted.length - 1)];
                fresh = border < sorted[sorted.length - 1] && !contains(borders, i, border);
            }
            borders[i] = fresh || i == 0 ? border : borders[0];
        }
        if (borders.length > 0 && borders[0] >= sorted[sorted.length - 1]) {
            // Nearly all values are the largest; what is below it is the other side.
            borders[0] = sorted[0];
        }
        return borders;
    }

    private static boolean contains(float[] borders, int count, float border) {
        for (int i = 0; i < count; i++) {
            if (borders[i] == border) {
                return true;
            }
        }
        return false;
    }

    /// The class of a value: the piece that as many borders are below.
    public int of(float value) {
        int low = 0;
        int high = borders.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (borders[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return labels[low];
    }
}
