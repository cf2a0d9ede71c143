package org.relata.synth.schema;

import java.util.OptionalDouble;

/// A foreign key to be drawn, to another table or to the table itself.
///
/// @param column the column that holds it
/// @param parent the table it refers to
/// @param nullable whether a row may have no parent
/// @param nullShare the share of rows without a parent; absent when it is drawn. Only a nullable key has one
/// @param childless the share of parents that no row refers to, beyond what chance leaves out; absent when it is drawn
/// @param skew how unevenly the others are referred to: the exponent of the Pareto law of their popularity, small is
///     uneven (2.5 is mild, 1 is heavy); absent when it is drawn
/// @param lag between two dated tables, how many parents are dated between the parent of a row and the row, on average
/// and as
///     a share of all parents; absent when any earlier parent will do
public record LinkPlan(
        String column,
        String parent,
        boolean nullable,
        OptionalDouble nullShare,
        OptionalDouble childless,
        OptionalDouble skew,
        OptionalDouble lag) {
    /// Refuses a null share for a key that is not nullable, shares that are none, and a skew that is no exponent.
    public LinkPlan {
        String place = "foreign key " + column;
        if (column.isBlank() || parent.isBlank()) {
            throw new IllegalArgumentException("a foreign key needs a column and a parent table");
        }
        if (!nullable && nullShare.orElse(0) > 0) {
            throw new IllegalArgumentException(place + " has a null share, but is not nullable");
        }
        Shares.check(place, "null share", nullShare);
        Shares.check(place, "childless share", childless);
        Shares.check(place, "lag", lag);
        if (skew.isPresent() && !(skew.getAsDouble() > 0 && Double.isFinite(skew.getAsDouble()))) {
            throw new IllegalArgumentException(place + ": the skew " + skew.getAsDouble() + " is not positive");
        }
    }

    /// A key of which only the columns and the parent are known.
    public static LinkPlan of(String column, String parent, boolean nullable) {
        return new LinkPlan(
                column,
                parent,
                nullable,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
