package org.relata.engine.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.relata.engine.keys.KeySet;
import org.relata.engine.keys.Strings;
import org.relata.engine.memory.Memory;
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

    /// The same with updates, of which parts are outputs; nothing if one does not fit the keys.
    public Optional<Plan> updating(
            Map<String, Update> updates, Map<String, KeySet> keys, Strings strings, Memory.Scope scope) {
        Map<String, Changes> found = new LinkedHashMap<>();
        for (Map.Entry<String, Update> each : updates.entrySet()) {
            Update update = each.getValue();
            List<Output> parts = IntStream.range(0, update.parts().size())
                    .mapToObj(part -> Objects.requireNonNull(outputs.get(part(each.getKey(), part))))
                    .toList();
            Optional<Changes> changes = Changes.of(
                    update,
                    Objects.requireNonNull(keys.get(update.base().relation())),
                    parts.stream().map(Output::keyed).toList(),
                    parts.stream().map(Output::slot).toList(),
                    strings,
                    scope);
            if (changes.isEmpty()) {
                return Optional.empty();
            }
            found.put(each.getKey(), changes.get());
        }
        return Optional.of(new Plan(units, scans, outputs, found, forecast));
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
