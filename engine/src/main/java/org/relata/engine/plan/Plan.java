package org.relata.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Slot;
import org.relata.engine.run.Region;

/// A program for given keys: what to compute, in order.
///
/// @param units in the order in which they are run
/// @param scans where the values of each relation are put before a run
/// @param outputs where the results are
/// @param changes for outputs that are worked out where they stand: by what
/// @param forecast what a run holds
public record Plan(
        List<Unit> units,
        Map<String, Slot> scans,
        Map<String, Output> outputs,
        Map<String, Changes> changes,
        Forecast forecast) {
    /// What a run holds outside the heap, in memory and in files, known before it.
    ///
    /// @param before relations and their keys, and what follows from keys
    /// @param values results
    /// @param files what of both stands in files
    public record Forecast(long before, long values, long files) {
        /// In words.
        ///
        /// @param budget of memory
        public String text(long budget) {
            return "memory: " + mebibytes(before) + " for relations and keys and " + mebibytes(values)
                    + " for what is computed, of a budget of " + mebibytes(budget) + "; "
                    + (files == 0 ? "all of it fits" : mebibytes(files) + " of it stand in files");
        }

        private static String mebibytes(long bytes) {
            return String.format(Locale.ROOT, "%,d MiB", Math.ceilDiv(bytes, 1 << 20));
        }
    }

    /// What the output of a part of an update is called.
    public static String part(String output, int part) {
        return output + "#" + part;
    }

    /// A part of an update: what is added to which rows of a relation.
    ///
    /// @param keyed the operator that it is
    /// @param to the row of the relation to which each row of it is added
    public record Part(Keyed keyed, Update.Part part, String relation, RowMap to) {}

    /// The same with updates, of which parts are outputs, but for those that regions add themselves.
    ///
    /// @param parts for each output that is an update
    public Plan updating(Map<String, Update> updates, Map<String, List<Part>> parts, Set<Keyed> added) {
        Map<String, Changes> found = new LinkedHashMap<>();
        updates.forEach((name, update) -> {
            List<Update.Part> left = new ArrayList<>();
            List<Changes.Rows> rows = new ArrayList<>();
            List<Part> all = Objects.requireNonNull(parts.get(name));
            for (int index = 0; index < all.size(); index++) {
                if (!added.contains(all.get(index).keyed())) {
                    left.add(all.get(index).part());
                    Slot slot = Objects.requireNonNull(outputs.get(part(name, index)))
                            .slot();
                    rows.add(new Changes.Rows(slot, all.get(index).to()));
                }
            }
            found.put(name, new Changes(new Update(update.base(), left), rows));
        });
        return new Plan(units, scans, outputs, found, forecast);
    }

    /// A region.
    ///
    /// @param region what is computed; [Slot]s of its sources are filled by earlier units
    /// @param keyed the operator at the end of each sink
    /// @param relations that it depends on, directly or not
    /// @param varies whether it depends on more than relations: on hyper-parameters or random numbers
    /// @param passing earlier units of which it reads results that others take the place of later: these have to be run
    /// whenever it is
    public record Unit(Region region, List<Keyed> keyed, Set<String> relations, boolean varies, Set<Integer> passing) {}

    /// A result.
    public record Output(Keyed keyed, Slot slot) {}
}
