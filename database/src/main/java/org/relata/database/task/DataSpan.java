package org.relata.database.task;

import java.time.LocalDateTime;
import java.util.Optional;
import org.relata.database.Database;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.database.Table;

/// The earliest and the latest time in the tables that have a time column.
record DataSpan(LocalDateTime first, LocalDateTime last) {
    /// The span of a database.
    ///
    /// @param upTo count only rows dated at most then; empty counts all
    /// @throws RelataException `task.time` when no row has a time
    static DataSpan of(Database database, Optional<LocalDateTime> upTo) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Table table : database.schema().tables()) {
            if (table.timeColumn().isEmpty()) {
                continue;
            }
            String time = Sql.id(table.timeColumn().get());
            String where =
                    upTo.map(t -> " WHERE " + time + " <= " + Sql.timestamp(t)).orElse("");
            long[] span = database.store()
                    .query(
                            "SELECT min(epoch_us(" + time + ")), max(epoch_us(" + time + ")), count(" + time + ") FROM "
                                    + Sql.id(table.name()) + where,
                            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                    .getFirst();
            if (span[2] > 0) {
                first = Math.min(first, span[0]);
                last = Math.max(last, span[1]);
            }
        }
        if (first > last) {
            throw RelataException.usage(
                    "task.time",
                    "database " + database.schema().name(),
                    upTo.isPresent()
                            ? "no table has a row dated at most test_timestamp " + SeedTimes.show(upTo.get())
                            : "no table has a time column with values",
                    "set time_col of the event tables in database.yaml");
        }
        return new DataSpan(TaskRows.time(first), TaskRows.time(last));
    }

    /// The span as messages show it.
    String show() {
        return SeedTimes.show(first) + " to " + SeedTimes.show(last);
    }
}
