package org.relata.synth.like;

import java.util.List;
import java.util.TreeMap;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Sql;

/// How many rows refer to the parents of one link.
///
/// @param parents the rows of the parent table
/// @param counts for each number of children but zero, how many parents have so many
record Degrees(long parents, TreeMap<Long, Long> counts) {
    /// Counts inside the store; what comes out has a row for each different number of children.
    static Degrees of(Duck store, String table, int link, long parents) {
        String key = Sql.id(Database.foreignKeyColumn(link));
        TreeMap<Long, Long> counts = new TreeMap<>();
        List<long[]> found = store.query(
                "SELECT children, count(*) FROM (SELECT count(*) AS children FROM " + Sql.id(table) + " WHERE " + key
                        + " IS NOT NULL GROUP BY " + key + ") GROUP BY children",
                row -> new long[] {row.getLong(1), row.getLong(2)});
        found.forEach(each -> counts.put(each[0], each[1]));
        return new Degrees(parents, counts);
    }

    /// The rows that have a parent.
    long links() {
        return counts.entrySet().stream()
                .mapToLong(each -> each.getKey() * each.getValue())
                .sum();
    }

    /// The parents without a child.
    long childless() {
        return parents - counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The mean of the logarithm of a parent's children, over the links: large when few parents have most.
    double concentration() {
        double sum = 0;
        for (var each : counts.entrySet()) {
            sum += each.getValue() * (double) each.getKey() * Math.log(each.getKey());
        }
        return sum / links();
    }
}
