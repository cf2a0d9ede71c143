package org.relata.engine.kernel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.value.Shape;
import org.relata.engine.kernel.Step.Operand;
import org.relata.engine.keys.RowMap;

/// Writes [Code]: kernels are placed one into another, what repeats is computed once, and what depends on no row is
/// done
/// before all rows.
public final class CodeBuilder {
    private final List<Step> common = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();
    private final List<Boolean> uniform = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Source.Randoms> randoms = new ArrayList<>();
    /// Steps by what they do: with 0 in place of the register that they fill.
    private final Map<Step, Integer> known = new HashMap<>();
    /// For registers of matrices with rows and columns exchanged, what they come from.
    private final Map<Integer, Straight> straight = new HashMap<>();

    /// A matrix before rows and columns were exchanged.
    ///
    /// @param rows that it has since
    private record Straight(int register, int rows) {}

    /// What the leaves of a kernel stand for.
    public interface Leaves {
        /// The value of an argument.
        Operand argument(int index);

        /// Where a number of the keys comes from.
        Source key(Leaf.KeyNumber number);

        /// Where a test of the keys comes from.
        Source test(Leaf.KeyTest test);

        /// What random numbers depend on.
        Source.Randoms random(Leaf.Random random);
    }

    /// A register that reads a source.
    public Operand load(Source source, int width) {
        int leaf = sources.indexOf(source);
        if (leaf < 0) {
            leaf = sources.size();
            sources.add(source);
        }
        boolean same = source instanceof Source.Tuples tuples && tuples.map() instanceof RowMap.Single;
        return plain(add(new Step.Load(leaf, 0), width, same));
    }

    /// The value of a kernel.
    public Operand kernel(Kernel kernel, Leaves leaves) {
        IdentityHashMap<Kernel, Operand> values = new IdentityHashMap<>();
        for (Kernel each : KernelGraph.sorted(kernel)) {
            List<Operand> inputs = each.inputs().stream()
                    .map(input -> requireNonNull(values.get(input)))
                    .toList();
            values.put(each, value(each, inputs, leaves));
        }
        return requireNonNull(values.get(kernel));
    }

    /// A sum of values, for rows of which some are absent.
    public Operand sum(List<Operand> parts, int width) {
        Operand sum = parts.getFirst();
        for (Operand part : parts.subList(1, parts.size())) {
            sum = combine(Binary.Operation.ADD, sum, part, width);
        }
        return sum;
    }

    /// The register in which a value stands in full.
    public int register(Operand value, int width) {
        return full(value, width);
    }

    /// The register in which a value stands in full for each row, also where it is the same for all.
    public int registerOfRows(Operand value, int width) {
        int register = full(value, width);
        return uniform.get(register)
                ? add(new Step.Join(List.of(new Step.Part(register, 0, width, width)), 0), width, false)
                : register;
    }

    /// What of all that was written some registers need.
    public Code code(Collection<Integer> results) {
        Set<Integer> read = new HashSet<>(results);
        for (List<Step> each : List.of(steps, common)) {
            for (Step step : each.reversed()) {
                if (read.contains(step.out())) {
                    step.operands().forEach(operand -> read.add(operand.register()));
                }
            }
        }
        return new Code(
                common.stream().filter(step -> read.contains(step.out())).toList(),
                steps.stream().filter(step -> read.contains(step.out())).toList(),
                widths,
                uniform,
                sources,
                randoms,
                Map.of());
    }

    /// Numbers that all registers hold for a row, but for outer products, which sums do not write out, and matrices
    /// that only products read, which they do where those stand.
    public int numbers() {
        Set<Integer> read = new HashSet<>();
        int numbers = 0;
        for (Step step : steps.reversed()) {
            boolean left = straight.containsKey(step.out()) || step instanceof Step.Load;
            if (left && !read.contains(step.out())) {
                continue;
            }
            if (step instanceof Step.Multiply product) {
                read.add(product.leftIsMatrix() ? -1 : product.left());
                read.add(product.rightIsMatrix() ? -1 : product.right());
                numbers += product.k() == 1 ? 0 : widths.get(step.out());
            } else {
                step.operands().forEach(operand -> read.add(operand.register()));
                numbers += widths.get(step.out());
            }
        }
        return numbers;
    }

    private Operand value(Kernel kernel, List<Operand> inputs, Leaves leaves) {
        int width = kernel.shape().size();
        return switch (kernel) {
            case Leaf leaf -> leaf(leaf, width, leaves);
            case Unary unary -> unary(unary, inputs.getFirst(), width);
            case Binary binary -> combine(binary.operation(), inputs.get(0), inputs.get(1), width);
            case Where _ -> {
                Step step = new Step.Choose(inputs.get(0), inputs.get(1), inputs.get(2), 0);
                yield plain(add(step, width, same(inputs)));
            }
            case Linear linear -> linear(linear, inputs, width);
            case Reduce reduce -> reduce(reduce, inputs.getFirst(), width);
        };
    }

