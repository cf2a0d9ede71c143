package org.relata.engine.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.engine.memory.Slot;
import org.relata.engine.run.Region;

/// A program for given keys: what to compute, in order.
///
/// @param units in the order in which they are run
/// @param scans where the values of each relation are put before a run
/// @param outputs where the results are
public record Plan(List<Unit> units, Map<String, Slot> scans, Map<String, Output> outputs) {
    /// A region.
    ///
    /// @param region what is computed; [Slot]s of its sources are filled by earlier units
    /// @param keyed the operator at the end of each sink
    /// @param relations that it depends on, directly or not
    /// @param varies whether it depends on more than relations: on hyper-parameters or random numbers
    public record Unit(Region region, List<Keyed> keyed, Set<String> relations, boolean varies) {}

    /// A result.
    public record Output(Keyed keyed, Slot slot) {}
}
