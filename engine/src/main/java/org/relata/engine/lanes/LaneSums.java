package org.relata.engine.lanes;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Sums of the lanes of a vector, always in one order: halves are added to halves. The Vector API leaves the order
/// open,
/// and it differs where a loop is interpreted and where it is compiled.
public final class LaneSums {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorShuffle<Float> FLOATS_8 = rotation(FLOATS, 8);
    private static final VectorShuffle<Float> FLOATS_4 = rotation(FLOATS, 4);
    private static final VectorShuffle<Float> FLOATS_2 = rotation(FLOATS, 2);
    private static final VectorShuffle<Float> FLOATS_1 = rotation(FLOATS, 1);
    private static final VectorShuffle<Double> DOUBLES_4 = rotation(DOUBLES, 4);
    private static final VectorShuffle<Double> DOUBLES_2 = rotation(DOUBLES, 2);
    private static final VectorShuffle<Double> DOUBLES_1 = rotation(DOUBLES, 1);

    private LaneSums() {}

    private static <E> VectorShuffle<E> rotation(VectorSpecies<E> species, int by) {
        return VectorShuffle.fromOp(species, lane -> (lane + by) % species.length());
    }

    /// The sum of all lanes.
    public static float of(FloatVector x) {
        FloatVector sum = x;
        if (FLOATS.length() > 8) {
            sum = sum.add(sum.rearrange(FLOATS_8));
        }
        if (FLOATS.length() > 4) {
            sum = sum.add(sum.rearrange(FLOATS_4));
        }
        if (FLOATS.length() > 2) {
            sum = sum.add(sum.rearrange(FLOATS_2));
        }
        return sum.add(sum.rearrange(FLOATS_1)).lane(0);
    }

    /// The sum of all lanes.
    public static double of(DoubleVector x) {
        DoubleVector sum = x;
        if (DOUBLES.length() > 4) {
            sum = sum.add(sum.rearrange(DOUBLES_4));
        }
        if (DOUBLES.length() > 2) {
            sum = sum.add(sum.rearrange(DOUBLES_2));
        }
        return sum.add(sum.rearrange(DOUBLES_1)).lane(0);
    }
}
