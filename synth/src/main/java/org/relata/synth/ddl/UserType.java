package org.relata.synth.ddl;

import java.util.List;

/// A type that the file itself makes.
sealed interface UserType {
    /// A list of labels.
    record Enumeration(List<String> labels) implements UserType {
        public Enumeration {
            labels = List.copyOf(labels);
        }
    }

    /// Another type under a name, perhaps limited to some values.
    record Domain(SqlType base, List<Labels> checks) implements UserType {
        public Domain {
            checks = List.copyOf(checks);
        }
    }

    /// A type whose values have parts, or of which only the name is known.
    record Opaque() implements UserType {}
}
