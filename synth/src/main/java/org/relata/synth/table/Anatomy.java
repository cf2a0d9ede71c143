package org.relata.synth.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relata.synth.link.Links;
import org.relata.synth.schema.LinkPlan;

/// How a table came about, to be shown.
///
/// @param causes what causes what in it
/// @param wirings the links of its foreign keys, in order
public record Anatomy(CausalGraph causes, List<Wiring> wirings) {
    /// The links of a foreign key.
    ///
    /// @param plan the key
    /// @param links the parent of each row
    /// @param parents the rows of the parent table
    /// @param children the rows of the table itself
    public record Wiring(LinkPlan plan, Links links, long parents, long children) {}

    /// Copies the list.
    public Anatomy {
        wirings = List.copyOf(wirings);
    }

    static Anatomy of(SyntheticTable table, List<String> hears, Map<String, Long> rows) {
        List<Wiring> wirings = new ArrayList<>();
        for (int i = 0; i < table.links().size(); i++) {
            LinkPlan plan = table.plan().foreignKeys().get(i);
            wirings.add(new Wiring(plan, table.links().get(i), rows.getOrDefault(plan.parent(), 0L), table.rows()));
        }
        return new Anatomy(CausalGraph.of(table.plan(), table.scm(), hears), wirings);
    }
}
