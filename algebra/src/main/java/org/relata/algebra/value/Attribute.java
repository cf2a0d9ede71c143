package org.relata.algebra.value;

/// One named component of a key.
///
/// @param name not empty
/// @param domain what values it takes
public record Attribute(String name, Domain domain) {
    /// What values an attribute takes.
    public enum Domain {
        /// 64-bit integers.
        INTEGER,
        /// Strings.
        TEXT
    }

    /// Checks the name.
    public Attribute {
        if (name.isEmpty()) {
            throw new AlgebraException("attribute.name", "attribute", "its name is empty", "name it");
        }
    }

    /// An attribute of integers.
    public static Attribute integer(String name) {
        return new Attribute(name, Domain.INTEGER);
    }

    /// An attribute of strings.
    public static Attribute text(String name) {
        return new Attribute(name, Domain.TEXT);
    }

    @Override
    public String toString() {
        return domain == Domain.INTEGER ? name : name + ":text";
    }
}
