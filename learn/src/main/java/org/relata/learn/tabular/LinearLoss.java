package org.relata.learn.tabular;

import java.util.Arrays;
import org.relata.database.task.TaskType;

/// The penalised mean loss of a linear model and its gradient.
///
/// Parameters are, for each output in turn, one coefficient a column and then the intercept, which is not penalised.
/// The loss
/// of a row is half the squared error, or the negative log likelihood.
final class LinearLoss {
    private final float[][] columns;
    private final double[] labels;
    private final double[] weights;
    private final double weightSum;
    private final TaskType type;
    private final int outputs;
    private double penalty;

    /// @param columns the design, column by column
    /// @param labels one a row: numbers, or class numbers
    /// @param weights one a row; empty for all 1
    LinearLoss(float[][] columns, double[] labels, double[] weights, TaskType type, int outputs) {
        this.columns = columns;
        this.labels = labels;
        this.weights = weights;
        this.weightSum =
                weights.length == 0 ? labels.length : Arrays.stream(weights).sum();
        this.type = type;
        this.outputs = outputs;
    }

    void penalty(double newPenalty) {
        penalty = newPenalty;
    }

    int parameters() {
        return outputs * (columns.length + 1);
    }

    /// The loss at the parameters; its gradient is written into `gradient`.
    double at(double[] parameters, double[] gradient) {
        int rows = labels.length;
        int size = columns.length + 1;
        double[][] scores = new double[outputs][];
        for (int c = 0; c < outputs; c++) {
            scores[c] = scores(columns, rows, parameters, c * size);
        }
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            double weight = (weights.length == 0 ? 1 : weights[i]) / weightSum;
            loss += weight * rowLoss(scores, i, weight);
        }
        for (int c = 0; c < outputs; c++) {
            double[] slopes = scores[c];
            int at = c * size;
            for (int j = 0; j < columns.length; j++) {
                double coefficient = parameters[at + j];
                gradient[at + j] = dot(columns[j], slopes) + penalty * coefficient;
                loss += 0.5 * penalty * coefficient * coefficient;
            }
            gradient[at + columns.length] = Arrays.stream(slopes).sum();
        }
        return loss;
    }

    /// The scores of rows for one output.
    ///
    /// @param at where the output's coefficients start among the parameters
    static double[] scores(float[][] columns, int rows, double[] parameters, int at) {
        double[] scores = new double[rows];
        Arrays.fill(scores, parameters[at + columns.length]);
        for (int j = 0; j < columns.length; j++) {
            double coefficient = parameters[at + j];
            if (coefficient != 0) {
                float[] column = columns[j];
                for (int i = 0; i < rows; i++) {
                    scores[i] += coefficient * column[i];
                }
            }
        }
        return scores;
    }

    private static double dot(float[] column, double[] slopes) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < slopes.length; i += 4) {
            a += column[i] * slopes[i];
            b += column[i + 1] * slopes[i + 1];
            c += column[i + 2] * slopes[i + 2];
            d += column[i + 3] * slopes[i + 3];
        }
        for (; i < slopes.length; i++) {
            a += column[i] * slopes[i];
        }
        return a + b + c + d;
    }

    /// The loss of a row; its scores are replaced by the weighted slopes of the loss in them.
    private double rowLoss(double[][] scores, int row, double weight) {
        return switch (type) {
            case REGRESSION -> {
                double error = scores[0][row] - labels[row];
                scores[0][row] = weight * error;
                yield 0.5 * error * error;
            }
            case BINARY_CLASSIFICATION -> {
                double score = scores[0][row];
                scores[0][row] = weight * (sigmoid(score) - labels[row]);
                yield softplus(score) - labels[row] * score;
            }
            case MULTICLASS_CLASSIFICATION -> {
                double largest = Double.NEGATIVE_INFINITY;
                for (double[] output : scores) {
                    largest = Math.max(largest, output[row]);
                }
                double sum = 0;
                for (double[] output : scores) {
                    sum += Math.exp(output[row] - largest);
                }
                double chosen = scores[(int) labels[row]][row];
                for (int c = 0; c < outputs; c++) {
                    double share = Math.exp(scores[c][row] - largest) / sum;
                    scores[c][row] = weight * (share - (c == labels[row] ? 1 : 0));
                }
                yield largest + Math.log(sum) - chosen;
            }
        };
    }

    static double sigmoid(double score) {
        return score >= 0 ? 1 / (1 + Math.exp(-score)) : Math.exp(score) / (1 + Math.exp(score));
    }

    static double softplus(double score) {
        return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
    }
}
