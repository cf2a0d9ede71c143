package org.relata.algebra.kernel;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.relata.algebra.value.Tensor;

/// A kernel's operations in the order in which they are computed: looked up once, for any number of tuples.
public final class KernelOrder {
    private final List<Kernel> kernels;

    /// For each kernel where in the order its inputs stand.
    private final int[][] inputs;

    /// The order of a kernel.
    public KernelOrder(Kernel kernel) {
        this.kernels = KernelGraph.sorted(kernel);
        this.inputs = new int[kernels.size()][];
        IdentityHashMap<Kernel, Integer> positions = new IdentityHashMap<>();
        for (int position = 0; position < inputs.length; position++) {
            inputs[position] = kernels.get(position).inputs().stream()
                    .mapToInt(input -> requireNonNull(positions.get(input)))
                    .toArray();
            positions.put(kernels.get(position), position);
        }
    }

    /// The value for one tuple or pair of tuples.
    public Tensor evaluate(KernelContext context) {
        Tensor[] values = new Tensor[inputs.length];
        for (int position = 0; position < inputs.length; position++) {
            values[position] = kernels.get(position).value(picked(values, inputs[position]), context);
        }
        return values[values.length - 1];
    }

    private static List<Tensor> picked(Tensor[] values, int[] positions) {
        return switch (positions.length) {
            case 0 -> List.of();
            case 1 -> List.of(values[positions[0]]);
            case 2 -> List.of(values[positions[0]], values[positions[1]]);
            default -> Arrays.stream(positions).mapToObj(each -> values[each]).toList();
        };
    }
}
