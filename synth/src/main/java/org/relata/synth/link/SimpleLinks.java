package org.relata.synth.link;

import java.util.function.LongUnaryOperator;
import org.relata.synth.random.Key;
import org.relata.synth.random.Shuffle;

/// Links without blocks, and what is done to links afterwards.
public final class SimpleLinks {
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

    /// A forest within one table: the parent of a row is one of the rows before it; some rows are roots, the first
    /// always.
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
    /// A row whose wanted parent is too late, or too long ago, gets one that is not, each as likely as it is popular;
    /// the
    /// first rows may have none. Without a window early parents would be referred to far more than late ones.
    ///
    /// @param wanted the parents as if time did not matter
    /// @param known how many parents are dated no later than a row
    /// @param window how many parents before a row may be its parent; more where none of these is ever referred to
    public static Links noLaterThan(
            Links wanted, Key key, LongUnaryOperator known, Popularity popularity, long window) {
        Key other = key.child("known");
        return row -> {
            long parent = wanted.parent(row);
            long bound = known.applyAsLong(row);
            if (parent < bound && (parent >= bound - window || parent == Links.NONE)) {
                return parent;
            }
            if (bound == 0) {
                return Links.NONE;
            }
            long from = Math.max(0, bound - window);
            while (from > 0 && popularity.total(from, bound) == 0) {
                from = Math.max(0, bound - 2 * (bound - from));
            }
            return popularity.total(from, bound) > 0
                    ? popularity.pick(from, bound, other.bits(row))
                    : other.below(row, bound);
        };
    }
}
