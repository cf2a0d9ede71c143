package org.relata.sql.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.key.KeyTerm.Reference;
import org.relata.algebra.key.Side;
import org.relata.algebra.value.Shape;
import org.relata.sql.parse.Value.Held;

/// A relation on the way to that of a SELECT: one of FROM, or some joined.
///
/// @param keys the attribute of each variable that it knows
/// @param held what its value carries: nothing that matters, one thing as it is, or several flat and one after the
/// other
/// @param where a condition on its own key that is still to be applied
/// @param order where in FROM it starts
record Unit(RelExpr relation, Map<String, String> keys, List<Held> held, KeyPredicate where, int order) {
    /// Copies.
    Unit {
        keys = new LinkedHashMap<>(keys);
        held = List.copyOf(held);
    }

    /// A relation as it is; where two of its attributes are one variable, they must be equal.
    static Unit of(RelExpr relation, List<String> variables, List<Held> held, int order) {
        Map<String, String> keys = new LinkedHashMap<>();
        KeyPredicate where = KeyPredicate.always();
        List<String> attributes = relation.type().names();
        for (int index = 0; index < attributes.size(); index++) {
            String first = keys.putIfAbsent(variables.get(index), attributes.get(index));
            if (first != null) {
                where = where.and(KeyPredicate.equal(KeyTerm.left(first), KeyTerm.left(attributes.get(index))));
            }
        }
        return new Unit(relation, keys, held, where, order);
    }

    /// This unit and a condition over variables that it knows.
    Unit and(KeyPredicate condition) {
        return new Unit(relation, keys, held, where.and(condition.replace(terms(Side.LEFT))), order);
    }

    /// Variables as attributes of this unit, seen as one side of an operator; others stay.
    UnaryOperator<KeyTerm> terms(Side side) {
        return reference -> {
            String attribute = keys.get(((Reference) reference).name());
            return attribute == null ? reference : new Reference(side, attribute);
        };
    }

    /// What is held, as kernels of the argument of this unit.
    Map<Integer, Kernel> unpacked(int argument) {
        Shape shape = relation.type().shape();
        Map<Integer, Kernel> unpacked = new HashMap<>();
        int from = 0;
        for (Held each : held) {
            Kernel all = new Argument(argument, shape);
            int to = from + each.shape().size();
            unpacked.put(
                    each.id(), held.size() == 1 ? all : Kernels.reshape(Kernels.slice(all, 0, from, to), each.shape()));
            from = to;
        }
        return unpacked;
    }

    /// Kernels as one.
    static Kernel packed(List<Kernel> kernels) {
        if (kernels.size() <= 1) {
            return kernels.isEmpty() ? Kernels.constant(1) : kernels.getFirst();
        }
        List<Kernel> flat = new ArrayList<>();
        kernels.forEach(
                each -> flat.add(Kernels.reshape(each, Shape.of(each.shape().size()))));
        return Kernels.concat(0, flat);
    }

    /// This unit with its condition applied.
    Unit settled() {
        return where.isTrue()
                ? this
                : mapped(held, new Argument(0, relation.type().shape()));
    }

    /// This unit with its condition applied and another value.
    Unit mapped(List<Held> holds, Kernel kernel) {
        RelExpr mapped = new Select(where, KeyProjection.all(relation.type().key()), kernel, relation);
        return new Unit(mapped, keys, holds, KeyPredicate.always(), order);
    }

    /// How many numbers are held.
    int size() {
        return held.stream().mapToInt(each -> each.shape().size()).sum();
    }

    boolean knows(Set<String> variables) {
        return keys.keySet().containsAll(variables);
    }

    /// Whether variables determine the tuple.
    boolean determinedBy(Set<String> variables) {
        Set<String> attributes = new HashSet<>();
        variables.forEach(variable -> {
            String attribute = keys.get(variable);
            if (attribute != null) {
                attributes.add(attribute);
            }
        });
        return relation.type().determinedBy(attributes) || attributes.containsAll(keys.values());
    }
}
