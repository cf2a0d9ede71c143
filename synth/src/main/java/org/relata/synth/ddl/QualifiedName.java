package org.relata.synth.ddl;

import java.util.Locale;
import java.util.Set;

/// The name of a table or type, as it is written.
///
/// @param schema the schema before the dot; empty without one
/// @param name the name itself
/// @param at where it stands
record QualifiedName(String schema, String name, Token at) {
    /// Schemas that a name without one is in.
    private static final Set<String> USUAL = Set.of("public", "main", "dbo");

    /// How names are compared: without case, and without a schema that says nothing.
    String key() {
        String where = schema.toLowerCase(Locale.ROOT);
        return (USUAL.contains(where) ? "" : where) + "\0" + name.toLowerCase(Locale.ROOT);
    }

    /// The name without its schema, compared without case.
    String bareKey() {
        return name.toLowerCase(Locale.ROOT);
    }

    /// The name as it is written, for messages.
    String shown() {
        return schema.isEmpty() ? name : schema + "." + name;
    }
}
