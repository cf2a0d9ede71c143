package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

    /// Numbers beyond which a block has fewer rows than that.
    private static final int WIDE_NUMBERS = 1 << 20;

    /// Numbers that steps of a region fill at which compiling a loop pays.
    private static final long LARGE = 1 << 22;

    /// Numbers of a matrix at which a product does better to read it where it stands.
    private static final int LEAST_STANDING = 256;

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
    public Prepared prepare(Region given) {
        Region region = Narrowing.of(given);
        int leastStanding = switch (fusing) {
            case NONE -> Integer.MAX_VALUE;
            case LARGE -> LEAST_STANDING;
            case ALL -> 1;
        };
        Fitting fitting = Fitting.of(region, leastStanding);
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
                Math.clamp(WIDE_NUMBERS / Math.max(1, prepared.schedule().numbers()), 1, Math.min(LEAST_ROWS, rows)),
                Math.min(MOST_ROWS, rows));
        Parts parts = Parts.of(region, block);
        List<List<Left<A>>> left = new ArrayList<>();
        for (int number = 0; number < parts.count(); number++) {
            left.add(List.of());
        }
        pool.run(parts.count(), () -> {
            Machine<A> machine = common.forBlocks(block);
            List<Ending> endings = endings(region, fitting, machine, settings);
            return turn -> {
                int number = parts.number(turn);
                int first = parts.first(number);
                int end = parts.end(number);
                endings.forEach(each -> each.begin(first, end));
                for (int from = first; from < end; from += block) {
                    int count = Math.min(block, end - from);
                    machine.run(from, count);
                    for (Ending ending : endings) {
                        ending.add(from, count);
                    }
                }
                left.set(number, endings.stream().map(Ending::left).toList());
            };
        });
        for (int index = 0; index < region.sinks().size(); index++) {
            int sink = index;
            Region.Sink to = region.sinks().get(index);
            List<Left<A>> parted = left.stream().map(each -> each.get(sink)).toList();
            switch (to) {
                case Region.Sink.Store _ -> {}
                case Region.Sink.Fold _, Region.Sink.Change _ ->
                    FoldWalk.merge(
                            parted.stream().map(Left::pieces).toList(),
                            to.grouped().orElseThrow(),
                            to.target());
                case Region.Sink.Scatter scatter ->
                    ScatterFold.merge(
                            parted.stream()
                                    .flatMap(each -> each.sums().stream())
                                    .toList(),
                            scatter.target());
            }
        }
    }

    /// Adds rows, each times a factor, to the rows of others that a map lists. No two go to one row.
    public void add(double factor, Values from, RowMap to, Values others) {
        int width = from.width();
        pool.run(Math.ceilDiv(from.rows(), Parts.ROWS), () -> {
            int[] rows = new int[Math.min(Parts.ROWS, from.rows())];
            return number -> {
                int first = number * Parts.ROWS;
                int count = Math.min(Parts.ROWS, from.rows() - first);
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

    /// What a part leaves to be put together with that of others.
    private record Left<A>(List<FoldWalk.Piece<A>> pieces, Optional<ScatterFold<A>> sums) {
        static <A> Left<A> of(List<FoldWalk.Piece<A>> pieces) {
            return new Left<>(pieces, Optional.empty());
        }
    }

    /// What one thread does with the values of a block.
    private abstract class Ending {
        abstract void begin(int first, int end);

        abstract void add(int from, int count);

        abstract Left<A> left();
    }

    private List<Ending> endings(Region region, Fitting fitting, Machine<A> machine, Settings settings) {
        List<Ending> endings = new ArrayList<>();
        for (int index = 0; index < region.sinks().size(); index++) {
            Optional<Summand> summand = fitting.summands().get(index);
            endings.add(
                    switch (region.sinks().get(index)) {
                        case Region.Sink.Store store -> storing(store, machine);
                        case Region.Sink.Fold fold -> folding(fold, machine, () -> fold(fold, summand));
                        case Region.Sink.Change change ->
                            folding(
                                    change,
                                    machine,
                                    () -> new AddingFold<>(
                                            lanes,
                                            new SumFold<>(lanes, summand.orElseThrow(), width(change)),
                                            change.factor().applyAsDouble(settings),
                                            width(change)));
                        case Region.Sink.Scatter scatter -> scattering(scatter, summand.orElseThrow(), machine);
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
            Left<A> left() {
                return Left.of(List.of());
            }
        };
    }

    private static int width(Region.Sink sink) {
        return sink.target().width();
    }

    private GroupFold<A> fold(Region.Sink.Fold fold, Optional<Summand> summand) {
        return summand.isPresent()
                ? new SumFold<>(lanes, summand.get(), width(fold))
                : GroupFold.of(fold.aggregator(), lanes, fold.register(), width(fold));
    }

    private Ending folding(Region.Sink sink, Machine<A> machine, Supplier<GroupFold<A>> folds) {
        FoldWalk<A> walk = new FoldWalk<>(sink.grouped().orElseThrow(), sink.target(), folds);
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
            Left<A> left() {
                return Left.of(walk.open());
            }
        };
    }

    private Ending scattering(Region.Sink.Scatter scatter, Summand summand, Machine<A> machine) {
        return new Ending() {
            private ScatterFold<A> fold = new ScatterFold<>(lanes, summand, scatter.target());
            private int[] groups = {};

            @Override
            void begin(int first, int end) {
                fold = new ScatterFold<>(lanes, summand, scatter.target());
            }

            @Override
            void add(int from, int count) {
                if (groups.length < count) {
                    groups = new int[count];
                }
                scatter.groups().copy(from, groups, count);
                fold.add(machine, groups, count);
            }

            @Override
            Left<A> left() {
                return new Left<>(List.of(), Optional.of(fold));
            }
        };
    }
}
