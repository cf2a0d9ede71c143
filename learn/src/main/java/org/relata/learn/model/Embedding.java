package org.relata.learn.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.algebra.value.AlgebraException;

/// How entities and relations of a knowledge graph become vectors, and what makes a fact likely.
///
/// All of them score a fact (head, relation, tail) by how near a tail comes to what head and relation aim at, or a head
/// to what tail and relation aim at: the relation is then followed backwards.
public enum Embedding {
    /// A relation is a shift (Bordes et al. 2013).
    TRANSE,
    /// A relation weighs elements (Yang et al. 2015).
    DISTMULT,
    /// A relation is a complex number for each of an entity's (Trouillon et al. 2016).
    COMPLEX,
    /// A relation turns an entity's complex numbers (Sun et al. 2019).
    ROTATE,
    /// A relation is a shift in a space of its own (Lin et al. 2015).
    TRANSR;

    /// As a command line calls it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of that label.
    public static Embedding named(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AlgebraException(
                        "kge.model",
                        "--model " + label,
                        "there is no such model",
                        "there are "
                                + Arrays.stream(values()).map(Embedding::label).collect(Collectors.joining(", "))));
    }

    /// Whether nearness is a distance, not an inner product.
    boolean distance() {
        return switch (this) {
            case TRANSE, ROTATE, TRANSR -> true;
            case DISTMULT, COMPLEX -> false;
        };
    }

    /// Numbers of an entity, where it has `dimension` of them, real or complex.
    int entityWidth(int dimension) {
        return switch (this) {
            case TRANSE, DISTMULT, TRANSR -> dimension;
            case COMPLEX, ROTATE -> 2 * dimension;
        };
    }

    /// Numbers of a relation. In TransR its space has twice as many dimensions as that of entities.
    int linkWidth(int dimension) {
        return switch (this) {
            case TRANSE, DISTMULT -> dimension;
            case COMPLEX, ROTATE, TRANSR -> 2 * dimension;
        };
    }
}
