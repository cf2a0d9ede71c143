package org.relata.algebra.rewrite;

import java.util.Optional;
import org.relata.algebra.RelExpr;

/// Joins under sums are made in another order, and sums as soon as they can be, where that costs less: Â·(X·W) or
/// (Â·X)·W, whichever moves fewer numbers.
///
/// Three relations or more are joined by products, each linear in what it multiplies. [Costs] says what is estimated
/// and
/// how; the new order must cost a tenth less, so that a tie leaves a program as it is written.
record ContractionOrder() implements Rewrite {
    static final String NAME = "contraction-order";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String what() {
        return "products of three or more relations under sums are joined in the order that is estimated to cost least";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return uses.sumProduct(expression)
                .filter(sum -> sum.factors().size() > 2)
                .flatMap(sum -> Plan.of(sum, uses.active(AggregatesBelowJoins.NAME)))
                .flatMap(plan -> plan.cheapest()
                        .filter(way -> way.cost() < 0.9 * plan.present())
                        .map(_ -> Assembly.of(plan)));
    }
}
