package org.relata.database.source;

import java.util.Optional;
import org.relata.database.Inference;
import org.relata.database.RelataException;
import org.relata.database.infer.Attribute;
import org.relata.database.infer.ColumnStatistics;

/// Checks that a declared time column holds times, and makes times of numbers that count from 1970.
final class TimeColumns {
    /// Fewer than this is a year or a sequence, not seconds since 1970.
    private static final double LEAST_EPOCH = 1e7;

    private TimeColumns() {}

    static String require(LoadContext context, TableDraft draft, String column) {
        draft.requireColumn(column, "time_col");
        Attribute attribute = draft.relation().require(column);
        if (attribute.isTime()) {
            return column;
        }
        ColumnStatistics figures = draft.figures().get(column);
        if (attribute.isInteger() && figures != null && figures.smallest() >= LEAST_EPOCH) {
            double largest = figures.largest();
            String unit = largest < 1e11 ? "seconds" : largest < 1e14 ? "milliseconds" : "microseconds";
            double perSecond = largest < 1e11 ? 1 : largest < 1e14 ? 1e3 : 1e6;
            draft.replace(new Attribute(
                    column,
                    "make_timestamp(CAST(" + attribute.sql() + " AS BIGINT) * " + (long) (1e6 / perSecond) + ")",
                    "TIMESTAMP"));
            context.inferences()
                    .add(new Inference(
                            draft.name(),
                            Optional.of(column),
                            unit + " since 1970",
                            "its numbers go up to " + (long) largest,
                            0.9));
            return column;
        }
        throw RelataException.usage(
                "time.type",
                "table " + draft.name() + ", column " + column,
                "the time column holds values of type " + attribute.type() + ", not dates",
                "name another time_col, or make a date of it with `sql`");
    }
}
