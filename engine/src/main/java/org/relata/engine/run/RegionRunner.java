package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.engine.kernel.Fusing;
import org.relata.engine.kernel.Machine;
import org.relata.engine.kernel.Schedule;
import org.relata.engine.kernel.loop.Loops;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Memory;
import org.relata.engine.memory.Values;

/// Runs regions. How rows are cut into parts depends on the region alone, and parts are put together in order: results
/// are the same to the last bit for any number of threads.
///
/// @param <A> the arrays that it computes with
public final class RegionRunner<A> {
    /// Numbers that the registers of a block hold together: about half of what a core keeps near.
    private static final int BLOCK_NUMBERS = 1 << 16;

    private static final int MOST_ROWS = 1024;
    private static final int LEAST_ROWS = 16;
    /// Rows below which sharing out work costs more than it saves.
    private static final int PART_ROWS = 4096;

    /// So that threads end at about the same time.
    private static final int LEAST_PARTS = 16;

    /// Each part of a sum over all rows holds a sum of its own.
    private static final int MOST_PARTS = 64;
    /// Numbers that all such sums may hold together.
    private static final int PART_NUMBERS = 1 << 22;

    /// Numbers that steps of a region fill at which compiling a loop pays.
    private static final long LARGE = 1 << 22;

    private final Lanes<A> lanes;
    private final Pool pool;
    private final Strings strings;
    private final Fusing fusing;

    /// @param lanes of the precision that all values have
    /// @param fusing which regions have their steps fused into loops
    public RegionRunner(Lanes<A> lanes, Pool pool, Strings strings, Fusing fusing) {
        this.fusing = fusing;
        this.lanes = lanes;
        this.pool = pool;
        this.strings = strings;
    }

    /// A region in the form in which it is run.
    ///
    /// @param fitting what is left to compute, and what sums take
    /// @param schedule in what order
    public record Prepared(Region region, Fitting fitting, Schedule schedule) {}

    /// Prepares a region, which may then be run often.
    public Prepared prepare(Region region) {
        Fitting fitting = Fitting.of(region);
        boolean fused = switch (fusing) {
            case NONE -> false;
            case LARGE -> fitting.code().numbers() * region.rows() >= LARGE;
            case ALL -> true;
        };
        return new Prepared(
                region,
                fitting,
                fused && Loops.available()
                        ? Schedule.fused(fitting.code(), fitting.kept(), lanes.precision())
                        : Schedule.of(fitting.code(), fitting.kept()));
    }

    /// Fills a region's targets.
    public void run(Prepared prepared, Settings settings) {
        Region region = prepared.region();
        Fitting fitting = prepared.fitting();
        int rows = region.rows();
        if (rows == 0) {
            return;
        }
        Machine<A> common = Machine.of(fitting.code(), lanes, settings, strings, prepared.schedule());
        int block = Math.clamp(
                BLOCK_NUMBERS / Math.max(1, prepared.schedule().numbers()),
                Math.min(LEAST_ROWS, rows),
                Math.min(MOST_ROWS, rows));
        int part = part(region, block);
        int parts = Math.ceilDiv(rows, part);
        List<List<List<FoldWalk.Piece<A>>>> open = new ArrayList<>();
        for (int number = 0; number < parts; number++) {
            open.add(List.of());
        }
        pool.run(parts, () -> {
            Machine<A> machine = common.forBlocks(block);
            List<Ending> endings = endings(region, fitting, machine);
            return number -> {
                int first = number * part;
                int end = Math.min(rows, first + part);
                endings.forEach(each -> each.begin(first, end));
                for (int from = first; from < end; from += block) {
                    int count = Math.min(block, end - from);
                    machine.run(from, count);
                    for (Ending ending : endings) {
                        ending.add(from, count);
                    }
                }
                open.set(number, endings.stream().map(Ending::open).toList());
            };
        });
        for (int index = 0; index < region.sinks().size(); index++) {
            int sink = index;
            if (region.sinks().get(index) instanceof Region.Sink.Fold fold) {
                FoldWalk.merge(open.stream().map(each -> each.get(sink)).toList(), fold.groups(), fold.target());
            }
        }
    }

    /// Adds rows, each times a factor, to the rows of others that a map lists. No two go to one row.
    public void add(double factor, Values from, RowMap to, Values others) {
        int width = from.width();
        pool.run(Math.ceilDiv(from.rows(), PART_ROWS), () -> {
            int[] rows = new int[Math.min(PART_ROWS, from.rows())];
            return number -> {
                int first = number * PART_ROWS;
                int count = Math.min(PART_ROWS, from.rows() - first);
                for (int row = 0; row < count; row++) {
                    rows[row] = to.at(first + row);
                }
                lanes.addToRows(factor, from.segment(), first, count, rows, width, others.segment());
            };
        });
    }

    /// What the machine reaches with the threads and the precision of this runner.
    public Limits limits(Memory memory) {
        return Limits.measured(lanes, pool, memory);
    }

    private static int part(Region region, int block) {
        int most = Math.min(PART_ROWS, Math.ceilDiv(region.rows(), LEAST_PARTS));
        int part = Math.max(block, most / block * block);
        for (Region.Sink sink : region.sinks()) {
            if (sink instanceof Region.Sink.Fold fold) {
                int parts = Math.max(1, PART_NUMBERS / fold.target().width());
                parts = fold.groups().count() == 1 ? Math.min(MOST_PARTS, parts) : parts;
                part = Math.max(part, Math.ceilDiv(region.rows(), parts));
            }
        }
        return part;
    }

    /// What one thread does with the values of a block.
    private abstract class Ending {
        abstract void begin(int first, int end);

        abstract void add(int from, int count);

        abstract List<FoldWalk.Piece<A>> open();
    }

    private List<Ending> endings(Region region, Fitting fitting, Machine<A> machine) {
        List<Ending> endings = new ArrayList<>();
        for (int index = 0; index < region.sinks().size(); index++) {
            Optional<Summand> summand = fitting.summands().get(index);
            endings.add(
                    switch (region.sinks().get(index)) {
                        case Region.Sink.Store store -> storing(store, machine);
                        case Region.Sink.Fold fold -> folding(fold, summand, machine);
                    });
        }
        return endings;
    }

    private Ending storing(Region.Sink.Store store, Machine<A> machine) {
        Values target = store.target();
        int width = target.width();
        boolean uniform = machine.isUniform(store.register());
        return new Ending() {
            @Override
            void begin(int first, int end) {}

            @Override
            void add(int from, int count) {
                A values = machine.register(store.register());
                if (uniform) {
                    for (int row = from; row < from + count; row++) {
                        lanes.store(values, 0, target.segment(), (long) row * width, width);
                    }
                } else {
                    lanes.store(values, 0, target.segment(), (long) from * width, count * width);
                }
            }

            @Override
            List<FoldWalk.Piece<A>> open() {
                return List.of();
            }
        };
    }

    private Ending folding(Region.Sink.Fold fold, Optional<Summand> summand, Machine<A> machine) {
        int width = fold.target().width();
        FoldWalk<A> walk = new FoldWalk<>(
                fold.groups(),
                fold.target(),
                () -> summand.isPresent()
                        ? new SumFold<>(lanes, summand.get(), width)
                        : GroupFold.of(fold.aggregator(), lanes, fold.register(), width));
        return new Ending() {
            @Override
            void begin(int first, int end) {
                walk.begin(first, end);
            }

            @Override
            void add(int from, int count) {
                walk.add(machine, from, count);
            }

            @Override
            List<FoldWalk.Piece<A>> open() {
                return walk.open();
            }
        };
    }
}
