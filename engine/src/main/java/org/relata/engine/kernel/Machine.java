package org.relata.engine.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.value.AlgebraException;
import org.relata.engine.kernel.Step.Operand;
import org.relata.engine.keys.RowMap;
import org.relata.engine.keys.Strings;
import org.relata.engine.lanes.Lanes;
import org.relata.engine.lanes.RandomWords;
import org.relata.engine.memory.Slot;
import org.relata.engine.memory.Values;

/// Runs one [Code] on block after block of rows. A machine belongs to one thread; machines of one code share what its
/// common steps computed.
///
/// @param <A> the arrays that it computes with
public final class Machine<A> {
    /// Numbers of a register that is worked on at a time: a few of them stay in the nearest caches.
    private static final int TILE_NUMBERS = 8192;

    /// Numbers of the longest vectors.
    private static final int PADDING = 16;

    private final Code code;
    private final Lanes<A> lanes;
    private final Settings settings;
    private final Strings strings;
    private final Schedule schedule;
    private final List<A> registers;
    private final boolean[] passing;
    private final int tileRows;
    private final int[] rows;
    private final long[] states;
    private final Folds<A> folds;
    private final LoopRunner loops;
    private final Elements<A> elements;
    private final Products<A> products;

    private int first;
    private int blockRows;
    /// The row of the block with which the rows that are worked on begin.
    private int tile;
    /// The rows of a map that were listed last, and for which block.
    private final int[] listed;

    private int listedFrom = -1;
    private @Nullable RowMap listedMap;

    private Machine(
            Code code,
            Lanes<A> lanes,
            Settings settings,
            Strings strings,
            Schedule schedule,
            List<A> common,
            int block) {
        this.code = code;
        this.lanes = lanes;
        this.settings = settings;
        this.strings = strings;
        this.schedule = schedule;
        this.registers = new ArrayList<>(common);
        this.passing = new boolean[common.size()];
        this.tileRows = Math.clamp(TILE_NUMBERS / schedule.widest(code), 1, Math.max(1, block));
        List<A> arrays = new ArrayList<>();
        schedule.arrays().forEach(place -> arrays.add(padded(place.width() * (place.passing() ? tileRows : block))));
        schedule.places().forEach((register, array) -> {
            registers.set(register, arrays.get(array));
            passing[register] = schedule.arrays().get(array).passing();
        });
        this.rows = new int[block];
        this.listed = new int[block];
        this.states = new long[tileRows];
        this.folds = new Folds<>(lanes);
        Registers<A> view = new View();
        this.loops = new LoopRunner(view, tileRows);
        this.products = new Products<>(code, lanes, view);
        boolean chooses = Stream.concat(code.steps().stream(), code.common().stream())
                .anyMatch(step -> step instanceof Step.Choose);
        this.elements = new Elements<>(lanes, view, chooses ? tileRows * code.widest() : 0);
    }

    /// The registers at the rows that are worked on.
    private final class View implements Registers<A> {
        @Override
        public A array(int register) {
            return registers.get(register);
        }

        @Override
        public int at(int register) {
            return Machine.this.at(register);
        }

        @Override
        public int width(int register) {
            return code.width(register);
        }

        @Override
        public boolean isUniform(int register) {
            return Machine.this.isUniform(register);
        }
    }

    /// An array with room for a vector behind its end, as loops want it.
    private A padded(int size) {
        return lanes.allocate(size + PADDING);
    }

    /// A machine whose common steps are done.
    ///
    /// @param schedule of the others
    public static <A> Machine<A> of(Code code, Lanes<A> lanes, Settings settings, Strings strings, Schedule schedule) {
        List<A> registers = new ArrayList<>();
        for (int register = 0; register < code.widths().size(); register++) {
            registers.add(lanes.allocate(code.uniform().get(register) ? code.width(register) + PADDING : 0));
        }
        Schedule nothing = new Schedule(List.of(), Map.of(), List.of());
        Machine<A> machine = new Machine<>(code, lanes, settings, strings, nothing, registers, 1);
        code.common().forEach(step -> machine.step(step, 1));
        return new Machine<>(code, lanes, settings, strings, schedule, registers, 0);
    }

    /// A machine for a thread, with room for blocks of so many rows.
    public Machine<A> forBlocks(int block) {
        return new Machine<>(code, lanes, settings, strings, schedule, registers, block);
    }

    /// Does all steps for `count` rows from `from` on.
    public void run(int from, int count) {
        first = from;
        blockRows = count;
        listedFrom = -1;
        for (Schedule.Stretch stretch : schedule.stretches()) {
            int rowsATime = stretch.tiled() ? tileRows : count;
            for (tile = 0; tile < count; tile += rowsATime) {
                int some = Math.min(rowsATime, count - tile);
                for (Task task : stretch.tasks()) {
                    switch (task) {
                        case Task.Single(Step step) -> step(step, some);
                        case Task.Fused fused -> loops.run(fused, first + tile, some);
                    }
                }
            }
        }
    }

