package org.relata.sql.parse;

import java.util.function.Supplier;
import org.relata.algebra.value.AlgebraException;

/// Where in a model file something stands.
///
/// @param line from 1
/// @param column from 1
record Place(String file, int line, int column) {
    /// The error of what stands here.
    AlgebraException error(String code, String problem, String remedy) {
        return new AlgebraException(code, toString(), problem, remedy);
    }

    /// A result whose errors, where they name a place in the algebra, are told as errors of what stands here.
    <T> T locate(Supplier<T> work) {
        try {
            return work.get();
        } catch (AlgebraException e) {
            if (e.place().startsWith(file + ", line ")) {
                throw e;
            }
            throw error(e.code(), e.place() + ": " + e.problem(), e.remedy());
        }
    }

    @Override
    public String toString() {
        return file + ", line " + line + ", column " + column;
    }
}
