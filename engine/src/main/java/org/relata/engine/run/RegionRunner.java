package org.relata.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.engine.kernel.Code;
import org.relata.engine.kernel.Machine;
import org.relata.engine.kernel.Source;
import org.relata.engine.kernel.Step;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.memory.Slot;
import org.relata.engine.memory.Values;

/// Runs regions. How rows are cut into parts depends on their number alone, and parts are put together in order:
/// results
/// are the same to the last bit for any number of threads.
///
/// @param <A> the arrays that it computes with
public final class RegionRunner<A> {
    /// Numbers that the registers of a block hold together: about half of what a core keeps close to itself.
    private static final int BLOCK_NUMBERS = 1 << 17;

    private static final int MOST_ROWS = 1024;
    private static final int LEAST_ROWS = 16;
    /// Rows below which sharing out work costs more than it saves.
    private static final int PART_ROWS = 4096;

    /// Each part of a sum over all rows holds a sum of its own.
    private static final int MOST_PARTS = 64;

    private final Lanes<A> lanes;
    private final Pool pool;
    private final Strings strings;

    /// @param lanes of the precision that all values have
    public RegionRunner(Lanes<A> lanes, Pool pool, Strings strings) {
        this.lanes = lanes;
        this.pool = pool;
        this.strings = strings;
    }

    /// Fills a region's target.
    public void run(Region region, Settings settings) {
        if (region.rows() == 0) {
            return;
        }
        switch (region.sink()) {
            case Region.Sink.Store _ -> store(region, settings);
            case Region.Sink.Fold fold -> fold(region, fold, settings);
        }
    }

    private void store(Region region, Settings settings) {
        Code code = region.code();
        Values target = region.target();
        int width = target.width();
        int result = code.result();
        Machine<A> common = Machine.of(code, lanes, settings, strings);
        if (code.uniform().get(result)) {
            for (int row = 0; row < region.rows(); row++) {
                lanes.store(common.register(result), 0, target.segment(), (long) row * width, width);
            }
            return;
        }
        int block = block(code, region.rows());
        int part = Math.max(block, PART_ROWS / block * block);
        int parts = (region.rows() + part - 1) / part;
        pool.run(parts, () -> {
            Machine<A> machine = common.forBlocks(block, Set.of(result));
            return number -> {
                int end = Math.min(region.rows(), (number + 1) * part);
                for (int from = number * part; from < end; from += block) {
                    int count = Math.min(block, end - from);
                    machine.run(from, count);
                    lanes.store(machine.register(result), 0, target.segment(), (long) from * width, count * width);
                }
            };
        });
    }

    private static int block(Code code, int rows) {
        int numbers =
                code.steps().stream().mapToInt(step -> code.width(step.out())).sum();
        return Math.clamp(BLOCK_NUMBERS / Math.max(1, numbers), Math.min(LEAST_ROWS, rows), Math.min(MOST_ROWS, rows));
    }

    /// A sum in the form that costs least, and the code that is left to do for it.
    private record Fitted(Summand summand, Code code, Set<Integer> kept) {}

    private void fold(Region region, Region.Sink.Fold fold, Settings settings) {
        Code whole = region.code();
        int width = region.target().width();
        Fitted fitted = fold.aggregator() == Aggregator.SUM
                ? fitted(whole, width)
                : new Fitted(new Summand.Value(whole.result()), whole, Set.of(whole.result()));
        Machine<A> common = Machine.of(fitted.code, lanes, settings, strings);
        Groups groups = fold.groups();
        int rows = groups.rows();
        if (rows == 0) {
            return;
        }
        int block = block(fitted.code, rows);
        int part = Math.max(PART_ROWS, groups.count() == 1 ? (rows + MOST_PARTS - 1) / MOST_PARTS : PART_ROWS);
        int parts = (rows + part - 1) / part;
        ConcurrentHashMap<Integer, List<Piece<A>>> pieces = new ConcurrentHashMap<>();
        pool.run(parts, () -> {
            Machine<A> machine = common.forBlocks(block, fitted.kept);
            Parts<A> walk = new Parts<>(machine, groups, block, region.target(), () -> newFold(fold, fitted, width));
            return number -> {
                List<Piece<A>> open = walk.part(number * part, Math.min(rows, (number + 1) * part));
                if (!open.isEmpty()) {
                    pieces.put(number, open);
                }
            };
        });
        merge(parts, pieces, region.target());
    }

