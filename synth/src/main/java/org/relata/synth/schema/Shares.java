package org.relata.synth.schema;

import java.util.OptionalDouble;

/// Checks of shares.
final class Shares {
    private Shares() {}

    static void check(String place, String what, OptionalDouble share) {
        if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
            throw new IllegalArgumentException(
                    place + ": the " + what + " " + share.getAsDouble() + " is not between 0 and 1");
        }
    }
}
