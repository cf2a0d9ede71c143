package org.relata.features.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.Table;

/// The rows below the rows of a table: its children, or their children.
///
/// @param table the table they are in
/// @param words what they are called: `orders`, `order_lines through orders`
/// @param sql a relation of them with their columns and `__up`, the row number above
record Descent(Table table, String words, String sql) {
    /// Two links down only where it reads no more rows than this.
    private static final long FAR = 50_000_000;

    /// What dates them.
    Optional<String> time() {
        return table.timeColumn();
    }

    /// All descents from a table, children first.
    static List<Descent> of(LeakContext context, Table top) {
        List<Descent> near = new ArrayList<>();
        List<Descent> far = new ArrayList<>();
        for (Table child : context.tablesWithRows()) {
            for (int i : linksTo(child, top)) {
                String up = Database.foreignKeyColumn(i);
                near.add(new Descent(
                        child,
                        child.name(),
                        "(SELECT c.*, c." + up + " AS __up FROM " + LeakContext.relation(child) + " c WHERE c." + up
                                + " IS NOT NULL)"));
                for (Table grandchild : context.tablesWithRows()) {
                    if (context.rows(grandchild.name()) > FAR
                            || grandchild.name().equals(top.name())) {
                        continue;
                    }
                    for (int j : linksTo(grandchild, child)) {
                        far.add(new Descent(
                                grandchild,
                                grandchild.name() + " through " + child.name(),
                                "(SELECT g.*, c." + up + " AS __up FROM " + LeakContext.relation(grandchild)
                                        + " g JOIN "
                                        + LeakContext.relation(child) + " c ON c." + Database.ROW + " = g."
                                        + Database.foreignKeyColumn(j) + " WHERE c." + up + " IS NOT NULL)"));
                    }
                }
            }
        }
        near.addAll(far);
        return near;
    }

    private static List<Integer> linksTo(Table from, Table to) {
        List<Integer> links = new ArrayList<>();
        for (int i = 0; i < from.foreignKeys().size(); i++) {
            if (from.foreignKeys().get(i).targetTable().equals(to.name())) {
                links.add(i);
            }
        }
        return links;
    }
}
