package org.relata.engine.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.engine.kernel.loop.LoopShape;
import org.relata.engine.kernel.loop.LoopShape.Operand;
import org.relata.engine.kernel.loop.Loops;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Precision;

/// Which steps share a loop.
///
/// Steps over as many numbers a row go into the first loop that finds all they read; a sum over a row is there only
/// when
/// its loop has ended. Rows of memory are read by the loop that needs them, and not copied first.
final class Grouping {
    /// Steps of a loop: on longer ones the compiler gives up.
    private static final int MOST = 16;

    /// Wider rows are never read beside others.
    static final int WIDEST = 1 << 14;

    private final Code code;
    private final Precision precision;
    /// Registers that are read after these steps.
    private final Set<Integer> kept;

    private final List<Group> groups = new ArrayList<>();
    private final Map<Integer, Group> producers = new HashMap<>();
    private final Map<Integer, Step.Load> read = new HashMap<>();

    /// Steps that will be a task.
    private static final class Group {
        private final int number;
        private final int width;
        private final List<Step> steps = new ArrayList<>();

        /// @param width of rows; 0 for a step that cannot share a loop
        Group(int number, int width) {
            this.number = number;
            this.width = width;
        }
    }

    private Grouping(Code code, Precision precision, Set<Integer> kept) {
        this.code = code;
        this.precision = precision;
        this.kept = kept;
    }

    /// Tasks that do what steps do.
    static List<Task> of(List<Step> steps, Code code, Precision precision, Set<Integer> kept) {
        Grouping grouping = new Grouping(code, precision, kept);
        grouping.findRead(steps);
        steps.forEach(grouping::place);
        return grouping.groups.stream().map(grouping::task).toList();
    }