    private GroupFold<A> newFold(Region.Sink.Fold fold, Fitted fitted, int width) {
        return fitted.summand instanceof Summand.Value(int register)
                ? GroupFold.of(fold.aggregator(), lanes, register, width)
                : new SumFold<>(lanes, fitted.summand, width);
    }

    /// A group of which other parts have rows too.
    record Piece<A>(int group, GroupFold<A> fold) {}

    private static <A> void merge(int parts, ConcurrentHashMap<Integer, List<Piece<A>>> pieces, Values target) {
        List<Piece<A>> inOrder = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            inOrder.addAll(pieces.getOrDefault(part, List.of()));
        }
        for (int index = 0; index < inOrder.size(); index++) {
            Piece<A> first = inOrder.get(index);
            while (index + 1 < inOrder.size() && inOrder.get(index + 1).group == first.group) {
                first.fold.merge(inOrder.get(++index).fold);
            }
            first.fold.store(target, first.group);
        }
    }

    private static Fitted fitted(Code code, int width) {
        Step last =
                code.steps().isEmpty() ? new Step.Hyper("", -1) : code.steps().getLast();
        if (last.out() == code.result()
                && last instanceof Step.Multiply product
                && product.k() == 1
                && !code.uniform().get(product.left())
                && !code.uniform().get(product.right())) {
            Summand outer = new Summand.Outer(product.left(), product.right(), product.m(), product.n());
            return new Fitted(outer, without(code, last), Set.of(product.left(), product.right()));
        }
        if (last.out() == code.result()
                && width > 1
                && last instanceof Step.Combine product
                && product.operation() == Binary.Operation.MULTIPLY
                && product.left().spread() != product.right().spread()) {
            Step.Operand weight = product.left().spread() ? product.left() : product.right();
            Step.Operand tensor = product.left().spread() ? product.right() : product.left();
            if (!code.uniform().get(weight.register()) && !code.uniform().get(tensor.register())) {
                return weighted(without(code, last), weight.register(), tensor.register());
            }
        }
        if (last.out() == code.result() && width > 1 && last instanceof Step.Load) {
            return gathered(code, last, -1, new Fitted(new Summand.Value(last.out()), code, Set.of(last.out())));
        }
        return new Fitted(new Summand.Value(code.result()), code, Set.of(code.result()));
    }

    private static Fitted weighted(Code code, int weight, int tensor) {
        Fitted plain = new Fitted(new Summand.Weighted(weight, tensor), code, Set.of(weight, tensor));
        for (Step step : code.steps()) {
            if (step.out() == tensor) {
                return gathered(code, step, weight, plain);
            }
        }
        return plain;
    }

    /// Reads rows where they stand, if nothing else needs them in a block.
    private static Fitted gathered(Code code, Step step, int weight, Fitted otherwise) {
        if (step instanceof Step.Load load
                && code.sources().get(load.leaf()) instanceof Source.Tuples(Slot slot, RowMap.Indexed map)
                && code.steps().stream()
                        .flatMap(each -> each.operands().stream())
                        .noneMatch(operand -> operand.register() == step.out())) {
            Set<Integer> kept = new HashSet<>();
            if (weight >= 0) {
                kept.add(weight);
            }
            return new Fitted(new Summand.Gathered(weight, slot, map), without(code, step), kept);
        }
        return otherwise;
    }

    private static Code without(Code code, Step step) {
        return new Code(
                code.common(),
                code.steps().stream().filter(each -> each != step).toList(),
                code.widths(),
                code.uniform(),
                code.sources(),
                code.randoms(),
                code.result());
    }
}
