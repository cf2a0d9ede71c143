package org.relata.learn.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.Comparison;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;

/// A whole step as one program: the loss, the new parameters, and the new values of what the optimiser keeps. The
/// outputs are called like the relations that they replace.
///
/// @param loss the name of the output that holds the loss
/// @param changed the names of the relations that a step changes, which are outputs too
/// @param outputs all outputs
/// @param reached for each parameter how many of its keys the gradient reaches: a program of its own
record StepProgram(String loss, Set<String> changed, Map<String, RelExpr> outputs, Map<String, RelExpr> reached) {
    static StepProgram of(Model model, Optimizer optimizer) {
        List<Input> parameters = model.parameters();
        String[] names = parameters.stream().map(Input::relation).toArray(String[]::new);
        RelExpr split = TrainingSetup.split(model.loss());
        Map<String, RelExpr> gradients = TrainingSetup.gradients(split, names);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        Map<String, RelExpr> reached = new LinkedHashMap<>();
        for (Input parameter : parameters) {
            RelExpr gradient = gradients.get(parameter.relation());
            if (gradient == null) {
                throw new IllegalStateException("no gradient by " + parameter.relation());
            }
            Update update = optimizer.update(parameter.scan(), gradient);
            outputs.put(parameter.relation(), update.parameter());
            outputs.putAll(update.state());
            reached.put(parameter.relation(), count(gradient));
        }
        Set<String> changed = new LinkedHashSet<>(outputs.keySet());
        String loss = "loss";
        while (outputs.containsKey(loss)) {
            loss += "_";
        }
        outputs.put(loss, split);
        return new StepProgram(loss, changed, outputs, reached);
    }

    /// How many keys have a gradient that is not zero.
    private static RelExpr count(RelExpr gradient) {
        return gradient.map(value ->
                        Kernels.compare(Kernels.sum(Kernels.abs(value)), Comparison.GREATER, Kernels.constant(0)))
                .aggregate(Aggregator.SUM);
    }
}
