package org.relata.engine.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.engine.keys.Groups;

/// How the rows of a region are cut into parts, of which threads take one after the other. It depends on the region
/// alone.
///
/// A part that ends within a group leaves a sum of its own for it. Where sums are so wide that few could be left, parts
/// end where groups do.
final class Parts {
    /// Rows below which sharing out work costs more than it saves.
    static final int ROWS = 4096;

    /// So that threads end at about the same time. There are no more where each part has sums of its own for all
    /// groups.
    private static final int LEAST = 16;

    /// Each part of a sum over all rows holds a sum of its own.
    private static final int MOST = 64;

    /// Numbers that all such sums may hold together.
    private static final int NUMBERS = 1 << 22;

    private final int[] starts;
    private final int[] order;

    private Parts(int[] starts) {
        this.starts = starts;
        this.order = IntStream.range(0, count())
                .boxed()
                .sorted(Comparator.comparing((Integer part) -> first(part) - end(part)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Cuts.
    ///
    /// @param block rows that are done at a time
    static Parts of(Region region, int block) {
        int most = Math.min(ROWS, Math.ceilDiv(region.rows(), LEAST));
        int part = Math.max(block, most / block * block);
        List<Region.Sink> folds = region.sinks().stream()
                .filter(sink -> sink.grouped().isPresent())
                .toList();
        Optional<Region.Sink> wide = folds.stream()
                .filter(fold -> parts(fold) < Math.min(LEAST, groups(fold).count()))
                .max(Comparator.comparingInt(fold -> fold.target().width()));
        if (wide.isPresent()) {
            return alongGroups(groups(wide.get()), part);
        }
        for (Region.Sink fold : folds) {
            part = Math.max(part, Math.ceilDiv(region.rows(), parts(fold)));
        }
        if (region.sinks().stream().anyMatch(Region.Sink.Scatter.class::isInstance)) {
            part = Math.max(part, Math.ceilDiv(region.rows(), LEAST));
        }
        int[] starts = new int[Math.ceilDiv(region.rows(), part) + 1];
        for (int number = 0; number < starts.length; number++) {
            starts[number] = (int) Math.min(region.rows(), (long) number * part);
        }
        return new Parts(starts);
    }

    /// How many parts may leave a sum.
    private static int parts(Region.Sink fold) {
        int parts = Math.max(1, NUMBERS / fold.target().width());
        return groups(fold).count() == 1 ? Math.min(MOST, parts) : parts;
    }

    private static Groups groups(Region.Sink fold) {
        return fold.grouped().orElseThrow();
    }

    private static Parts alongGroups(Groups groups, int part) {
        int[] starts = new int[groups.count() + 1];
        int count = 0;
        for (int group = 1; group <= groups.count(); group++) {
            int end = groups.starts().get(group);
            if (end - starts[count] >= part || group == groups.count()) {
                starts[++count] = end;
            }
        }
        return new Parts(Arrays.copyOf(starts, count + 1));
    }

    int count() {
        return starts.length - 1;
    }

    /// The part that is done as the `turn`th: large ones first, so that threads end at about the same time.
    int number(int turn) {
        return order[turn];
    }

    /// The first row of a part.
    int first(int part) {
        return starts[part];
    }

    /// The row after its last.
    int end(int part) {
        return starts[part + 1];
    }
}
