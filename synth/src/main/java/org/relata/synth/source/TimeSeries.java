package org.relata.synth.source;

import org.relata.synth.config.Config;
import org.relata.synth.config.ScmParameters;
import org.relata.synth.random.Draws;
import org.relata.synth.random.Key;

/// A time series over the rows: the mean of a power-law trend, a sine cycle and autoregressive noise, each held within
/// bounds.
///
/// As in the reference the parts are cut at the bounds, which are not negative while cycle and noise are centred at
/// zero, so much of both is flattened; with `ts_rescale` they are mapped to the bounds instead.
final class TimeSeries implements Source {
    /// The noise before every so many rows is kept, so that a row in the middle needs few of those before it.
    private static final int STRIDE = 64;

    private final Shape shape;
    private final Key noise;
    private final double[] noiseBefore;

    /// What the series is made of.
    ///
    /// @param rows the rows of the table
    /// @param low the lower bound
    /// @param high the upper bound
    /// @param exponent of the trend
    /// @param trend its factor
    /// @param halfPeriod of the cycle, in rows
    /// @param cycle its factor
    /// @param carried the share of the noise that carries over to the next row
    /// @param deviation of what is added to it
    /// @param rescale whether parts are mapped to the bounds rather than cut
    record Shape(
            long rows,
            double low,
            double high,
            double exponent,
            double trend,
            long halfPeriod,
            double cycle,
            double carried,
            double deviation,
            boolean rescale) {
        Shape {
            if (halfPeriod < 1 || halfPeriod > Math.max(1, rows) || !(carried >= 0 && carried < 1) || low > high) {
                throw new IllegalArgumentException("no time series has half a period of " + halfPeriod + " of " + rows
                        + " rows and carries " + carried + " over, from " + low + " to " + high);
            }
        }
    }

    TimeSeries(Shape shape, Key key) {
        this.shape = shape;
        this.noise = key.child("noise");
        this.noiseBefore = new double[shape.carried > 0 ? (int) Math.ceilDiv(Math.max(1, shape.rows), STRIDE) : 0];
        double state = 0;
        for (int stride = 0; stride < noiseBefore.length; stride++) {
            noiseBefore[stride] = state;
            if (stride + 1 < noiseBefore.length) {
                for (long row = (long) stride * STRIDE; row < (stride + 1L) * STRIDE; row++) {
                    state = next(state, row);
                }
            }
        }
    }

    static TimeSeries draw(SourceContext context, Draws draws, double low, double high) {
        Config config = context.config();
        boolean activity = context.activity();
        double period = config.get(ScmParameters.TS_CYCLE_FREQ_PERC_CHOICES).draw(draws);
        double exponent = config.get(ScmParameters.TS_TREND_ALPHA_CHOICES).draw(draws);
        double trend =
                config.get(ScmParameters.ACTIVITY_TABLE_TS_TREND_SCALE_CHOICES).draw(draws);
        double cycle =
                config.get(ScmParameters.ACTIVITY_TABLE_TS_CYCLE_SCALE_CHOICES).draw(draws);
        double carried = config.get(ScmParameters.TS_AR_RHO_CHOICES).draw(draws);
        Shape shape = new Shape(
                context.rows(),
                low,
                high,
                exponent,
                activity ? trend : config.get(ScmParameters.ENTITY_TABLE_TS_TREND_SCALE),
                Math.max(1, Math.min(context.rows(), (long) Math.ceil(context.rows() * period))),
                activity ? cycle : config.get(ScmParameters.ENTITY_TABLE_TS_CYCLE_SCALE),
                carried,
                config.get(
                        activity
                                ? ScmParameters.ACTIVITY_TABLE_TS_NOISE_SCALE
                                : ScmParameters.ENTITY_TABLE_TS_NOISE_SCALE),
                config.get(ScmParameters.TS_RESCALE));
        return new TimeSeries(shape, context.key());
    }

    private double next(double state, long row) {
        return shape.carried * state + shape.deviation * noise.normal(row);
    }

    @Override
    public void fill(long[] rows, int count, float[] into) {
        double state = 0;
        long done = -1;
        for (int i = 0; i < count; i++) {
            long row = rows[i];
            if (noiseBefore.length == 0) {
                state = next(0, row);
            } else {
                long stride = row / STRIDE * STRIDE;
                if (done < stride - 1 || done >= row) {
                    state = noiseBefore[(int) (row / STRIDE)];
                    done = stride - 1;
                }
                while (done < row) {
                    state = next(state, ++done);
                }
            }
            into[i] = (float) ((trend(row) + cycle(row) + bounded(state, 3 * shape.deviation)) / 3);
        }
    }

    /// The trend at a row. Only its upper side is cut.
    double trend(long row) {
        double power = shape.trend == 0 ? 0 : shape.trend * StrictMath.pow((double) row / shape.rows, shape.exponent);
        return shape.rescale ? bounded(power, Math.abs(shape.trend)) : Math.min(power + shape.low, shape.high);
    }

    /// The cycle at a row.
    double cycle(long row) {
        double sine = shape.cycle == 0 ? 0 : shape.cycle * StrictMath.sin(Math.PI * row / shape.halfPeriod);
        return bounded(sine, Math.abs(shape.cycle));
    }

    private double bounded(double value, double reach) {
        if (shape.rescale) {
            double span = Math.max(reach, Double.MIN_NORMAL);
            double share = Math.clamp((value / span + 1) / 2, 0, 1);
            return shape.low + share * (shape.high - shape.low);
        }
        return Math.clamp(value, shape.low, shape.high);
    }
}
