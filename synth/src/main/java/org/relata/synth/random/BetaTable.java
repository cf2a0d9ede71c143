package org.relata.synth.random;

/// A Beta law as a table of its quantiles, from which a number is drawn in a nanosecond or two.
///
/// Node noise takes a Beta number for every row, node and latent dimension, and the laws differ from node to node, so
/// neither a ratio of gammas nor a root of the distribution function is fast enough. The table has a thousand cells of
/// equal probability; within a cell the quantile is taken as straight.
public final class BetaTable {
    private static final int CELLS = 1024;
    private static final int GRID = 1024;
    private static final int HALF_WORD_CELL_BITS = 6;

    private final float[] quantiles;

    /// Tabulates a law.
    ///
    /// @param alpha the first parameter, positive
    /// @param beta the second parameter, positive
    /// @param low the value that stands for 0
    /// @param high the value that stands for 1
    public BetaTable(double alpha, double beta, double low, double high) {
        double[] cumulative = cumulative(alpha, beta);
        quantiles = new float[CELLS + 1];
        int cell = 0;
        for (int i = 0; i <= CELLS; i++) {
            double wanted = (double) i / CELLS * cumulative[GRID];
            while (cell < GRID - 1 && cumulative[cell + 1] < wanted) {
                cell++;
            }
            double mass = cumulative[cell + 1] - cumulative[cell];
            double part = mass > 0 ? Math.min(1, Math.max(0, (wanted - cumulative[cell]) / mass)) : 0;
            double angle = (cell + part) * (Math.PI / 2 / GRID);
            double sine = StrictMath.sin(angle);
            quantiles[i] = (float) (low + (high - low) * sine * sine);
        }
        quantiles[0] = (float) low;
        quantiles[CELLS] = (float) high;
    }

    /// The distribution function on a grid, up to a factor.
    ///
    /// With x = sin²θ the density is sin^(2α-1) θ · cos^(2β-1) θ, which is finite at both ends for parameters of a half
    /// or more; for smaller ones the first and last cell are integrated as the powers that they are there.
    private static double[] cumulative(double alpha, double beta) {
        double step = Math.PI / 2 / GRID;
        double[] cumulative = new double[GRID + 1];
        for (int i = 0; i < GRID; i++) {
            double middle = (i + 0.5) * step;
            double mass = step
                    * StrictMath.exp((2 * alpha - 1) * StrictMath.log(StrictMath.sin(middle))
                            + (2 * beta - 1) * StrictMath.log(StrictMath.cos(middle)));
            if (i == 0) {
                mass = StrictMath.pow(step, 2 * alpha) / (2 * alpha);
            } else if (i == GRID - 1) {
                mass = StrictMath.pow(step, 2 * beta) / (2 * beta);
            }
            cumulative[i + 1] = cumulative[i] + mass;
        }
        return cumulative;
    }

    /// The number that 16 of a word's 64 random bits stand for.
    ///
    /// @param word random bits
    /// @param quarter which 16 of them, 0..3
    public float value(long word, int quarter) {
        int bits = (int) (word >>> (16 * quarter)) & 0xFFFF;
        int cell = bits >>> HALF_WORD_CELL_BITS;
        float part = (bits & 63) * (1f / 64);
        float left = quantiles[cell];
        return left + part * (quantiles[cell + 1] - left);
    }

    /// The number at a probability.
    ///
    /// @param probability in [0, 1)
    public double quantile(double probability) {
        double place = probability * CELLS;
        int cell = (int) place;
        return quantiles[cell] + (place - cell) * ((double) quantiles[cell + 1] - quantiles[cell]);
    }
}
