package org.relata.synth.ddl;

import java.util.Set;

/// Lists of words, written as one text each.
final class Words {
    private Words() {}

    /// The words of a text, as a set.
    static Set<String> of(String text) {
        return Set.of(text.strip().split("\\s+"));
    }
}