    /// Finds rows of memory that only loops read.
    private void findRead(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Load load
                    && code.width(load.out()) > 1
                    && code.width(load.out()) <= WIDEST
                    && !kept.contains(load.out())
                    && code.sources().get(load.leaf()) instanceof Source.Tuples tuples
                    && !(tuples.map() instanceof RowMap.Single)) {
                read.put(load.out(), load);
            }
        }
        for (Step step : steps) {
            for (Step.Operand operand : step.operands()) {
                if (rowWidth(step) != code.width(operand.register())) {
                    read.remove(operand.register());
                }
            }
        }
    }

    private void place(Step step) {
        if (read.containsKey(step.out())) {
            return;
        }
        int width = rowWidth(step);
        int earliest = 0;
        for (Step.Operand operand : step.operands()) {
            Group producer = producers.get(operand.register());
            if (producer != null) {
                boolean within = producer.width == width && code.width(operand.register()) == width;
                earliest = Math.max(earliest, within && width > 0 ? producer.number : producer.number + 1);
            }
        }
        Group group = null;
        for (int number = earliest; number < groups.size() && group == null && width > 0; number++) {
            Group each = groups.get(number);
            group = each.width == width && each.steps.size() < MOST ? each : null;
        }
        if (group == null) {
            group = new Group(groups.size(), width);
            groups.add(group);
        }
        group.steps.add(step);
        producers.put(step.out(), group);
    }

    /// Numbers a row over which a step goes in a loop; 0 if it cannot be part of one.
    private int rowWidth(Step step) {
        int width = code.width(step.out());
        return switch (step) {
            case Step.Apply apply -> isShort(apply.operation()) ? width : 0;
            case Step.Choose _, Step.Expand _ -> width;
            case Step.Combine combine -> combine.operation() == Binary.Operation.POWER ? 0 : width;
            case Step.Dot dot -> summed(dot.left(), dot.right());
            case Step.Fold fold ->
                fold.operation() == Reduce.Operation.SUM && width == 1 && isAllInto(fold.targets())
                        ? summed(fold.in())
                        : 0;
            case Step.Load _, Step.Constant _, Step.Hyper _, Step.Random _, Step.Move _, Step.Join _, Step.Multiply _ ->
                0;
        };
    }

    private int summed(int... registers) {
        int width = code.width(registers[0]);
        return width > 1 && Arrays.stream(registers).allMatch(register -> code.width(register) == width) ? width : 0;
    }

    private static boolean isAllInto(Step.Places targets) {
        return Arrays.stream(targets.array()).allMatch(target -> target == 0);
    }

    /// Whether a function takes only a few operations of the processor.
    private static boolean isShort(Unary.Operation operation) {
        return switch (operation) {
            case NEGATE, ABS, SQRT, RELU, SIGN -> true;
            case EXP, LOG, SIGMOID, TANH, SOFTPLUS -> false;
        };
    }

    private Task task(Group group) {
        if (group.width == 0) {
            return new Task.Single(group.steps.getFirst());
        }
        return new Writing(group).task();
    }

    /// Whether others than its own group read a register.
    private boolean isReadElsewhere(int register, Group own) {
        return kept.contains(register)
                || groups.stream()
                        .filter(group -> group != own)
                        .flatMap(group -> group.steps.stream())
                        .flatMap(step -> step.operands().stream())
                        .anyMatch(operand -> operand.register() == register);
    }

    /// A group as it is put into numbers of a loop.
    private final class Writing {
        private final Group group;
        private final Map<Integer, Integer> results = new HashMap<>();
        private final Map<Integer, Integer> inputs = new LinkedHashMap<>();
        private final Map<Source.Tuples, Integer> lists = new LinkedHashMap<>();
        private final List<LoopShape.Operation> operations = new ArrayList<>();
        private final Set<Class<?>> kinds = new HashSet<>();

        Writing(Group group) {
            this.group = group;
        }

        Task task() {
            List<Integer> stored = new ArrayList<>();
            List<Integer> filled = new ArrayList<>();
            for (Step step : group.steps) {
                operations.add(operation(step));
                int number = operations.size() - 1;
                results.put(step.out(), number);
                if (isReadElsewhere(step.out(), group)) {
                    stored.add(number);
                    filled.add(step.out());
                }
            }
            boolean flat = operations.stream().noneMatch(LoopShape.Operation::folds)
                    && kinds.stream()
                            .allMatch(kind -> kind == Operand.Row.class
                                    || kind == Operand.Result.class
                                    || kind == Operand.Number.class);
            if (flat && operations.size() == 1) {
                // Nothing is gained by a loop of its own.
                return new Task.Single(group.steps.getFirst());
            }
            LoopShape shape =
                    new LoopShape(precision, flat ? 1 : group.width, inputs.size(), lists.size(), operations, stored);
            return new Task.Fused(
                    group.steps,
                    Loops.of(shape),
                    flat,
                    group.width,
                    List.copyOf(inputs.keySet()),
                    List.copyOf(lists.keySet()),
                    filled);
        }

        private LoopShape.Operation operation(Step step) {
            return switch (step) {
                case Step.Apply apply -> new LoopShape.Apply(apply.operation(), operand(apply.in()));
                case Step.Combine combine ->
                    new LoopShape.Combine(combine.operation(), operand(combine.left()), operand(combine.right()));
                case Step.Choose choose ->
                    new LoopShape.Choose(
                            operand(choose.condition()), operand(choose.then()), operand(choose.otherwise()));
                case Step.Expand expand -> new LoopShape.Copy(operand(new Step.Operand(expand.in(), true)));
                case Step.Dot dot -> new LoopShape.Dot(whole(dot.left()), whole(dot.right()));
                case Step.Fold fold -> new LoopShape.Sum(whole(fold.in()));
                case Step.Load _,
                        Step.Constant _,
                        Step.Hyper _,
                        Step.Random _,
                        Step.Move _,
                        Step.Join _,
                        Step.Multiply _ -> throw new IllegalStateException(step + " is no step of a loop");
            };
        }

        private Operand whole(int register) {
            return operand(new Step.Operand(register, false));
        }

        private Operand operand(Step.Operand read) {
            Operand operand = found(read);
            kinds.add(operand.getClass());
            return operand;
        }

        private Operand found(Step.Operand operand) {
            int register = operand.register();
            Optional<Step.Load> memory = Optional.ofNullable(read.get(register));
            if (memory.isPresent()) {
                Source.Tuples tuples =
                        (Source.Tuples) code.sources().get(memory.get().leaf());
                lists.putIfAbsent(tuples, lists.size());
                return new Operand.Listed(lists.get(tuples));
            }
            Integer result = results.get(register);
            if (result != null) {
                return new Operand.Result(result);
            }
            inputs.putIfAbsent(register, inputs.size());
            int input = inputs.get(register);
            boolean one = operand.spread() || code.width(register) == 1 && group.width > 1;
            if (code.uniform().get(register)) {
                return one || group.width == 1 ? new Operand.Number(input) : new Operand.Shared(input);
            }
            return one && group.width > 1 ? new Operand.Each(input) : new Operand.Row(input);
        }
    }
}
