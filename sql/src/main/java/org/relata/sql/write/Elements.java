package org.relata.sql.write;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntFunction;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Kernels over tensors taken apart: one scalar kernel for each element, sharing what they have in common.
final class Elements {
    /// More scalar operations than this in one kernel are not worth a text of their own.
    private static final int MOST = 50_000;

    private final IdentityHashMap<Kernel, Kernel[]> known = new IdentityHashMap<>();
    private int made;

    /// The elements of a kernel, last axis fastest. Their arguments are numbered by [#argument].
    static List<Kernel> of(Kernel kernel) {
        return new Elements().all(kernel);
    }

    private List<Kernel> all(Kernel kernel) {
        for (Kernel each : KernelGraph.sorted(kernel)) {
            known.put(each, elements(each));
        }
        return List.of(requireNonNull(known.get(kernel)));
    }

    private Kernel[] elements(Kernel kernel) {
        made += kernel.shape().size();
        if (made > MOST) {
            throw new AlgebraException(
                    "layout.wide",
                    "kernel " + kernel.text(),
                    "taken apart it has more than " + MOST + " scalar operations",
                    "use the scalar layout");
        }
        return switch (kernel) {
            case Leaf leaf -> leaf(leaf);
            case Unary(Unary.Operation operation, Kernel input, var _) -> {
                Kernel[] values = of(input, kernel);
                yield make(values.length, each -> Kernels.unary(operation, values[each]));
            }
            case Binary(Binary.Operation operation, Kernel left, Kernel right, var _) -> {
                Kernel[] lefts = of(left, kernel);
                Kernel[] rights = of(right, kernel);
                yield make(lefts.length, each -> Kernels.binary(operation, lefts[each], rights[each]));
            }
            case Where(Kernel condition, Kernel then, Kernel otherwise, var _) -> {
                Kernel[] conditions = of(condition, kernel);
                Kernel[] thens = of(then, kernel);
                Kernel[] others = of(otherwise, kernel);
                yield make(thens.length, each -> Kernels.where(conditions[each], thens[each], others[each]));
            }
            case Linear linear -> linear(linear);
            case Reduce reduce -> reduce(reduce);
        };
    }

    private Kernel[] leaf(Leaf leaf) {
        int size = leaf.shape().size();
        return switch (leaf) {
            case Leaf.Argument(int index, Shape _) -> make(size, each -> argument(index, each));
            case Leaf.Constant(Tensor tensor) -> make(size, each -> Kernels.constant(tensor.at(each)));
            case Leaf.Random(String stream, List<KeyTerm> key, Shape shape) ->
                shape.rank() == 0
                        ? new Kernel[] {leaf}
                        : make(size, each -> {
                            List<KeyTerm> longer = new ArrayList<>(key);
                            longer.add(KeyTerm.literal(each));
                            return new Leaf.Random(stream, longer, Shape.SCALAR);
                        });
            case Leaf.KeyNumber _, Leaf.KeyTest _, Leaf.Hyper _ -> new Kernel[] {leaf};
        };
    }

    /// Element `position` of argument `index`.
    static Leaf.Argument argument(int index, int position) {
        return new Leaf.Argument(position * 2 + index, Shape.SCALAR);
    }

    private Kernel[] linear(Linear linear) {
        return switch (linear) {
            case Linear.MatMul(Kernel left, Kernel right, var _) -> {
                Kernel[] lefts = of(left, linear);
                Kernel[] rights = of(right, linear);
                int inner = left.shape().extent(1);
                int columns = right.shape().extent(1);
                made += linear.shape().size() * inner;
                yield make(linear.shape().size(), each -> {
                    Kernel[] products = make(
                            inner,
                            middle -> Kernels.multiply(
                                    lefts[each / columns * inner + middle], rights[middle * columns + each % columns]));
                    return sum(List.of(products));
                });
            }
            case Linear.Transpose(Kernel input, var _) -> {
                Kernel[] values = of(input, linear);
                int rows = input.shape().extent(0);
                int columns = input.shape().extent(1);
                yield make(values.length, each -> values[each % rows * columns + each / rows]);
            }
            case Linear.Reshape(Kernel input, Shape _) -> of(input, linear);
            case Linear.Broadcast(Kernel input, Shape shape) -> {
                Kernel[] values = of(input, linear);
                int[] sources = shape.sources(input.shape());
                yield make(sources.length, each -> values[sources[each]]);
            }
            case Linear.Concat(List<Kernel> inputs, int axis, var _) -> {
                int blocks = blocks(linear.shape(), axis);
                List<Kernel> all = new ArrayList<>();
                for (int block = 0; block < blocks; block++) {
                    for (Kernel input : inputs) {
                        Kernel[] values = of(input, linear);
                        int width = values.length / blocks;
                        all.addAll(Arrays.asList(values).subList(block * width, (block + 1) * width));
                    }
                }
                yield all.toArray(Kernel[]::new);
            }
            case Linear.Slice(Kernel input, int axis, int from, int to, var _) -> {
                Kernel[] values = of(input, linear);
                int width = values.length / blocks(input.shape(), axis);
                int unit = width / input.shape().extent(axis);
                int kept = (to - from) * unit;
                yield make(linear.shape().size(), each -> values[each / kept * width + from * unit + each % kept]);
            }
        };
    }

    private Kernel[] reduce(Reduce reduce) {
        Kernel[] values = of(reduce.input(), reduce);
        int[] targets = reduce.input().shape().sources(reduce.shape());
        List<List<Kernel>> groups = new ArrayList<>();
        for (int target = 0; target < reduce.shape().size(); target++) {
            groups.add(new ArrayList<>());
        }
        for (int position = 0; position < targets.length; position++) {
            groups.get(targets[position]).add(values[position]);
        }
        return groups.stream()
                .map(group -> switch (reduce.operation()) {
                    case SUM -> sum(group);
                    case MAXIMUM -> most(group);
                    case LOGSUMEXP -> {
                        Kernel most = most(group);
                        yield Kernels.add(
                                most,
                                Kernels.log(sum(group.stream()
                                        .map(each -> Kernels.exp(Kernels.subtract(each, most)))
                                        .toList())));
                    }
                })
                .toArray(Kernel[]::new);
    }

    private static Kernel sum(List<Kernel> terms) {
        return terms.stream().reduce(Kernels::add).orElseThrow();
    }

    private static Kernel most(List<Kernel> values) {
        return values.stream().reduce(Kernels::maximum).orElseThrow();
    }

    private Kernel[] of(Kernel kernel, Kernel user) {
        Kernel[] elements = known.get(kernel);
        if (elements == null) {
            throw new IllegalStateException("inputs come before " + user.text());
        }
        return elements;
    }

    private static Kernel[] make(int size, IntFunction<Kernel> element) {
        Kernel[] elements = new Kernel[size];
        for (int each = 0; each < size; each++) {
            elements[each] = element.apply(each);
        }
        return elements;
    }

    private static int blocks(Shape shape, int axis) {
        return shape.extents().subList(0, axis).stream().reduce(1, Math::multiplyExact);
    }
}
