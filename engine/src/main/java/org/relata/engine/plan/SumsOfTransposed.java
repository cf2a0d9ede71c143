package org.relata.engine.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Aggregator;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.kernel.Linear;

/// Sums of matrices of which rows and columns are exchanged afterwards, with that done before: it costs a product
/// nothing to leave its result the other way round.
public final class SumsOfTransposed {
    private SumsOfTransposed() {}

    /// The same outputs.
    public static Map<String, RelExpr> apply(Map<String, RelExpr> outputs) {
        Map<RelExpr, List<RelExpr>> readers = readers(outputs.values());
        Map<RelExpr, RelExpr> made = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(outputs.values().toArray(RelExpr[]::new))) {
            List<RelExpr> inputs = each.inputs().stream()
                    .map(input -> requireNonNull(made.get(input)))
                    .toList();
            int transposed = transposed(each);
            boolean moves = transposed >= 0
                    && each.inputs().get(transposed) instanceof Aggregate aggregate
                    && aggregate.aggregator() == Aggregator.SUM
                    && requireNonNull(readers.get(aggregate)).size() == 1
                    && outputs.values().stream().noneMatch(output -> output == aggregate);
            boolean same = IntStream.range(0, inputs.size())
                    .allMatch(index -> inputs.get(index) == each.inputs().get(index));
            made.put(each, moves ? exchanged(each, transposed, inputs) : same ? each : each.withInputs(inputs));
        }
        Map<String, RelExpr> all = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> all.put(name, requireNonNull(made.get(expression))));
        return all;
    }

    private static Map<RelExpr, List<RelExpr>> readers(Collection<RelExpr> outputs) {
        Map<RelExpr, List<RelExpr>> readers = new IdentityHashMap<>();
        for (RelExpr each : Sharing.sorted(outputs.toArray(RelExpr[]::new))) {
            each.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, _ -> new ArrayList<>())
                            .add(each));
        }
        return readers;
    }

    /// The input whose matrices an operator passes on the other way round; negative if it does not.
    private static int transposed(RelExpr operator) {
        return switch (operator) {
            case Select select -> transposed(select.kernel());
            case Join join -> transposed(join.kernel());
            case Scan _, Constant _, Aggregate _, Add _ -> -1;
        };
    }

    private static int transposed(Kernel kernel) {
        return kernel instanceof Linear.Transpose transpose && transpose.input() instanceof Leaf.Argument argument
                ? argument.index()
                : -1;
    }

    /// The operator, which passes on sums of what was exchanged before.
    private static RelExpr exchanged(RelExpr operator, int index, List<RelExpr> inputs) {
        RelExpr sum = inputs.get(index);
        RelExpr matrices = sum.inputs().getFirst();
        RelExpr before = sum.withInputs(List.of(matrices.map(Kernels::transpose)));
        List<RelExpr> others = new ArrayList<>(inputs);
        others.set(index, before);
        Kernel passing = new Leaf.Argument(index, before.type().shape());
        return switch (operator) {
            case Select select -> new Select(select.where(), select.project(), passing, before);
            case Join join -> new Join(join.on(), join.project(), passing, others.getFirst(), others.getLast());
            case Scan _, Constant _, Aggregate _, Add _ -> throw new IllegalStateException(operator.label());
        };
    }
}
