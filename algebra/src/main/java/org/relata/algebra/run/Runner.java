package org.relata.algebra.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Runs programs on relations that it holds: bind relations, compile a program once, run it many times, read relations
/// back.
///
/// A runner belongs to one thread. What it throws for a program or data at fault is an
/// `org.relata.algebra.value.AlgebraException`.
public interface Runner extends AutoCloseable {
    /// What it is called on a command line: `reference`, `duckdb`, `postgres`.
    String name();

    /// Gives a relation to the programs that scan it, in place of one that had the name.
    void bind(String relation, Relation data);

    /// A relation as it is now.
    Relation read(String relation);

    /// Whether relations with integer keys stay in memory row by row, as they were bound: then it costs no copy to look
    /// at rows or to write them, and they keep their order.
    default boolean keepsRows() {
        return false;
    }

    /// How many rows a relation has.
    default int rows(String relation) {
        return read(relation).size();
    }

    /// The shape of a relation's values.
    default Shape shape(String relation) {
        return read(relation).shape();
    }

    /// Looks at the rows of a relation.
    default <T> T look(String relation, Function<RowReader, T> look) {
        return look.apply(new ReadRows(read(relation)));
    }

    /// Binds a relation with integer keys that is written row by row.
    ///
    /// @param keys the attributes
    default void bindRows(String relation, List<String> keys, int count, Shape shape, Consumer<RowWriter> rows) {
        WrittenRows written = new WrittenRows(keys.size(), count, shape);
        rows.accept(written);
        bind(relation, written.relation(keys));
    }

    /// Binds a relation of which the only key counts up from row to row.
    ///
    /// @param from the key of the first row
    /// @param rows writes values; keys stand already
    default void bindRange(String relation, String key, long from, int count, Shape shape, Consumer<RowWriter> rows) {
        bindRows(relation, List.of(key), count, shape, room -> {
            for (int row = 0; row < count; row++) {
                room.key(0, row, from + row);
            }
            rows.accept(room);
        });
    }

    /// Binds a relation with the keys of another one, and zeros.
    default void bindZeros(String relation, String like) {
        Relation values = read(like);
        TreeMap<Key, Tensor> zeros = new TreeMap<>();
        values.tuples().keySet().forEach(key -> zeros.put(key, Tensor.filled(values.shape(), 0)));
        bind(relation, new Relation(values.attributes(), values.shape(), zeros));
    }

    /// Binds a relation with the keys and values of another one.
    default void bindCopy(String relation, String of) {
        bind(relation, read(of));
    }

    /// How programs read the rows of a relation.
    enum Access {
        /// One after the other.
        IN_ORDER,
        /// Here and there.
        SCATTERED
    }

    /// Says how rows of a relation are going to be read: in order, if nothing is said. It only helps a runner to put
    /// them where that is quick.
    default void advise(String relation, Access access) {}

    /// Prepares outputs that are computed together, sharing what they have in common.
    Program compile(Map<String, RelExpr> outputs);

    /// Says what will be run often, and which relations change in between, so that a runner may arrange the others for
    /// it.
    /// It need not: what is computed stays the same, but for the order in which numbers are added.
    ///
    /// @param outputs that will be computed together
    /// @param varying relations that other data will be bound to
    default void expect(Map<String, RelExpr> outputs, Set<String> varying) {}

    /// The bounds of consecutive ranges of an integer key attribute, each of which holds at least `tuples` tuples of
    /// the relation (the last one perhaps fewer, none split by a value): the first value of each range and, at the end,
    /// one more than the last value.
    List<Long> cuts(String relation, String attribute, long tuples);

    /// The same from how many tuples each value has, for runners that count them in memory.
    static List<Long> cuts(SortedMap<Long, Long> counts, long tuples) {
        List<Long> cuts = new ArrayList<>();
        long inRange = tuples;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            if (inRange >= tuples) {
                cuts.add(entry.getKey());
                inRange = 0;
            }
            inRange += entry.getValue();
        }
        if (!counts.isEmpty()) {
            cuts.add(counts.lastKey() + 1);
        }
        return cuts;
    }

    /// Lets programs see only the tuples of a relation whose attribute lies between `from` (with) and `to` (without).
    void restrict(String relation, String attribute, long from, long to);

    /// Lets programs see all of a relation again.
    void unrestrict(String relation);

    @Override
    void close();
}
