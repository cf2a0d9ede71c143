package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Slot;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// The aggregates of a plan, and in which order they take their rows.
///
/// Rows are put in the order of groups, but for sums over few groups, which take them as they come: such a sum can be
/// part of a pass that computes its rows for something else.
final class Folding {
    /// Numbers of sums that stay near a core.
    private static final int SCATTERED = 1 << 18;

    /// With fewer, putting together the sums of parts would cost as much as the rows.
    private static final int ROWS_A_GROUP = 64;

    private final Map<Keyed, Groups> groups = new HashMap<>();
    private final Set<Keyed> scattering = new HashSet<>();
    private final Memory.Scope scope;

    /// @param scope owns the groups of rows
    Folding(Memory.Scope scope) {
        this.scope = scope;
    }

    /// Adds an aggregate.
    ///
    /// @param folded those of its groups that are wanted
    void add(Keyed keyed, Groups folded) {
        groups.put(keyed, folded);
        int rows = keyed.inputs().getFirst().keys().rows();
        if (isSum(keyed)
                && folded.order() instanceof RowMap.Indexed
                && folded.rows() == rows
                && folded.count() == keyed.keys().rows()
                && (long) folded.count() * keyed.width() <= SCATTERED
                && (long) folded.count() * ROWS_A_GROUP <= rows) {
            scattering.add(keyed);
        }
    }

    /// Whether an operator adds up.
    static boolean isSum(Keyed keyed) {
        return keyed.expression() instanceof Aggregate aggregate && aggregate.aggregator() == Aggregator.SUM;
    }

    /// The groups of an aggregate; nothing for another operator.
    Optional<Groups> groups(Keyed keyed) {
        return Optional.ofNullable(groups.get(keyed));
    }

    /// Whether an aggregate takes rows as they come.
    boolean scatters(Keyed keyed) {
        return scattering.contains(keyed);
    }

    /// The order in which an aggregate takes rows.
    RowMap order(Keyed keyed) {
        return scatters(keyed)
                ? new RowMap.Identity()
                : requireNonNull(groups.get(keyed)).order();
    }

    /// What becomes of the results of an operator.
    Region.Sink sink(Draft.Ending ending, Values values) {
        Keyed keyed = ending.keyed();
        if (!(keyed.expression() instanceof Aggregate aggregate)) {
            return new Region.Sink.Store(ending.register(), values);
        }
        Groups folded = requireNonNull(groups.get(keyed));
        return scatters(keyed)
                ? new Region.Sink.Scatter(ending.register(), folded.ofRows(scope), values)
                : new Region.Sink.Fold(ending.register(), aggregate.aggregator(), folded, values);
    }

    /// The same of a sum that is added to a relation.
    ///
    /// @param relation its values
    Region.Sink change(Draft.Ending ending, Plan.Part part, Slot relation) {
        Groups folded = requireNonNull(groups.get(ending.keyed()));
        return new Region.Sink.Change(
                ending.register(),
                new Groups(folded.count(), folded.order(), folded.starts(), folded.first(), part.to()),
                relation,
                part.part()::factor);
    }
}
