package org.relata.synth.random;

/// A Beta law as a table of its quantiles, from which a number is drawn in no time.
///
/// Node noise takes a Beta number for every row, node and latent dimension, and the laws differ from node to node, so
/// neither a ratio of gammas nor a root of the distribution function is fast enough. The table has a few hundred
/// cells of equal probability; within a cell the quantile is taken as straight.
public final class BetaTable {
    private static final int CELLS = 256;
    private static final int GRID = 512;
    private static final double STEP = Math.PI / 2 / GRID;
    private static final double[] LOG_SINE = new double[GRID];
    private static final double[] LOG_COSINE = new double[GRID];
    private static final double[] SINE_SQUARED = new double[GRID + 1];

    static {
        for (int i = 0; i < GRID; i++) {
            LOG_SINE[i] = StrictMath.log(StrictMath.sin((i + 0.5) * STEP));
            LOG_COSINE[i] = StrictMath.log(StrictMath.cos((i + 0.5) * STEP));
        }
        for (int i = 0; i <= GRID; i++) {
            SINE_SQUARED[i] = StrictMath.pow(StrictMath.sin(i * STEP), 2);
        }
    }

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
            double part = mass > 0 ? Math.clamp((wanted - cumulative[cell]) / mass, 0, 1) : 0;
            double place = SINE_SQUARED[cell] + part * (SINE_SQUARED[cell + 1] - SINE_SQUARED[cell]);
            quantiles[i] = (float) (low + (high - low) * place);
        }
        quantiles[0] = (float) low;
        quantiles[CELLS] = (float) high;
    }

    /// The distribution function on a grid, up to a factor.
    ///
    /// With x = sin²θ the density is sin^(2α-1) θ · cos^(2β-1) θ, which is finite at both ends for parameters of a half
    /// or more; for smaller ones the first and last cell are integrated as the powers that they are there.
    private static double[] cumulative(double alpha, double beta) {
        double[] cumulative = new double[GRID + 1];
        for (int i = 0; i < GRID; i++) {
            double mass = STEP * StrictMath.exp((2 * alpha - 1) * LOG_SINE[i] + (2 * beta - 1) * LOG_COSINE[i]);
            if (i == 0) {
                mass = StrictMath.pow(STEP, 2 * alpha) / (2 * alpha);
            } else if (i == GRID - 1) {
                mass = StrictMath.pow(STEP, 2 * beta) / (2 * beta);
            }
            cumulative[i + 1] = cumulative[i] + mass;
        }
        return cumulative;
    }

    /// Equally likely numbers that stand for the law: the middles of as many cells.
    ///
    /// @param count how many
    public float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) quantile((i + 0.5) / count);
        }
        return values;
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
