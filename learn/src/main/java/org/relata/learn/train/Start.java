package org.relata.learn.train;

import java.util.Map;
import java.util.function.Supplier;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// Gives the parameters of a model the values that they start with.
@FunctionalInterface
public interface Start {
    /// Binds every parameter.
    void bind(Runner runner);

    /// The values of relations, which are made when they are asked for.
    static Start of(Model model, Supplier<Map<String, Relation>> values) {
        return runner -> {
            Map<String, Relation> made = values.get();
            for (Input parameter : model.parameters()) {
                Relation relation = made.get(parameter.relation());
                if (relation == null) {
                    throw new AlgebraException(
                            "parameter.missing", "parameter " + parameter.relation(), "it has no start", "give it one");
                }
                runner.bind(parameter.relation(), relation);
            }
        };
    }
}
