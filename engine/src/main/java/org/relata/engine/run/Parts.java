package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.relata.engine.kernel.Machine;
import org.relata.engine.keys.Groups;
import org.relata.engine.memory.Values;

/// One thread's walk over parts of the rows of all groups.
///
/// @param <A> the arrays that values stand in
final class Parts<A> {
    private final Machine<A> machine;
    private final Groups groups;
    private final int block;
    private final Values target;
    private final Supplier<GroupFold<A>> folds;
    /// For groups that lie within a part.
    private final GroupFold<A> inside;

    Parts(Machine<A> machine, Groups groups, int block, Values target, Supplier<GroupFold<A>> folds) {
        this.machine = machine;
        this.groups = groups;
        this.block = block;
        this.target = target;
        this.folds = folds;
        this.inside = folds.get();
    }

    /// Folds some rows. Groups that lie within them are stored; those that go beyond are returned.
    List<RegionRunner.Piece<A>> part(int from, int to) {
        List<RegionRunner.Piece<A>> open = new ArrayList<>();
        int group = groupOf(from);
        GroupFold<A> fold = begin(group, from, to);
        for (int at = from; at < to; at += block) {
            int count = Math.min(block, to - at);
            machine.run(at, count);
            int row = at;
            while (row < at + count) {
                int end = Math.min(groups.starts().get(group + 1L), at + count);
                fold.add(machine, row - at, end - row);
                row = end;
                if (row == groups.starts().get(group + 1L) || row == to) {
                    end(group, fold, open);
                    if (row < to) {
                        fold = begin(++group, from, to);
                    }
                }
            }
        }
        return open;
    }

    private GroupFold<A> begin(int group, int from, int to) {
        boolean within = groups.starts().get(group) >= from && groups.starts().get(group + 1L) <= to;
        GroupFold<A> fold = within ? inside : folds.get();
        fold.clear();
        return fold;
    }

    private void end(int group, GroupFold<A> fold, List<RegionRunner.Piece<A>> open) {
        if (fold == inside) {
            fold.store(target, group);
        } else {
            open.add(new RegionRunner.Piece<>(group, fold));
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
}
