package org.relata.algebra.autodiff;

import java.util.Set;

/// Names of key attributes that are not taken yet.
final class Names {
    private Names() {}

    /// The name itself or, if it is taken, with a number after it. It is taken from now on.
    static String fresh(String name, Set<String> taken) {
        String fresh = name;
        for (int number = 2; !taken.add(fresh); number++) {
            fresh = name + "_" + number;
        }
        return fresh;
    }
}
