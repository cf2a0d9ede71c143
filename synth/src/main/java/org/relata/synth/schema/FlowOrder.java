package org.relata.synth.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The order in which values flow from table to table: parents before children, as far as circles allow.
///
/// A foreign key that closes a circle leads to a table that comes later in the order, or to the table itself. It is
/// drawn like any other, for that only needs the number of rows, but values do not flow along it.
public final class FlowOrder {
    private FlowOrder() {}

    /// The tables, parents first; where a circle has to be cut, at the table that comes first in the plan.
    public static List<TablePlan> of(SchemaPlan plan) {
        Map<String, TablePlan> byName = new HashMap<>();
        plan.tables().forEach(t -> byName.put(t.name(), t));
        Map<String, Boolean> placed = new HashMap<>();
        List<TablePlan> order = new ArrayList<>();
        for (TablePlan start : plan.tables()) {
            visit(start, byName, placed, order);
        }
        return order;
    }

    /// Goes up the foreign keys in depth, without recursion: a chain may have thousands of tables.
    private static void visit(
            TablePlan start, Map<String, TablePlan> byName, Map<String, Boolean> placed, List<TablePlan> order) {
        if (placed.containsKey(start.name())) {
            return;
        }
        Deque<TablePlan> path = new ArrayDeque<>();
        Deque<Iterator<LinkPlan>> open = new ArrayDeque<>();
        path.push(start);
        open.push(start.foreignKeys().iterator());
        placed.put(start.name(), false);
        while (!path.isEmpty()) {
            if (open.element().hasNext()) {
                TablePlan parent = byName.get(open.element().next().parent());
                if (parent != null && !placed.containsKey(parent.name())) {
                    placed.put(parent.name(), false);
                    path.push(parent);
                    open.push(parent.foreignKeys().iterator());
                }
            } else {
                open.pop();
                TablePlan done = path.pop();
                placed.put(done.name(), true);
                order.add(done);
            }
        }
    }
}
