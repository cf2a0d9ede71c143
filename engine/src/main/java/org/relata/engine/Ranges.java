package org.relata.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.engine.keys.Column;
import org.relata.engine.memory.Memory;

/// The relations of which programs see only a range of a key.
final class Ranges {
    private final Memory memory;
    private final LongSupplier versions;
    private final Map<String, Range> ranges = new HashMap<>();
    private final Map<String, Restricted> parts = new HashMap<>();

    private record Range(String attribute, long from, long to) {}

    /// A part of a relation, and of what it is one.
    private record Restricted(Range range, long version, Bound part) {}

    /// @param versions for parts
    Ranges(Memory memory, LongSupplier versions) {
        this.memory = memory;
        this.versions = versions;
    }

    /// Shows no more than a range.
    void restrict(String relation, Bound bound, String attribute, long from, long to) {
        column(relation, bound, attribute);
        ranges.put(relation, new Range(attribute, from, to));
    }

    /// Shows all.
    void unrestrict(String relation) {
        ranges.remove(relation);
    }

    /// Whether programs see a part of a relation only.
    boolean restricts(String relation) {
        return ranges.containsKey(relation);
    }

    /// What programs see of a relation.
    Bound visible(String relation, Bound bound) {
        Range range = ranges.get(relation);
        if (range == null) {
            return bound;
        }
        Restricted before = parts.get(relation);
        if (before != null && before.range.equals(range) && before.version == bound.version()) {
            return before.part;
        }
        Bound part = bound.part(range.attribute, range.from, range.to, versions.getAsLong(), memory.scope());
        parts.put(relation, new Restricted(range, bound.version(), part));
        if (before != null) {
            before.part.scope().close();
        }
        return part;
    }

    /// The column of an integer attribute.
    static Column column(String relation, Bound bound, String attribute) {
        if (!bound.keys().attributes().contains(Attribute.integer(attribute))) {
            throw new AlgebraException(
                    "key.unknown",
                    "relation " + relation,
                    "no integer key attribute \"" + attribute + "\"",
                    "there are " + bound.keys().attributes());
        }
        return bound.keys().column(attribute);
    }

    /// Gives the memory of parts back.
    void close() {
        parts.values().forEach(each -> each.part.scope().close());
        parts.clear();
    }
}
