package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.relata.engine.kernel.Machine;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Values;

/// One thread's walk over the groups of rows that it is given part by part.
///
/// @param <A> the arrays that values stand in
final class FoldWalk<A> {
    /// A group of which other parts have rows too.
    record Piece<A>(int group, GroupFold<A> fold) {}

    private final Groups groups;
    private final Values target;
    private final Supplier<GroupFold<A>> folds;
    /// For groups that lie within a part.
    private final GroupFold<A> inside;

    private List<Piece<A>> open = new ArrayList<>();
    private GroupFold<A> fold;
    private int group;
    private int from;
    private int to;
    private int[] starts = {};
    private int[] places = {};

    FoldWalk(Groups groups, Values target, Supplier<GroupFold<A>> folds) {
        this.groups = groups;
        this.target = target;
        this.folds = folds;
        this.inside = folds.get();
        this.fold = inside;
    }

    /// Begins a part.
    void begin(int first, int end) {
        from = first;
        to = end;
        open = new ArrayList<>();
        group = groupOf(first);
        fold = next();
    }

    /// Takes a block of the part's rows, which a machine has just computed.
    void add(Machine<A> machine, int at, int count) {
        int row = at;
        while (row < at + count) {
            if (fold == inside && row == groups.starts().get(group)) {
                row = addAll(machine, at, count);
            }
            if (row < at + count) {
                int end = Math.min(groups.starts().get(group + 1L), at + count);
                fold.add(machine, row - at, end - row);
                row = end;
                if (row == groups.starts().get(group + 1L) || row == to) {
                    end();
                    moveTo(group + 1, row);
                }
            }
        }
    }

    /// Takes all groups at once that begin with the present one and end within the block.
    ///
    /// @return the row after them
    private int addAll(Machine<A> machine, int at, int count) {
        int known = Math.min(count, groups.count() - group);
        if (starts.length <= count) {
            starts = new int[count + 1];
            places = new int[count];
        }
        groups.starts().copy(group, starts, known + 1);
        int ended = 0;
        while (ended < known && starts[ended + 1] <= at + count) {
            ended++;
        }
        int row = starts[ended];
        if (ended > 0) {
            for (int each = 0; each < ended; each++) {
                starts[each] -= at;
                places[each] = groups.places().at(group + each);
            }
            starts[ended] -= at;
            fold.all(machine, starts, ended, places, target);
            moveTo(group + ended, row);
        }
        return row;
    }

    /// Begins a group, if it is one of the part.
    private void moveTo(int next, int row) {
        if (row < to) {
            group = next;
            fold = next();
        }
    }

    /// Groups of the part that go beyond it; the others are stored.
    List<Piece<A>> open() {
        return open;
    }

    private GroupFold<A> next() {
        boolean within = groups.starts().get(group) >= from && groups.starts().get(group + 1L) <= to;
        GroupFold<A> next = within ? inside : folds.get();
        next.clear();
        return next;
    }

    private void end() {
        if (fold == inside) {
            fold.store(target, groups.places().at(group));
        } else {
            open.add(new Piece<>(group, fold));
        }
    }

    /// The group that a row belongs to.
    private int groupOf(int row) {
        int low = 0;
        int high = groups.count() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (groups.starts().get(middle) <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Puts together groups of which several parts have rows.
    ///
    /// @param parts what each part left open, in order
    static <A> void merge(List<List<Piece<A>>> parts, Groups groups, Values target) {
        List<Piece<A>> inOrder = parts.stream().flatMap(List::stream).toList();
        for (int index = 0; index < inOrder.size(); index++) {
            Piece<A> first = inOrder.get(index);
            while (index + 1 < inOrder.size() && inOrder.get(index + 1).group == first.group) {
                first.fold.merge(inOrder.get(++index).fold);
            }
            first.fold.store(target, groups.places().at(first.group));
        }
    }
}
