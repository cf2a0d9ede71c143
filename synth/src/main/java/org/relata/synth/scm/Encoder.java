package org.relata.synth.scm;

import java.util.Arrays;
import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Draws;

/// What a variable sends to another: its value as a point of the latent space, times the weight of the edge, within a
/// bound.
///
/// @param embedding for each class its starting point, as columns of the latent width; empty for a number
/// @param network from a number, or from the starting point, to the latent space
/// @param weight of the edge
/// @param width the latent width
record Encoder(float[][] embedding, Mlp network, float weight, int width) {
    static final float BOUND = 1e4f;

    /// Draws an encoder.
    ///
    /// @param classes how many classes are told apart; zero for a number, also for a class that is taken as one
    static Encoder draw(Config config, int classes, float weight, Draws draws) {
        int width = config.get(ScmParameters.MLP_EMB_DIM);
        float[][] embedding = new float[classes > 0 ? width : 0][classes];
        for (int k = 0; k < classes; k++) {
            for (float[] column : embedding) {
                column[k] = (float) draws.normal();
            }
        }
        return new Encoder(embedding, Mlp.draw(config, classes > 0 ? width : 1, width, draws), weight, width);
    }

    /// Whether it tells classes apart.
    boolean embeds() {
        return embedding.length > 0;
    }

    /// Its values at some points, one point after the other, and beside each value how much is added on the way to the
    /// next point.
    float[] table(Knots knots, float[][][] work) {
        int points = knots.points().length;
        float[] table = new float[2 * points * width];
        for (int from = 0; from < points; from += Evaluation.BLOCK) {
            int count = Math.min(Evaluation.BLOCK, points - from);
            float[][] input = new float[embeds() ? width : 1][];
            for (int j = 0; j < input.length; j++) {
                input[j] = Arrays.copyOfRange(embeds() ? embedding[j] : knots.points(), from, from + count);
            }
            float[][] output = evaluate(input, work, count);
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < count; i++) {
                    table[2 * ((from + i) * width + j)] = output[j][i];
                }
            }
        }
        for (int at = 0; at < 2 * (points - 1) * width; at += 2) {
            table[at + 1] = table[at + 2 * width] - table[at];
        }
        return table;
    }

    /// Its values for numbers, without a table.
    float[][] evaluate(float[][] input, float[][][] work, int count) {
        float[][] output = network.evaluate(input, work, count);
        for (int j = 0; j < width; j++) {
            Columns.scale(output[j], weight, BOUND, count);
        }
        return output;
    }

    /// Reads a table for some rows.
    ///
    /// @param table the values at the points
    /// @param cell for each row, the point before
    /// @param part for each row, how far it is to the next
    /// @param into the columns, eight of which are filled at a time, so that a row's place is looked up less often
    /// @param add whether to add to the columns, rather than to replace them
    static void read(float[] table, int[] cell, float[] part, float[][] into, int count, boolean add) {
        int width = into.length;
        for (int j = 0; j < width; j += 8) {
            if (add) {
                add(
                        table, j, width, cell, part, into[j], into[j + 1], into[j + 2], into[j + 3], into[j + 4],
                        into[j + 5], into[j + 6], into[j + 7], count);
            } else {
                put(
                        table, j, width, cell, part, into[j], into[j + 1], into[j + 2], into[j + 3], into[j + 4],
                        into[j + 5], into[j + 6], into[j + 7], count);
            }
        }
    }

    private static void add(
            float[] t,
            int j,
            int width,
            int[] cell,
            float[] part,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
            int n) {
        for (int r = 0; r < n; r++) {
            int at = 2 * (cell[r] * width + j);
            float way = part[r];
            a[r] += Math.fma(way, t[at + 1], t[at]);
            b[r] += Math.fma(way, t[at + 3], t[at + 2]);
            c[r] += Math.fma(way, t[at + 5], t[at + 4]);
            d[r] += Math.fma(way, t[at + 7], t[at + 6]);
            e[r] += Math.fma(way, t[at + 9], t[at + 8]);
            f[r] += Math.fma(way, t[at + 11], t[at + 10]);
            g[r] += Math.fma(way, t[at + 13], t[at + 12]);
            h[r] += Math.fma(way, t[at + 15], t[at + 14]);
        }
    }

    private static void put(
            float[] t,
            int j,
            int width,
            int[] cell,
            float[] part,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float[] g,
            float[] h,
            int n) {
        for (int r = 0; r < n; r++) {
            int at = 2 * (cell[r] * width + j);
            float way = part[r];
            a[r] = Math.fma(way, t[at + 1], t[at]);
            b[r] = Math.fma(way, t[at + 3], t[at + 2]);
            c[r] = Math.fma(way, t[at + 5], t[at + 4]);
            d[r] = Math.fma(way, t[at + 7], t[at + 6]);
            e[r] = Math.fma(way, t[at + 9], t[at + 8]);
            f[r] = Math.fma(way, t[at + 11], t[at + 10]);
            g[r] = Math.fma(way, t[at + 13], t[at + 12]);
            h[r] = Math.fma(way, t[at + 15], t[at + 14]);
        }
    }
}