    /// For each row of the block that was done last, the row that a map lists for it.
    public int[] rows(RowMap.Indexed map) {
        if (listedFrom != first || listedMap != map) {
            map.rows().copy(first, listed, blockRows);
            listedFrom = first;
            listedMap = map;
        }
        return listed;
    }

    /// Adds products of matrices of `count` rows of the block that was done last to a sum.
    public void addProducts(Step.Multiply product, int row, int count, A sum) {
        tile = 0;
        products.add(product, first, row, count, sum);
    }

    /// What a register holds: one row after the other, or one for all.
    public A register(int register) {
        return registers.get(register);
    }

    private void step(Step step, int count) {
        A out = registers.get(step.out());
        int to = at(step.out());
        int width = code.width(step.out());
        switch (step) {
            case Step.Load load -> load(code.sources().get(load.leaf()), count, width, out, to);
            case Step.Constant constant -> {
                for (int element = 0; element < width; element++) {
                    lanes.set(out, element, constant.numbers().get(element));
                }
            }
            case Step.Hyper hyper -> lanes.set(out, 0, number(hyper.name()));
            case Step.Random random -> random(code.randoms().get(random.source()), count, width, out, to);
            case Step.Apply apply -> {
                int in = apply.in().register();
                lanes.unary(apply.operation(), registers.get(in), at(in), out, to, count * width);
            }
            case Step.Combine combine ->
                elements.combine(combine.operation(), combine.left(), combine.right(), count, width, out, to);
            case Step.Choose choose -> elements.choose(choose, count, width, out, to);
            case Step.Move move -> {
                for (int row = 0; row < count; row++) {
                    lanes.permute(
                            registers.get(move.in()),
                            at(move.in(), row),
                            move.sources().array(),
                            out,
                            to + row * width);
                }
            }
            case Step.Expand expand -> elements.expand(new Operand(expand.in(), true), out, to, count, width);
            case Step.Join join -> join.parts().forEach(part -> elements.place(part, out, to, count, width));
            case Step.Fold fold ->
                folds.fold(
                        fold.operation(),
                        registers.get(fold.in()),
                        at(fold.in()),
                        count,
                        fold.targets().array(),
                        width,
                        out,
                        to);
            case Step.Dot dot -> {
                int size = code.width(dot.left());
                for (int row = 0; row < count; row++) {
                    lanes.set(
                            out,
                            to + row,
                            lanes.dot(
                                    registers.get(dot.left()),
                                    at(dot.left(), row),
                                    registers.get(dot.right()),
                                    at(dot.right(), row),
                                    size));
                }
            }
            case Step.Multiply multiply -> products.multiply(multiply, first + tile, count, out, to);
        }
    }

    private double number(String name) {
        Double number = settings.numbers().get(name);
        if (number == null) {
            throw new AlgebraException("hyper.missing", "hyper-parameter " + name, "it has no value", "give it one");
        }
        return number;
    }

    private void load(Source source, int count, int width, A out, int to) {
        int from = first + tile;
        switch (source) {
            case Source.Tuples(Slot slot, RowMap map) -> {
                Values values = slot.values();
                switch (map) {
                    case RowMap.Identity _ -> lanes.load(values.segment(), (long) from * width, out, to, count * width);
                    case RowMap.Single _ -> lanes.load(values.segment(), 0, out, 0, width);
                    case RowMap.Indexed indexed -> {
                        indexed.rows().copy(from, rows, count);
                        lanes.gather(values.segment(), width, rows, count, out, to);
                    }
                }
            }
            case Source.Keys keys -> {
                for (int row = 0; row < count; row++) {
                    lanes.set(out, to + row, keys.column().at(from + row));
                }
            }
            case Source.Test test -> {
                for (int row = 0; row < count; row++) {
                    boolean holds = test.condition()
                            .holds(test.left().at(from + row), test.right().at(from + row));
                    lanes.set(out, to + row, holds ? 1 : 0);
                }
            }
        }
    }

    private void random(Source.Randoms source, int count, int width, A out, int to) {
        int from = first + tile;
        long start = Leaf.Random.start(source.stream(), settings);
        for (int row = 0; row < count; row++) {
            long state = start;
            for (Source.Words words : source.words()) {
                state = switch (words) {
                    case Source.Words.Whole whole ->
                        RandomWords.absorb(state, whole.column().at(from + row));
                    case Source.Words.Text text ->
                        absorb(state, strings.string(text.column().at(from + row)));
                };
            }
            states[row] = state;
        }
        lanes.random(states, count, width, source.scalar(), out, to);
    }

    private static long absorb(long start, String text) {
        long state = start;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            state = RandomWords.absorb(state, each);
        }
        return state;
    }

    /// Whether a register holds one tensor for all rows.
    public boolean isUniform(int register) {
        return code.uniform().get(register);
    }

    /// Where the rows that are worked on begin in a register.
    private int at(int register) {
        return passing[register] || isUniform(register) ? 0 : tile * code.width(register);
    }

    /// Where one of the rows that are worked on begins in a register.
    private int at(int register, int row) {
        return isUniform(register) ? 0 : at(register) + row * code.width(register);
    }
}
