package org.relata.learn.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.value.AlgebraException;
import org.relata.learn.train.Optimizer;

/// How a matrix is factorised.
///
/// @param dimension numbers of a factor
/// @param twoSided whether rows and columns are different things, with factors of their own
/// @param dense whether pairs without a value count as zero, and the matrix is computed with in blocks
/// @param optimizer what is done before negative numbers become zero
public record FactorSettings(int dimension, boolean twoSided, boolean dense, Optimizer optimizer, int epochs) {
    /// Checks the numbers.
    public FactorSettings {
        check(dimension >= 1, "--dim", dimension);
        check(epochs >= 1, "--epochs", epochs);
    }

    private static void check(boolean holds, String what, int number) {
        if (!holds) {
            throw new AlgebraException("nnmf.number", what, number + " makes no sense there", "give at least 1");
        }
    }

    /// What a run has to have in common with one that it goes on from, by the names of the command line.
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("--dim", Integer.toString(dimension));
        named.put("--two-sided", Boolean.toString(twoSided));
        named.put("--dense", Boolean.toString(dense));
        return named;
    }

    /// How large numbers of a factor start at most: products of two are then of the size of one.
    double start() {
        return Math.pow(dimension, -0.5);
    }
}
