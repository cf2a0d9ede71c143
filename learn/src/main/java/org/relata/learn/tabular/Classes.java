package org.relata.learn.tabular;

/// Predicted classes.
final class Classes {
    private Classes() {}

    /// For each row the class of the highest probability, the first of equals.
    static int[] predicted(double[][] predictions) {
        int[] classes = new int[predictions.length];
        for (int i = 0; i < classes.length; i++) {
            double[] row = predictions[i];
            for (int c = 1; c < row.length; c++) {
                if (row[c] > row[classes[i]]) {
                    classes[i] = c;
                }
            }
        }
        return classes;
    }
}
