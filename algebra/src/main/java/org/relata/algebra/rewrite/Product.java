package org.relata.algebra.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.kernel.Binary;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.kernel.Linear;
import org.relata.algebra.kernel.Reduce;
import org.relata.algebra.kernel.Unary;
import org.relata.algebra.kernel.Where;
import org.relata.algebra.value.Shape;

/// A kernel as a product: numbers, which can be multiplied in any order, and a *core* that is linear in each part it is
/// made of, so that a number can move in and out of it.
final class Product {
    /// Beyond it a kernel is not looked into.
    private static final int LARGEST = 150;

    private final List<Kernel> numbers = new ArrayList<>();
    private final Set<Kernel> opaque = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Kernel, Set<Integer>> known = new IdentityHashMap<>();
    private Optional<Kernel> core = Optional.empty();

    private Product() {}

    static Optional<Product> of(Kernel kernel) {
        if (KernelGraph.written(kernel) > LARGEST) {
            return Optional.empty();
        }
        Product product = new Product();
        product.core = product.split(kernel);
        if (product.core.isEmpty() && kernel.shape().rank() > 0) {
            product.core = Optional.of(ones(kernel.shape()));
        }
        return Optional.of(product);
    }

    /// Scalars.
    List<Kernel> numbers() {
        return numbers;
    }

    Optional<Kernel> core() {
        return core;
    }

    /// Whether the kernel is linear in an argument: it is a factor once, and nothing is done to it that is not linear.
    boolean linear(int argument) {
        int places = 0;
        for (Kernel number : numbers) {
            if (number instanceof Argument(int index, Shape _) && index == argument) {
                places++;
            } else if (number.readsArgument(argument)) {
                return false;
            }
        }
        if (core.isPresent()) {
            List<Kernel> parts = new ArrayList<>();
            if (!parts(core.get(), Set.of(argument), parts)) {
                return false;
            }
            for (Kernel part : parts) {
                // The largest part that reads nothing else: linear only if it ends at the argument without an opaque one.
                if (opaqueAbove(part, argument)) {
                    return false;
                }
                places += uses(part, argument);
            }
        }
        return places == 1;
    }

    /// Whether every number, and every part of the core that is not linear, reads one argument at most.
    boolean separable() {
        for (Kernel number : numbers) {
            if (arguments(number).size() > 1) {
                return false;
            }
        }
        for (Kernel each : opaque) {
            if (arguments(each).size() > 1) {
                return false;
            }
        }
        return true;
    }

    /// The largest parts of the core that read only these arguments; empty if a part that is not linear reads others too.
    Optional<List<Kernel>> parts(Set<Integer> some) {
        List<Kernel> parts = new ArrayList<>();
        return core.isEmpty() || parts(core.get(), some, parts) ? Optional.of(parts) : Optional.empty();
    }

    private boolean parts(Kernel at, Set<Integer> some, List<Kernel> parts) {
        Set<Integer> read = known(at);
        if (Collections.disjoint(read, some)) {
            return true;
        }
        if (some.containsAll(read)) {
            parts.add(at);
            return true;
        }
        if (opaque.contains(at)) {
            return false;
        }
        for (Kernel input : at.inputs()) {
            if (!parts(input, some, parts)) {
                return false;
            }
        }
        return true;
    }

    private Set<Integer> known(Kernel kernel) {
        return known.computeIfAbsent(kernel, Product::arguments);
    }

    /// The arguments that a kernel reads.
    static Set<Integer> arguments(Kernel kernel) {
        Set<Integer> read = new LinkedHashSet<>();
        kernel.reads(leaf -> {
            if (leaf instanceof Argument(int index, Shape _)) {
                read.add(index);
            }
            return false;
        });
        return read;
    }

    private boolean opaqueAbove(Kernel part, int argument) {
        return opaque.stream()
                .anyMatch(each -> each.readsArgument(argument)
                        && KernelGraph.sorted(part).stream().anyMatch(below -> below == each));
    }

    /// How often an argument stands in a formula.
    private static int uses(Kernel kernel, int argument) {
        if (kernel instanceof Argument(int index, Shape _)) {
            return index == argument ? 1 : 0;
        }
        int uses = 0;
        for (Kernel input : kernel.inputs()) {
            uses += uses(input, argument);
        }
        return uses;
    }

    /// The core of a kernel, after its numbers were taken out; nothing if all of it is numbers.
    private Optional<Kernel> split(Kernel kernel) {
        return switch (kernel) {
            case Leaf leaf -> {
                if (leaf.shape().rank() == 0) {
                    numbers.add(leaf);
                    yield Optional.empty();
                }
                yield Optional.of(leaf);
            }
            case Unary(Unary.Operation operation, Kernel input, Shape _) -> {
                if (operation == Unary.Operation.NEGATE) {
                    numbers.add(Kernels.constant(-1));
                    yield split(input);
                }
                yield opaque(kernel);
            }
            case Binary binary ->
                switch (binary.operation()) {
                    case MULTIPLY -> {
                        Optional<Kernel> left = split(binary.left());
                        Optional<Kernel> right = split(binary.right());
                        yield left.isPresent() && right.isPresent()
                                ? Optional.of(Kernels.multiply(left.get(), right.get()))
                                : left.or(() -> right);
                    }
                    case DIVIDE -> {
                        Kernel by = binary.right() instanceof Linear.Broadcast(Kernel input, Shape _)
                                ? input
                                : binary.right();
                        if (by.shape().rank() > 0) {
                            yield opaque(kernel);
                        }
                        numbers.add(Kernels.divide(Kernels.constant(1), by));
                        yield split(binary.left());
                    }
                    case ADD, SUBTRACT, POWER, MAXIMUM, MINIMUM -> opaque(kernel);
                    case EQUAL, DIFFERENT, LESS, AT_MOST, GREATER, AT_LEAST -> opaque(kernel);
                };
            case Linear.MatMul product ->
                Optional.of(Kernels.matmul(whole(product.left()), whole(product.right())));
            case Linear.Transpose transpose -> Optional.of(Kernels.transpose(whole(transpose.input())));
            case Linear.Reshape reshape -> Optional.of(Kernels.reshape(whole(reshape.input()), reshape.shape()));
            case Linear.Slice slice ->
                Optional.of(Kernels.slice(whole(slice.input()), slice.axis(), slice.from(), slice.to()));
            case Linear.Broadcast broadcast ->
                split(broadcast.input()).map(input -> Kernels.broadcast(input, broadcast.shape()));
            case Reduce reduce ->
                reduce.operation() == Reduce.Operation.SUM
                        ? Optional.of(Kernels.reduce(Reduce.Operation.SUM, whole(reduce.input()), reduce.shape()))
                        : opaque(kernel);
            case Linear.Concat _, Where _ -> opaque(kernel);
        };
    }

    private Kernel whole(Kernel kernel) {
        return split(kernel).map(core -> Kernels.broadcast(core, kernel.shape())).orElseGet(() -> ones(kernel.shape()));
    }

    private Optional<Kernel> opaque(Kernel kernel) {
        if (kernel.shape().rank() == 0) {
            numbers.add(kernel);
            return Optional.empty();
        }
        opaque.add(kernel);
        return Optional.of(kernel);
    }

    private static Kernel ones(Shape shape) {
        return Kernels.broadcast(Kernels.constant(1), shape);
    }
}
