package org.relata.synth.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.relata.database.RelataException;
import org.relata.synth.schema.FlowOrder;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;

/// What has to stay on the heap while a database is drawn: the values of tables whose children are still to come.
///
/// A row may refer to any row of its parent, so a parent is read all over the place. Tables that no other refers to are
/// never kept, whatever their length.
final class KeptValues {
    private static final long MEGABYTE = 1L << 20;
    /// What the heap may be filled with; the rest is for rows on their way.
    private static final double SHARE = 0.75;

    private KeptValues() {}

    /// How many rows children wait for, at most.
    ///
    /// @param bytes how much has to be kept when it is most
    /// @param table the table that is drawn then
    record Peak(long bytes, TablePlan table) {}

    /// Works out when most is kept.
    static Peak peak(SchemaPlan plan) {
        Map<String, Integer> readers = readers(plan);
        Map<String, Long> kept = new HashMap<>();
        long bytes = 0;
        Peak peak = new Peak(0, plan.tables().getFirst());
        for (TablePlan table : FlowOrder.of(plan)) {
            if (readers.getOrDefault(table.name(), 0) > 0) {
                long own = (long) Float.BYTES
                        * table.columns().size()
                        * table.rows().orElseThrow();
                kept.put(table.name(), own);
                bytes += own;
            }
            if (bytes > peak.bytes) {
                peak = new Peak(bytes, table);
            }
            for (String parent : parents(table)) {
                if (readers.merge(parent, -1, Integer::sum) == 0) {
                    bytes -= kept.getOrDefault(parent, 0L);
                }
            }
        }
        return peak;
    }

    /// How many tables read each.
    static Map<String, Integer> readers(SchemaPlan plan) {
        Map<String, Integer> readers = new HashMap<>();
        plan.tables().forEach(table -> parents(table).forEach(parent -> readers.merge(parent, 1, Integer::sum)));
        return readers;
    }

    /// The other tables that a table refers to.
    static List<String> parents(TablePlan table) {
        return table.foreignKeys().stream()
                .map(LinkPlan::parent)
                .distinct()
                .filter(parent -> !parent.equals(table.name()))
                .toList();
    }

    /// Refuses what the heap cannot hold.
    ///
    /// @param heap what it may grow to, in bytes
    /// @throws RelataException `synth.memory`, with both figures
    static void check(SchemaPlan plan, long heap) {
        Peak peak = peak(plan);
        if (peak.bytes > SHARE * heap) {
            throw RelataException.usage(
                    "synth.memory",
                    "table " + peak.table.name(),
                    String.format(
                            Locale.ROOT,
                            "when it is drawn, the values of tables that others refer to take %,d MB, and the heap may"
                                    + " grow to %,d MB",
                            peak.bytes / MEGABYTE,
                            heap / MEGABYTE),
                    "give more --memory, or fewer rows to tables that others refer to");
        }
    }
}
