package org.relata.engine;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.value.Shape;
import org.relata.engine.keys.Column;
import org.relata.engine.keys.KeySet;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Seal;
import org.relata.engine.memory.Values;

/// A relation in memory that is its own.
///
/// @param version differs whenever keys or values do
/// @param seals of what stands in files and is not changed there
record Bound(KeySet keys, Shape shape, Values values, long version, Memory.Scope scope, List<Seal> seals) {
    /// What was written once.
    Bound(KeySet keys, Shape shape, Values values, long version, Memory.Scope scope) {
        this(keys, shape, values, version, scope, List.of());
    }

    /// The same, which will be known again where it stands in files.
    Bound sealed(String relation) {
        List<Seal> seals = new ArrayList<>();
        if (values.segment().isMapped()) {
            seals.add(new Seal("values of relation " + relation, values.segment()));
        }
        for (int index = 0; index < keys.columns().size(); index++) {
            if (keys.columns().get(index) instanceof Column.Stored(Longs numbers)
                    && numbers.segment().isMapped()) {
                String attribute = keys.attributes().get(index).name();
                seals.add(new Seal("key " + attribute + " of relation " + relation, numbers.segment()));
            }
        }
        return new Bound(keys, shape, values, version, scope, List.copyOf(seals));
    }
}
