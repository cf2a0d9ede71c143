package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.relata.algebra.kernel.Leaf;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.sql.parse.Value.Held;

/// Which parts of an expression can be computed from what some relations hold.
final class Reduction {
    private final Set<Integer> holds;
    private final Set<String> variables;
    private final IntSupplier ids;
    private final Map<Value, Held> parts = new LinkedHashMap<>();

    /// @param holds the ids of what is held
    /// @param variables what keys are known
    /// @param ids gives fresh ids
    Reduction(Set<Integer> holds, Set<String> variables, IntSupplier ids) {
        this.holds = holds;
        this.variables = variables;
        this.ids = ids;
    }

    /// What has been found worth computing, the largest parts there are, and what stands for them.
    Map<Value, Held> parts() {
        return parts;
    }

    /// The expression with its largest computable parts replaced by what is held then. Of a sum or product as many
    /// inputs
    /// as are computable are one part.
    Value reduce(Value value) {
        if (isComputable(value)) {
            return reads(value, holds) ? part(value) : value;
        }
        if (!(value instanceof Value.Apply apply)) {
            return value;
        }
        List<Value> together = apply.operation().splits()
                ? apply.inputs().stream()
                        .filter(each -> isComputable(each) && !(each instanceof Value.Fixed))
                        .toList()
                : List.of();
        boolean split = together.size() > 1 && together.stream().anyMatch(each -> reads(each, holds));
        Set<Value> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(together);
        List<Value> inputs = new ArrayList<>();
        boolean placed = false;
        for (Value each : apply.inputs()) {
            if (!split || !chosen.contains(each)) {
                inputs.add(reduce(each));
            } else if (!placed) {
                inputs.add(part(apply.with(together)));
                placed = true;
            }
        }
        return apply.with(inputs);
    }

    /// Whether reducing would combine something of one set of holds with something of another.
    boolean combines(Value value, Set<Integer> left, Set<Integer> right) {
        if (!(value instanceof Value.Apply apply)) {
            return false;
        }
        if (isComputable(value)) {
            return reads(value, left) && reads(value, right);
        }
        if (apply.operation().splits()) {
            List<Value> together =
                    apply.inputs().stream().filter(this::isComputable).toList();
            if (together.stream().anyMatch(each -> reads(each, left))
                    && together.stream().anyMatch(each -> reads(each, right))) {
                return true;
            }
        }
        return apply.inputs().stream().anyMatch(each -> combines(each, left, right));
    }

    private Held part(Value value) {
        if (value instanceof Held held) {
            parts.put(held, held);
            return held;
        }
        return parts.computeIfAbsent(value, each -> new Held(ids.getAsInt(), each.shape()));
    }

    private boolean isComputable(Value value) {
        return switch (value) {
            case Value.Fixed _ -> true;
            case Value.OfKeys ofKeys -> variables.containsAll(variables(ofKeys));
            case Held held -> holds.contains(held.id());
            case Value.Apply apply -> apply.inputs().stream().allMatch(this::isComputable);
            case Value.Column _, Value.Aggregated _ -> false;
        };
    }

    /// Whether it uses anything of what is held.
    static boolean reads(Value value, Set<Integer> holds) {
        return switch (value) {
            case Held held -> holds.contains(held.id());
            case Value.Apply apply -> apply.inputs().stream().anyMatch(each -> reads(each, holds));
            case Value.Fixed _, Value.OfKeys _, Value.Column _, Value.Aggregated _ -> false;
        };
    }

    /// The variables that an expression reads.
    static Set<String> variables(Value value) {
        Set<String> variables = new HashSet<>();
        collect(value, variables);
        return variables;
    }

    private static void collect(Value value, Set<String> variables) {
        switch (value) {
            case Value.OfKeys ofKeys ->
                Value.rekey(ofKeys.leaf(), reference -> {
                    variables.add(((KeyTerm.Reference) reference).name());
                    return reference;
                });
            case Value.Apply apply -> apply.inputs().forEach(each -> collect(each, variables));
            case Value.Aggregated aggregated -> collect(aggregated.input(), variables);
            case Value.Fixed _, Value.Column _, Held _ -> {}
        }
    }

    /// The variables that a condition reads.
    static Set<String> variables(KeyPredicate condition) {
        return variables(new Value.OfKeys(new Leaf.KeyTest(condition)));
    }

    /// The variables that a term reads.
    static Set<String> variables(KeyTerm term) {
        return variables(new Value.OfKeys(new Leaf.KeyNumber(term)));
    }
}
