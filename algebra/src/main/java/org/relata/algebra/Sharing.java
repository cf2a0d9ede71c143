package org.relata.algebra;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.relata.algebra.kernel.KernelGraph;

/// Gives equal expressions the same object, across all expressions it is asked about, in time proportional to the
/// graph. What
/// is then compared by identity is compared by meaning.
public final class Sharing {
    private final KernelGraph.Sharing kernels = new KernelGraph.Sharing();
    private final Map<List<Object>, Integer> numbers = new HashMap<>();
    private final List<RelExpr> expressions = new ArrayList<>();
    private final IdentityHashMap<RelExpr, Integer> known = new IdentityHashMap<>();

    /// The one object for expressions that are equal to this one.
    public RelExpr share(RelExpr expression) {
        for (RelExpr each : sorted(List.of(expression), known)) {
            number(each);
        }
        return shared(expression);
    }

    /// All expressions below and including these, each once, inputs before users.
    public static List<RelExpr> sorted(RelExpr... expressions) {
        return sorted(List.of(expressions), new IdentityHashMap<>());
    }

    /// The same without what is known, and what is below that.
    private static List<RelExpr> sorted(List<RelExpr> expressions, IdentityHashMap<RelExpr, Integer> known) {
        List<RelExpr> order = new ArrayList<>();
        // Not recursive: a generated program may be deeper than the stack.
        IdentityHashMap<RelExpr, Boolean> finished = new IdentityHashMap<>();
        ArrayDeque<RelExpr> open = new ArrayDeque<>(expressions);
        while (!open.isEmpty()) {
            RelExpr each = open.peek();
            Boolean state = finished.get(each);
            if (known.containsKey(each)) {
                open.pop();
            } else if (state == null) {
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

    private RelExpr shared(RelExpr expression) {
        return expressions.get(number(expression));
    }

    private int number(RelExpr expression) {
        Integer already = known.get(expression);
        if (already != null) {
            return already;
        }
        List<Object> identity = Stream.concat(
                        own(expression).stream(), expression.inputs().stream().map(this::number))
                .toList();
        Integer number = numbers.get(identity);
        if (number == null) {
            number = expressions.size();
            numbers.put(identity, number);
            expressions.add(rebuilt(expression));
            known.put(expressions.getLast(), number);
        }
        known.put(expression, number);
        return number;
    }

    /// What makes an operator what it is, besides its inputs.
    private List<Object> own(RelExpr expression) {
        return switch (expression) {
            case Scan scan -> List.of(scan);
            case Constant constant -> List.of(constant);
            case Select select -> List.of("select", select.where(), select.project(), kernels.number(select.kernel()));
            case Aggregate aggregate -> List.of("aggregate", aggregate.groupBy(), aggregate.aggregator());
            case Join join -> List.of("join", join.on(), join.project(), kernels.number(join.kernel()));
            case Add _ -> List.of("add");
        };
    }

    private RelExpr rebuilt(RelExpr expression) {
        List<RelExpr> inputs = expression.inputs().stream().map(this::shared).toList();
        return switch (expression) {
            case Scan scan -> scan;
            case Constant constant -> constant;
            case Select select ->
                new Select(
                        select.where(),
                        select.project(),
                        kernels.share(select.kernel()),
                        inputs.getFirst(),
                        select.type());
            case Aggregate aggregate ->
                new Aggregate(aggregate.groupBy(), aggregate.aggregator(), inputs.getFirst(), aggregate.type());
            case Join join ->
                new Join(
                        join.on(),
                        join.project(),
                        kernels.share(join.kernel()),
                        inputs.get(0),
                        inputs.get(1),
                        join.type());
            case Add add -> new Add(inputs, add.type());
        };
    }
}
