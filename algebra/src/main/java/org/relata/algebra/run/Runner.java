package org.relata.algebra.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.relata.algebra.RelExpr;
import org.relata.algebra.value.Relation;

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