    private Operand leaf(Leaf leaf, int width, Leaves leaves) {
        return switch (leaf) {
            case Leaf.Argument argument -> leaves.argument(argument.index());
            case Leaf.Constant constant -> {
                double[] numbers = constant.tensor().toArray();
                boolean one = isOne(numbers);
                List<Double> kept = Arrays.stream(one ? new double[] {numbers[0]} : numbers)
                        .boxed()
                        .toList();
                yield new Operand(add(new Step.Constant(kept, 0), kept.size(), true), one && width > 1);
            }
            case Leaf.Hyper hyper -> plain(add(new Step.Hyper(hyper.name(), 0), 1, true));
            case Leaf.KeyNumber number -> load(leaves.key(number), 1);
            case Leaf.KeyTest test -> load(leaves.test(test), 1);
            case Leaf.Random random -> {
                Source.Randoms source = leaves.random(random);
                int number = randoms.indexOf(source);
                if (number < 0) {
                    number = randoms.size();
                    randoms.add(source);
                }
                yield plain(add(new Step.Random(number, 0), width, false));
            }
        };
    }

    /// Whether one number stands for all.
    private static boolean isOne(double[] numbers) {
        for (double each : numbers) {
            if (Double.compare(each, numbers[0]) != 0) {
                return false;
            }
        }
        return true;
    }

    private Operand unary(Unary unary, Operand in, int width) {
        if (unary.operation() == Unary.Operation.NEGATE
                && !in.spread()
                && producer(in) instanceof Step.Combine product
                && product.operation() == Binary.Operation.MULTIPLY
                && product.left().spread() != product.right().spread()) {
            // A tensor times a number: the number can bear the sign, and what sums products need not write them out.
            boolean first = product.left().spread();
            Operand factor = first ? product.left() : product.right();
            Operand tensor = first ? product.right() : product.left();
            return combine(Binary.Operation.MULTIPLY, unary(unary, factor, width), tensor, width);
        }
        // A function of a number that stands for all is computed for that number alone.
        int computed = in.spread() ? 1 : width;
        Operand bare = plain(in.register());
        return new Operand(
                add(new Step.Apply(unary.operation(), bare, 0), computed, uniform.get(in.register())), in.spread());
    }

    private Operand combine(Binary.Operation operation, Operand left, Operand right, int width) {
        if (operation == Binary.Operation.ADD && (isZero(left) || isZero(right))) {
            return isZero(left) ? right : left;
        }
        boolean both = left.spread() && right.spread();
        Operand one = both ? plain(left.register()) : left;
        Operand other = both ? plain(right.register()) : right;
        Step step = new Step.Combine(operation, one, other, 0);
        return new Operand(add(step, both ? 1 : width, same(List.of(left, right))), both && width > 1);
    }

    /// Whether an operand is known to be 0 everywhere.
    private boolean isZero(Operand operand) {
        return common.stream().filter(step -> step.out() == operand.register()).anyMatch(step -> switch (step) {
            case Step.Constant constant -> constant.numbers().stream().allMatch(number -> number == 0);
            case Step.Expand expand -> isZero(plain(expand.in()));
            default -> false;
        });
    }

    private Operand linear(Linear linear, List<Operand> inputs, int width) {
        return switch (linear) {
            case Linear.Reshape _ -> inputs.getFirst();
            case Linear.Transpose transpose -> {
                Shape shape = transpose.input().shape();
                if (shape.extent(0) == 1
                        || shape.extent(1) == 1
                        || inputs.getFirst().spread()) {
                    yield inputs.getFirst();
                }
                if (producer(inputs.getFirst()) instanceof Step.Multiply product && product.m() == shape.extent(0)) {
                    yield plain(add(product.transposed(), width, same(inputs)));
                }
                yield transposed(inputs.getFirst(), shape.extent(0), shape.extent(1), width);
            }
            case Linear.Broadcast broadcast -> {
                Shape from = broadcast.input().shape();
                Operand in = inputs.getFirst();
                if (from.size() == width || in.spread()) {
                    yield in;
                }
                yield from.size() == 1
                        ? new Operand(in.register(), true)
                        : move(in, broadcast.shape().sources(from), width);
            }
            case Linear.Slice slice -> {
                if (inputs.getFirst().spread()) {
                    // One number stands for any part of the whole.
                    yield new Operand(inputs.getFirst().register(), width > 1);
                }
                Shape shape = slice.input().shape();
                int blocks = blocks(shape, slice.axis());
                int stride = shape.size() / blocks;
                int unit = stride / shape.extent(slice.axis());
                int kept = (slice.to() - slice.from()) * unit;
                Optional<Operand> part = cut(inputs.getFirst(), slice.from() * unit, kept, stride, width);
                if (part.isPresent()) {
                    yield part.get();
                }
                int[] places = IntStream.range(0, width)
                        .map(place -> place / kept * stride + slice.from() * unit + place % kept)
                        .toArray();
                yield move(inputs.getFirst(), places, width);
            }
            case Linear.Concat concat -> concat(concat, inputs, width);
            case Linear.MatMul product -> {
                int m = product.left().shape().extent(0);
                int k = product.left().shape().extent(1);
                int n = product.right().shape().extent(1);
                int left = full(inputs.get(0), m * k);
                int right = full(inputs.get(1), k * n);
                int leftStraight = straight(left, m);
                int rightStraight = straight(right, k);
                Step step = new Step.Multiply(
                        leftStraight, leftStraight != left, rightStraight, rightStraight != right, m, k, n, 0);
                yield plain(add(step, width, same(inputs)));
            }
        };
    }

