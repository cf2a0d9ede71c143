package org.relata.engine.keys;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.key.KeyMatch;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.engine.memory.Ints;
import org.relata.engine.memory.Longs;
import org.relata.engine.memory.Memory;

/// Which pairs of rows a join combines.
///
/// Pairs stand in the order of the left rows, or of the right ones where each of them has at most one partner: then a
/// whole relation is often read in its own order, without a list.
///
/// @param left the left row of each pair
/// @param right the right row of each pair
/// @param pairs how many there are
public record Matched(RowMap left, RowMap right, int pairs) {
    /// Up to so many rows it does not pay to count first.
    private static final int FEW = 1 << 16;

    /// Finds the pairs.
    public static Matched of(KeyMatch on, KeySet left, KeySet right, Strings strings, Memory.Scope scope) {
        PredicateCode residual = PredicateCode.of(on.residual(), left, right, strings);
        boolean all = on.residual().isTrue();
        if (on.equalities().isEmpty() && all && (left.rows() == 1 || right.rows() == 1)) {
            return left.rows() == 1
                    ? new Matched(single(right.rows()), new RowMap.Identity(), right.rows())
                    : new Matched(new RowMap.Identity(), single(left.rows()), left.rows());
        }
        if (all && sameKeys(on, left, right)) {
            return new Matched(new RowMap.Identity(), new RowMap.Identity(), left.rows());
        }
        for (KeyMatch.Equality equality : on.equalities()) {
            Optional<Matched> dense = dense(on, equality, left, right, strings, scope);
            if (dense.isPresent()) {
                return dense.get();
            }
        }
        List<Column> lefts = new ArrayList<>();
        List<Column> rights = new ArrayList<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            lefts.add(column(equality.left(), left, new RowMap.Identity(), new RowMap.Single(), left, right, strings));
            rights.add(
                    column(equality.right(), right, new RowMap.Single(), new RowMap.Identity(), left, right, strings));
        }
        try (Memory.Scope passing = scope.fresh()) {
            Packing packed = Packing.of(lefts, left.rows(), rights, right.rows(), passing);
            Buckets byRight = Buckets.of(packed.right(), right.rows(), packed.range(), passing);
            if (!byRight.unique()) {
                Buckets byLeft = Buckets.of(packed.left(), left.rows(), packed.range(), passing);
                if (byLeft.unique()) {
                    Lists lists = lists(packed.right(), right.rows(), byLeft, turned(residual), scope);
                    return lists.turned().matched(left.rows(), right.rows(), scope);
                }
            }
            Lists lists = lists(packed.left(), left.rows(), byRight, residual, scope);
            return lists.matched(left.rows(), right.rows(), scope);
        }
    }

    /// @param one rows of one side, in order
    /// @param many their partners
    /// @param ofOne owns the rows of the one side
    private record Lists(Ints one, Ints many, int size, Memory.Scope ofOne, Memory.Scope ofMany) {
        static Lists of(long size, Memory.Scope scope) {
            Memory.Scope ofOne = scope.apart();
            Memory.Scope ofMany = scope.apart();
            return new Lists(Ints.unset(ofOne, size), Ints.unset(ofMany, size), (int) size, ofOne, ofMany);
        }

        Lists first(int count) {
            return new Lists(one, many, count, ofOne, ofMany);
        }

        Lists turned() {
            return new Lists(many, one, size, ofMany, ofOne);
        }

        Matched matched(int ones, int others, Memory.Scope scope) {
            return new Matched(
                    RowMap.of(one, size, ones, ofOne, scope), RowMap.of(many, size, others, ofMany, scope), size);
        }
    }

    private static RowMap single(int rows) {
        return rows == 1 ? new RowMap.Identity() : new RowMap.Single();
    }

    /// Pairs that are found by counting: by one of the attributes, a side has each key of a range once, in order.
    private static Optional<Matched> dense(
            KeyMatch on, KeyMatch.Equality equality, KeySet left, KeySet right, Strings strings, Memory.Scope scope) {
        int one = index(left, equality.left());
        int other = index(right, equality.right());
        if (one < 0 || other < 0) {
            return Optional.empty();
        }
        Column leftColumn = left.columns().get(one);
        Column rightColumn = right.columns().get(other);
        PredicateCode rest = rest(on, equality, left, right, strings);
        if (rightColumn instanceof Column.Dense range && range.stride() == 1 && range.count() == right.rows()) {
            if (rest == PredicateCode.ALWAYS && isInside(leftColumn, left.rows(), range)) {
                RowMap map = whole(leftColumn, left.rows(), range, scope);
                return Optional.of(new Matched(new RowMap.Identity(), map, left.rows()));
            }
            Lists lists = counted(leftColumn, left.rows(), range, rest, scope);
            return Optional.of(lists.matched(left.rows(), right.rows(), scope));
        }
        if (leftColumn instanceof Column.Dense range && range.stride() == 1 && range.count() == left.rows()) {
            if (rest == PredicateCode.ALWAYS && isInside(rightColumn, right.rows(), range)) {
                RowMap map = whole(rightColumn, right.rows(), range, scope);
                return Optional.of(new Matched(map, new RowMap.Identity(), right.rows()));
            }
            PredicateCode turned = turned(rest);
            Lists lists = counted(rightColumn, right.rows(), range, turned, scope);
            return Optional.of(lists.turned().matched(left.rows(), right.rows(), scope));
        }
        return Optional.empty();
    }

    /// The same of the right relation and the left one.
    private static PredicateCode turned(PredicateCode code) {
        return code == PredicateCode.ALWAYS ? code : (right, left) -> code.holds(left, right);
    }

    /// What else must hold.
    private static PredicateCode rest(
            KeyMatch on, KeyMatch.Equality apart, KeySet left, KeySet right, Strings strings) {
        PredicateCode rest = PredicateCode.of(on.residual(), left, right, strings);
        for (KeyMatch.Equality equality : on.equalities()) {
            if (!equality.equals(apart)) {
                TermCode one = TermCode.of(equality.left(), left, right, strings);
                TermCode other = TermCode.of(equality.right(), left, right, strings);
                PredicateCode before = rest;
                rest = before == PredicateCode.ALWAYS
                        ? (row, partner) -> one.at(row, partner) == other.at(row, partner)
                        : (row, partner) ->
                                one.at(row, partner) == other.at(row, partner) && before.holds(row, partner);
            }
        }
        return rest;
    }

    /// Whether each row has a key within a range, and so a partner.
    private static boolean isInside(Column column, int rows, Column.Dense range) {
        if (column instanceof Column.Dense(long from, long count, long stride)) {
            long most = from + Math.min(count, Math.ceilDiv(rows, stride)) - 1;
            return rows == 0 || from >= range.from() && most < range.from() + range.count();
        }
        long[] block = new long[Column.BLOCK];
        for (int from = 0; from < rows; from += Column.BLOCK) {
            int count = Math.min(Column.BLOCK, rows - from);
            column.read(from, count, block);
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int i = 0; i < count; i++) {
                least = Math.min(least, block[i]);
                most = Math.max(most, block[i]);
            }
            if (least < range.from() || most >= range.from() + range.count()) {
                return false;
            }
        }
        return true;
    }

    /// The partner of each row, where all have one.
    private static RowMap whole(Column column, int rows, Column.Dense range, Memory.Scope scope) {
        Memory.Scope apart = scope.apart();
        Ints partners = Ints.unset(apart, rows);
        long[] block = new long[Column.BLOCK];
        for (int from = 0; from < rows; from += Column.BLOCK) {
            int count = Math.min(Column.BLOCK, rows - from);
            column.read(from, count, block);
            for (int i = 0; i < count; i++) {
                partners.set(from + i, (int) (block[i] - range.from()));
            }
        }
        return RowMap.of(partners, rows, (int) range.count(), apart, scope);
    }

    private static Lists counted(Column column, int rows, Column.Dense range, PredicateCode rest, Memory.Scope scope) {
        Lists lists = Lists.of(rows <= FEW ? rows : inside(column, rows, range), scope);
        boolean all = rest == PredicateCode.ALWAYS;
        long[] block = new long[Column.BLOCK];
        int size = 0;
        for (int from = 0; from < rows; from += Column.BLOCK) {
            int count = Math.min(Column.BLOCK, rows - from);
            column.read(from, count, block);
            for (int i = 0; i < count; i++) {
                long at = block[i] - range.from();
                if (at >= 0 && at < range.count() && (all || rest.holds(from + i, (int) at))) {
                    lists.one.set(size, from + i);
                    lists.many.set(size++, (int) at);
                }
            }
        }
        return lists.first(size);
    }

    /// How many rows have a key within a range.
    private static int inside(Column column, int rows, Column.Dense range) {
        long[] block = new long[Column.BLOCK];
        int inside = 0;
        for (int from = 0; from < rows; from += Column.BLOCK) {
            int count = Math.min(Column.BLOCK, rows - from);
            column.read(from, count, block);
            for (int i = 0; i < count; i++) {
                long at = block[i] - range.from();
                inside += at >= 0 && at < range.count() ? 1 : 0;
            }
        }
        return inside;
    }

    /// Whether rows pair off in order, each with the one in its place: they agree in all that is compared, which is the
    /// whole key of one side.
    private static boolean sameKeys(KeyMatch on, KeySet left, KeySet right) {
        if (left.rows() != right.rows()) {
            return false;
        }
        Set<Integer> lefts = new HashSet<>();
        Set<Integer> rights = new HashSet<>();
        for (KeyMatch.Equality equality : on.equalities()) {
            int one = index(left, equality.left());
            int other = index(right, equality.right());
            if (one < 0
                    || other < 0
                    || !left.columns().get(one).equals(right.columns().get(other))) {
                return false;
            }
            lefts.add(one);
            rights.add(other);
        }
        return lefts.size() == left.columns().size()
                || rights.size() == right.columns().size();
    }

    private static int index(KeySet keys, KeyTerm term) {
        for (int index = 0; index < keys.attributes().size(); index++) {
            if (term instanceof KeyTerm.Reference reference
                    && keys.attributes().get(index).name().equals(reference.name())) {
                return index;
            }
        }
        return -1;
    }

    private static Column column(
            KeyTerm term, KeySet side, RowMap leftMap, RowMap rightMap, KeySet left, KeySet right, Strings strings) {
        return term instanceof KeyTerm.Reference reference
                ? side.column(reference.name())
                : new Column.Computed(TermCode.of(term, left, right, strings), leftMap, rightMap);
    }

    /// For each row of one side, its partners among the buckets of the other.
    private static Lists lists(Longs keys, int rows, Buckets buckets, PredicateCode residual, Memory.Scope scope) {
        boolean all = residual == PredicateCode.ALWAYS;
        long size = 0;
        for (int row = 0; row < rows; row++) {
            int bucket = buckets.ids().of(keys.get(row));
            if (bucket >= 0) {
                if (all) {
                    size += buckets.to(bucket) - buckets.from(bucket);
                    continue;
                }
                for (int at = buckets.from(bucket); at < buckets.to(bucket); at++) {
                    size += residual.holds(row, buckets.rows().get(at)) ? 1 : 0;
                }
            }
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new AlgebraException(
                    "join.size",
                    "join",
                    size + " pairs of tuples match, the engine holds " + (Integer.MAX_VALUE - 8),
                    "aggregate before joining, or restrict the join");
        }
        Lists lists = Lists.of(size, scope);
        int to = 0;
        for (int row = 0; row < rows; row++) {
            int bucket = buckets.ids().of(keys.get(row));
            if (bucket >= 0) {
                for (int at = buckets.from(bucket); at < buckets.to(bucket); at++) {
                    int partner = buckets.rows().get(at);
                    if (all || residual.holds(row, partner)) {
                        lists.one.set(to, row);
                        lists.many.set(to++, partner);
                    }
                }
            }
        }
        return lists;
    }

    /// The rows of one relation that satisfy a condition.
    public static Matched filtered(KeyPredicate where, KeySet keys, Strings strings, Memory.Scope scope) {
        if (where.isTrue()) {
            return new Matched(new RowMap.Identity(), new RowMap.Identity(), keys.rows());
        }
        PredicateCode code = PredicateCode.of(where, keys, new KeySet(List.of(), List.of(), 1), strings);
        Memory.Scope apart = scope.apart();
        Ints kept = Ints.unset(apart, keys.rows());
        int size = 0;
        for (int row = 0; row < keys.rows(); row++) {
            if (code.holds(row, 0)) {
                kept.set(size++, row);
            }
        }
        RowMap map = RowMap.of(kept, size, keys.rows(), apart, scope);
        return new Matched(map, map, size);
    }
}
