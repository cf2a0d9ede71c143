package org.relata.engine.kernel.loop;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.relata.engine.lanes.LaneSums;
import org.relata.engine.memory.Addresses;

/// What loops do with vectors of 32 bits a number. [DoubleLoops] is the same for 64 bits; a change here belongs there
/// too.
///
/// Methods have the names of operations, in small letters; they are short, so that the compiler puts them into loops.
/// Exponentials
/// and what is made of them are too long for that, and no part of loops.
final class FloatLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment MEMORY = Addresses.MEMORY;

    /// Numbers a vector.
    static final int LANES = SPECIES.length();

    private FloatLoops() {}

    static FloatVector load(float[] from, int at) {
        return FloatVector.fromArray(SPECIES, from, at);
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(SPECIES, MEMORY, address, ORDER);
    }

    static void store(FloatVector x, float[] to, int at) {
        x.intoArray(to, at);
    }

    static void storeSum(FloatVector x, float[] to, int at) {
        to[at] = LaneSums.of(x);
    }

    static FloatVector broadcast(float[] from, int at) {
        return FloatVector.broadcast(SPECIES, from[at]);
    }

    static FloatVector zero() {
        return FloatVector.zero(SPECIES);
    }

    static VectorMask<Float> first(int many) {
        return SPECIES.indexInRange(0, many);
    }

    static FloatVector only(FloatVector x, VectorMask<Float> which) {
        return zero().blend(x, which);
    }

    static FloatVector fma(FloatVector x, FloatVector y, FloatVector sum) {
        return x.fma(y, sum);
    }

    static FloatVector choose(FloatVector condition, FloatVector then, FloatVector otherwise) {
        return otherwise.blend(then, condition.compare(VectorOperators.NE, 0));
    }

    private static FloatVector one(VectorMask<Float> holds) {
        return zero().blend(1, holds);
    }

    static FloatVector negate(FloatVector x) {
        return x.neg();
    }

    static FloatVector abs(FloatVector x) {
        return x.abs();
    }

    static FloatVector sqrt(FloatVector x) {
        return x.sqrt();
    }

    static FloatVector relu(FloatVector x) {
        return x.max(0);
    }

    static FloatVector sign(FloatVector x) {
        // What is neither above nor below 0 stays: zeros of either sign, and what is not a number.
        return x.blend(1, x.compare(VectorOperators.GT, 0)).blend(-1, x.compare(VectorOperators.LT, 0));
    }

    static FloatVector add(FloatVector x, FloatVector y) {
        return x.add(y);
    }

    static FloatVector subtract(FloatVector x, FloatVector y) {
        return x.sub(y);
    }

    static FloatVector multiply(FloatVector x, FloatVector y) {
        return x.mul(y);
    }

    static FloatVector divide(FloatVector x, FloatVector y) {
        return x.div(y);
    }

    static FloatVector maximum(FloatVector x, FloatVector y) {
        return x.max(y);
    }

    static FloatVector minimum(FloatVector x, FloatVector y) {
        return x.min(y);
    }

    static FloatVector equal(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.EQ, y));
    }

    static FloatVector different(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.NE, y));
    }

    static FloatVector less(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.LT, y));
    }

    static FloatVector at_most(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.LE, y));
    }

    static FloatVector greater(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.GT, y));
    }

    static FloatVector at_least(FloatVector x, FloatVector y) {
        return one(x.compare(VectorOperators.GE, y));
    }
}
