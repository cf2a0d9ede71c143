package org.relata.synth.scm;

import org.relata.synth.config.Initialisation;
import org.relata.synth.random.Normal;

/// The laws of weights, as tables of 4,096 equally likely values, which stay in the processor's nearest cache.
final class WeightLaws {
    private static final int SIZE = 0x1000;
    private static final double SPARSE_DEVIATION = 0.01;
    /// The share of a normal law below -2 and above 2.
    private static final double BEYOND_TWO = 0.022750131948179195;

    private static final float[] NORMAL = new float[SIZE];
    private static final float[] TRUNCATED = new float[SIZE];
    private static final float[] UNIFORM = new float[SIZE];

    static {
        for (int i = 0; i < SIZE; i++) {
            double place = (i + 0.5) / SIZE;
            NORMAL[i] = (float) Normal.quantile(place);
            TRUNCATED[i] = (float) Normal.quantile(BEYOND_TWO + place * (1 - 2 * BEYOND_TWO));
            UNIFORM[i] = (float) ((2 * place - 1) * Math.sqrt(3));
        }
    }

    private WeightLaws() {}

    /// The values of a law before they are scaled. Do not change them.
    static float[] of(Initialisation initialisation) {
        return switch (initialisation) {
            case KAIMING_NORMAL, XAVIER_NORMAL, SPARSE -> NORMAL;
            case KAIMING_UNIFORM, XAVIER_UNIFORM -> UNIFORM;
            case TRUNCATED_NORMAL -> TRUNCATED;
        };
    }

    /// What the values are scaled with. The fan-in is the number of outputs, as in the reference, whose matrices lie
    /// the
    /// other way round.
    static double deviation(Initialisation initialisation, int inputs, int outputs) {
        return switch (initialisation) {
            case KAIMING_NORMAL, KAIMING_UNIFORM -> Math.sqrt(2.0 / outputs);
            case XAVIER_NORMAL, XAVIER_UNIFORM -> Math.sqrt(2.0 / (inputs + outputs));
            case TRUNCATED_NORMAL -> 1;
            case SPARSE -> SPARSE_DEVIATION;
        };
    }
}
