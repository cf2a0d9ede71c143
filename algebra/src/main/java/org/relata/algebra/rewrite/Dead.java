package org.relata.algebra.rewrite;

import java.util.List;
import java.util.Optional;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregate;
import org.relata.algebra.Constant;
import org.relata.algebra.Join;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Select;
import org.relata.algebra.value.Relation;

/// What is empty for sure is not computed: σ and Σ of an empty constant and ⋈ with one are empty constants, a sum drops
/// them, and a sum of one relation is that relation.
record Dead() implements Rewrite {
    @Override
    public String name() {
        return "dead";
    }

    @Override
    public String what() {
        return "what is computed from an empty constant is one, and a sum drops it";
    }

    @Override
    public Optional<RelExpr> apply(RelExpr expression, Uses uses) {
        return switch (expression) {
            case Scan _, Constant _ -> Optional.empty();
            case Select _, Aggregate _, Join _ ->
                expression.inputs().stream().anyMatch(Dead::empty)
                        ? Optional.of(nothing(expression))
                        : Optional.empty();
            case Add add -> {
                List<RelExpr> rest =
                        add.inputs().stream().filter(input -> !empty(input)).toList();
                yield rest.isEmpty()
                        ? Optional.of(add.inputs().getFirst())
                        : rest.size() == 1
                                ? Optional.of(rest.getFirst())
                                : rest.size() < add.inputs().size() ? Optional.of(new Add(rest)) : Optional.empty();
            }
        };
    }

    private static boolean empty(RelExpr expression) {
        return expression instanceof Constant constant && constant.relation().size() == 0;
    }

    private static RelExpr nothing(RelExpr like) {
        return new Constant(Relation.empty(like.type().key(), like.type().shape()));
    }
}
