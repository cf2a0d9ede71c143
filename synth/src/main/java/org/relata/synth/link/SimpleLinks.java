package org.relata.synth.link;

import org.relata.synth.random.Key;
import org.relata.synth.random.Shuffle;

/// Links without blocks, and what is done to links afterwards.
public final class SimpleLinks {
    private static final int TRIES = 8;

    private SimpleLinks() {}

    /// No row has a parent, because there is none.
    public static Links none() {
        return _ -> Links.NONE;
    }

    /// Every parent as likely as it is popular.
    public static Links random(Key key, long parents, Popularity popularity) {
        Key pick = key.child("pick");
        return row -> popularity.pick(0, parents, pick.bits(row));
    }

    /// A forest within one table: the parent of a row is one of the rows before it; some rows are roots, the first always.
    public static Links tree(Key key, double roots) {
        Key root = key.child("root");
        Key pick = key.child("pick");
        return row -> row == 0 || root.uniform(row) < roots ? Links.NONE : pick.below(row, row);
    }

    /// The same links, but exactly this share of the rows has no parent.
    public static Links withNulls(Links links, Key key, long rows, double share) {
        long nulls = (long) (share * rows);
        if (nulls == 0) {
            return links;
        }
        Shuffle shuffle = new Shuffle(key.child("nulls"), rows);
        return row -> shuffle.place(row) < nulls ? Links.NONE : links.parent(row);
    }

    /// Links between two dated tables that never lead to a parent dated later than the row.
    ///
    /// The wanted parent is drawn again a few times, as if from the model without the later parents; if all are too late,
    /// one that is not is taken at random.
    ///
    /// @param model the wanted parent of a row, at each try
    /// @param known how many parents are dated no later than a row
    public static Links noLaterThan(java.util.List<Links> model, Key key, java.util.function.LongUnaryOperator known) {
        Key last = key.child("known");
        return row -> {
            long bound = known.applyAsLong(row);
            if (bound == 0) {
                return Links.NONE;
            }
            for (Links links : model) {
                long parent = links.parent(row);
                if (parent < bound) {
                    return parent;
                }
            }
            return last.below(row, bound);
        };
    }

    /// How many tries [#noLaterThan] is usually given.
    public static int tries() {
        return TRIES;
    }
}
