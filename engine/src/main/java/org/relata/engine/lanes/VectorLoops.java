package org.relata.engine.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Functions of each element, over as many as fill vectors.
///
/// Each loop stands in a method of its own: the compiler gives up on vectors where a method holds many.
final class VectorLoops {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();

    private VectorLoops() {}

    private static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(FLOATS, from, at);
    }

    static void negate(float[] in, int inAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(in, inAt + i).neg().intoArray(out, outAt + i);
        }
    }

    static void sign(float[] in, int inAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = load(in, inAt + i);
            // What is neither above nor below 0 stays: zeros of either sign, and what is not a number.
            x.blend(1, x.compare(VectorOperators.GT, 0))
                    .blend(-1, x.compare(VectorOperators.LT, 0))
                    .intoArray(out, outAt + i);
        }
    }

    static void abs(float[] in, int inAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(in, inAt + i).abs().intoArray(out, outAt + i);
        }
    }

    static void relu(float[] in, int inAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(in, inAt + i).max(0).intoArray(out, outAt + i);
        }
    }

    static void sqrt(float[] in, int inAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(in, inAt + i).sqrt().intoArray(out, outAt + i);
        }
    }

    static void add(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).add(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void subtract(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).sub(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void multiply(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).mul(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void divide(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).div(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void maximum(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).max(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void minimum(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).min(load(right, rightAt + i)).intoArray(out, outAt + i);
        }
    }

    static void add(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).add(right).intoArray(out, outAt + i);
        }
    }

    static void subtract(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).sub(right).intoArray(out, outAt + i);
        }
    }

    static void multiply(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).mul(right).intoArray(out, outAt + i);
        }
    }

    static void divide(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            load(left, leftAt + i).div(right).intoArray(out, outAt + i);
        }
    }

    static void greater(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> holds = load(left, leftAt + i).compare(VectorOperators.GT, load(right, rightAt + i));
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i);
        }
    }

    static void atLeast(float[] left, int leftAt, float[] right, int rightAt, float[] out, int outAt, int n) {
        for (int i = 0; i < n; i += LANES) {
            VectorMask<Float> holds = load(left, leftAt + i).compare(VectorOperators.GE, load(right, rightAt + i));
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i);
        }
    }

    static void greater(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> holds = load(left, leftAt + i).compare(VectorOperators.GT, right);
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i);
        }
    }

    static void less(float[] left, int leftAt, float right, float[] out, int outAt, int count) {
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Float> holds = load(left, leftAt + i).compare(VectorOperators.LT, right);
            FloatVector.zero(FLOATS).blend(1, holds).intoArray(out, outAt + i);
        }
    }
}
