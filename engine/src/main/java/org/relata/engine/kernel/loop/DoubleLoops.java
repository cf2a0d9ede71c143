package org.relata.engine.kernel.loop;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.relata.engine.lanes.LaneSums;
import org.relata.engine.memory.Addresses;

/// What loops do with vectors of 64 bits a number. [FloatLoops] is the same for 32 bits; a change here belongs there
/// too.
///
/// Methods have the names of operations, in small letters; they are short, so that the compiler puts them into loops.
/// Exponentials
/// and what is made of them are too long for that, and no part of loops.
final class DoubleLoops {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment MEMORY = Addresses.MEMORY;

    /// Numbers a vector.
    static final int LANES = SPECIES.length();

    private DoubleLoops() {}

    static DoubleVector load(double[] from, int at) {
        return DoubleVector.fromArray(SPECIES, from, at);
    }

    static DoubleVector load(long address) {
        return DoubleVector.fromMemorySegment(SPECIES, MEMORY, address, ORDER);
    }

    static void store(DoubleVector x, double[] to, int at) {
        x.intoArray(to, at);
    }

    static void storeSum(DoubleVector x, double[] to, int at) {
        to[at] = LaneSums.of(x);
    }

    static DoubleVector broadcast(double[] from, int at) {
        return DoubleVector.broadcast(SPECIES, from[at]);
    }

    static DoubleVector zero() {
        return DoubleVector.zero(SPECIES);
    }

    static VectorMask<Double> first(int many) {
        return SPECIES.indexInRange(0, many);
    }

    static DoubleVector only(DoubleVector x, VectorMask<Double> which) {
        return zero().blend(x, which);
    }

    static DoubleVector fma(DoubleVector x, DoubleVector y, DoubleVector sum) {
        return x.fma(y, sum);
    }

    static DoubleVector choose(DoubleVector condition, DoubleVector then, DoubleVector otherwise) {
        return otherwise.blend(then, condition.compare(VectorOperators.NE, 0));
    }

    private static DoubleVector one(VectorMask<Double> holds) {
        return zero().blend(1, holds);
    }

    static DoubleVector negate(DoubleVector x) {
        return x.neg();
    }

    static DoubleVector abs(DoubleVector x) {
        return x.abs();
    }

    static DoubleVector sqrt(DoubleVector x) {
        return x.sqrt();
    }

    static DoubleVector relu(DoubleVector x) {
        return x.max(0);
    }

    static DoubleVector sign(DoubleVector x) {
        // What is neither above nor below 0 stays: zeros of either sign, and what is not a number.
        return x.blend(1, x.compare(VectorOperators.GT, 0)).blend(-1, x.compare(VectorOperators.LT, 0));
    }

    static DoubleVector add(DoubleVector x, DoubleVector y) {
        return x.add(y);
    }

    static DoubleVector subtract(DoubleVector x, DoubleVector y) {
        return x.sub(y);
    }

    static DoubleVector multiply(DoubleVector x, DoubleVector y) {
        return x.mul(y);
    }

    static DoubleVector divide(DoubleVector x, DoubleVector y) {
        return x.div(y);
    }

    static DoubleVector maximum(DoubleVector x, DoubleVector y) {
        return x.max(y);
    }

    static DoubleVector minimum(DoubleVector x, DoubleVector y) {
        return x.min(y);
    }

    static DoubleVector equal(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.EQ, y));
    }

    static DoubleVector different(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.NE, y));
    }

    static DoubleVector less(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.LT, y));
    }

    static DoubleVector at_most(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.LE, y));
    }

    static DoubleVector greater(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.GT, y));
    }

    static DoubleVector at_least(DoubleVector x, DoubleVector y) {
        return one(x.compare(VectorOperators.GE, y));
    }
}