    /// A matrix with rows and columns exchanged. Products take it as it was.
    private Operand transposed(Operand in, int rows, int columns, int width) {
        int before = straight(in.register(), rows);
        if (before != in.register()) {
            return plain(before);
        }
        int[] places = IntStream.range(0, width)
                .map(place -> place % rows * columns + place / rows)
                .toArray();
        Operand moved = move(in, places, width);
        straight.put(moved.register(), new Straight(in.register(), columns));
        return moved;
    }

    /// The register that was exchanged to come to a matrix of so many rows, or the register itself.
    private int straight(int register, int rows) {
        Straight found = straight.get(register);
        return found != null && found.rows == rows ? found.register : register;
    }

    /// What stands where a part is cut out of tensors that were put together, if just that was put there.
    private Optional<Operand> cut(Operand whole, int from, int run, int stride, int width) {
        if (whole.spread()) {
            return Optional.of(width > 1 ? whole : plain(whole.register()));
        }
        return switch (producer(whole)) {
            case Step.Join join ->
                join.parts().stream()
                        .filter(part -> part.at() == from && part.run() == run && part.stride() == stride)
                        .findFirst()
                        .map(part -> plain(part.in()));
            case Step.Combine combine -> {
                Optional<Operand> left = cut(combine.left(), from, run, stride, width);
                Optional<Operand> right = cut(combine.right(), from, run, stride, width);
                yield left.isPresent() && right.isPresent()
                        ? Optional.of(combine(combine.operation(), left.get(), right.get(), width))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Operand concat(Linear.Concat concat, List<Operand> inputs, int width) {
        int blocks = blocks(concat.shape(), concat.axis());
        List<Step.Part> parts = new ArrayList<>();
        int at = 0;
        for (int index = 0; index < inputs.size(); index++) {
            int size = concat.inputs().get(index).shape().size();
            parts.add(new Step.Part(full(inputs.get(index), size), at, size / blocks, width / blocks));
            at += size / blocks;
        }
        return plain(add(new Step.Join(parts, 0), width, same(inputs)));
    }

    private Operand reduce(Reduce reduce, Operand in, int width) {
        int size = reduce.input().shape().size();
        if (size == width) {
            return in;
        }
        if (reduce.operation() == Reduce.Operation.SUM
                && width == 1
                && producer(in) instanceof Step.Combine product
                && product.operation() == Binary.Operation.MULTIPLY
                && !product.left().spread()
                && !product.right().spread()) {
            Step dot = new Step.Dot(product.left().register(), product.right().register(), 0);
            return plain(add(dot, 1, uniform.get(in.register())));
        }
        int from = full(in, size);
        int[] targets = reduce.input().shape().sources(reduce.shape());
        Step step = new Step.Fold(reduce.operation(), from, new Step.Places(targets), 0);
        return plain(add(step, width, uniform.get(from)));
    }

    /// The step that fills a register, if it is read in full.
    private Step producer(Operand operand) {
        for (Step step : uniform.get(operand.register()) ? common : steps) {
            if (step.out() == operand.register() && !operand.spread()) {
                return step;
            }
        }
        return new Step.Expand(operand.register(), operand.register());
    }

    private Operand move(Operand in, int[] places, int width) {
        Step step = new Step.Move(in.register(), new Step.Places(places), 0);
        return plain(add(step, width, uniform.get(in.register())));
    }

    /// A register with all elements written out.
    private int full(Operand operand, int width) {
        return operand.spread() && width > 1
                ? add(new Step.Expand(operand.register(), 0), width, uniform.get(operand.register()))
                : operand.register();
    }

    private boolean same(List<Operand> operands) {
        return operands.stream().allMatch(each -> uniform.get(each.register()));
    }

    private static Operand plain(int register) {
        return new Operand(register, false);
    }

    private static int blocks(Shape shape, int axis) {
        return shape.extents().subList(0, axis).stream().reduce(1, Math::multiplyExact);
    }

    /// The register of a step, which is done unless it was.
    private int add(Step step, int width, boolean once) {
        Integer before = known.get(step);
        // Steps of one wording can differ in width: what is written out for five elements is not for seven.
        if (before != null && widths.get(before) == width) {
            return before;
        }
        int register = widths.size();
        widths.add(width);
        uniform.add(once);
        (once ? common : steps).add(step.into(register));
        known.put(step, register);
        return register;
    }
}
