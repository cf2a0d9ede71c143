package org.relata.algebra.kernel;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;

/// Kernels as graphs: what is shared is visited once. Equality of records would visit it once for each use, which
/// grows without bound in repeated derivatives.
public final class KernelGraph {
    private KernelGraph() {}

    /// All kernels below and including this one, inputs before users.
    public static List<Kernel> sorted(Kernel kernel) {
        List<Kernel> order = new ArrayList<>();
        // Not recursive: a generated kernel may be deeper than the stack.
        IdentityHashMap<Kernel, Boolean> finished = new IdentityHashMap<>();
        ArrayDeque<Kernel> open = new ArrayDeque<>(List.of(kernel));
        while (!open.isEmpty()) {
            Kernel each = open.peek();
            Boolean state = finished.get(each);
            if (state == null) {
                finished.put(each, false);
                each.inputs().reversed().forEach(input -> {
                    if (!finished.containsKey(input)) {
                        open.push(input);
                    }
                });
            } else {
                open.pop();
                if (!state) {
                    finished.put(each, true);
                    order.add(each);
                }
            }
        }
        return order;
    }

    /// The same kernel with leaves replaced by kernels of the same shape.
    public static Kernel replaceLeaves(Kernel kernel, UnaryOperator<Kernel> leaves) {
        IdentityHashMap<Kernel, Kernel> made = new IdentityHashMap<>();
        for (Kernel each : sorted(kernel)) {
            made.put(
                    each,
                    each instanceof Leaf
                            ? leaves.apply(each)
                            : Simplified.of(each.withInputs(
                                    each.inputs().stream().map(made::get).toList())));
        }
        return requireNonNull(made.get(kernel));
    }

    /// The same kernel with some of the kernels below it replaced, by identity, by kernels of the same shape.
    public static Kernel replace(Kernel kernel, Map<Kernel, Kernel> replacements) {
        IdentityHashMap<Kernel, Kernel> by = new IdentityHashMap<>();
        by.putAll(replacements);
        IdentityHashMap<Kernel, Kernel> made = new IdentityHashMap<>();
        for (Kernel each : sorted(kernel)) {
            Kernel other = by.get(each);
            made.put(
                    each,
                    other != null
                            ? other
                            : each instanceof Leaf
                                    ? each
                                    : Simplified.of(each.withInputs(each.inputs().stream()
                                            .map(made::get)
                                            .toList())));
        }
        return requireNonNull(made.get(kernel));
    }

    /// The kernel with its keys said in other terms and its arguments replaced by kernels of their shapes.
    public static Kernel place(Kernel kernel, UnaryOperator<KeyTerm> keys, Map<Integer, Kernel> arguments) {
        return replaceLeaves(kernel, each -> switch ((Leaf) each) {
            case Argument argument -> arguments.getOrDefault(argument.index(), argument);
            case Leaf.KeyNumber number -> Kernels.key(number.term().replace(keys));
            case Leaf.KeyTest test -> Kernels.test(test.predicate().replace(keys));
            case Leaf.Random random ->
                new Leaf.Random(
                        random.stream(),
                        random.key().stream().map(term -> term.replace(keys)).toList(),
                        random.shape());
            case Leaf.Constant constant -> constant;
            case Leaf.Hyper hyper -> hyper;
        });
    }

    /// The key attributes that a kernel reads.
    public static Set<Reference> references(Kernel kernel) {
        Set<Reference> read = new LinkedHashSet<>();
        place(
                kernel,
                reference -> {
                    read.add((Reference) reference);
                    return reference;
                },
                Map.of());
        return read;
    }

    /// How many operations it would be if what is shared were computed for each use, as in a formula.
    public static double written(Kernel kernel) {
        IdentityHashMap<Kernel, Double> sizes = new IdentityHashMap<>();
        for (Kernel each : sorted(kernel)) {
            double size = each instanceof Leaf ? 0 : 1;
            for (Kernel input : each.inputs()) {
                size += requireNonNull(sizes.get(input));
            }
            sizes.put(each, size);
        }
        return requireNonNull(sizes.get(kernel));
    }

    /// Gives equal kernels the same object, across all kernels it is asked about.
    public static final class Sharing {
        private final Map<Kernel, Integer> numbers = new HashMap<>();
        private final List<Kernel> kernels = new ArrayList<>();

        /// The one object for kernels that are equal to this one.
        public Kernel share(Kernel kernel) {
            return kernels.get(number(kernel));
        }

        /// The number of that object.
        public int number(Kernel kernel) {
            IdentityHashMap<Kernel, Integer> known = new IdentityHashMap<>();
            for (Kernel each : sorted(kernel)) {
                // Inputs stand as numbered placeholders, so that a key is compared without looking below it.
                Kernel key = each.withInputs(each.inputs().stream()
                        .map(input -> (Kernel) new Argument(-1 - requireNonNull(known.get(input)), input.shape()))
                        .toList());
                Integer number = numbers.get(key);
                if (number == null) {
                    number = kernels.size();
                    numbers.put(key, number);
                    kernels.add(each.withInputs(each.inputs().stream()
                            .map(input -> kernels.get(requireNonNull(known.get(input))))
                            .toList()));
                }
                known.put(each, number);
            }
            return requireNonNull(known.get(kernel));
        }
    }

    /// A formula; long when much is shared, so bounded.
    static String text(Kernel kernel) {
        IdentityHashMap<Kernel, String> texts = new IdentityHashMap<>();
        for (Kernel each : sorted(kernel)) {
            String text = each.text(each.inputs().stream().map(texts::get).toList());
            texts.put(each, text.length() > 1000 ? text.substring(0, 1000) + " …" : text);
        }
        return Kernels.bare(requireNonNull(texts.get(kernel)));
    }
}
