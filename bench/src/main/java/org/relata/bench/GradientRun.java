package org.relata.bench;

import java.sql.Connection;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.rewrite.Rewritten;
import org.relata.algebra.run.Program;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Tensor;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.run.SqlRunner;
import org.relata.sql.write.Dialect;

/// The gradient of a model file's loss by all its parameters, as Relata runs it in a database: the data is read where
/// it stands, the results are tables of the session.
final class GradientRun implements AutoCloseable {
    private final SqlRunner runner;
    private final Program program;
    private final Rewritten rewritten;

    /// @param withLoss whether the loss is computed too
    /// @param parameters values of those that are not tables of the database
    GradientRun(
            Connection connection,
            Dialect dialect,
            Layout layout,
            Model model,
            Rewrites rewrites,
            boolean withLoss,
            Map<String, Relation> parameters) {
        this.runner = new SqlRunner(connection, dialect, layout);
        parameters.forEach(runner::bind);
        model.inputs().stream()
                .filter(input -> !parameters.containsKey(input.relation()))
                .forEach(runner::bindTable);
        String[] names = model.parameters().stream().map(Input::relation).toArray(String[]::new);
        Map<String, RelExpr> outputs = new LinkedHashMap<>();
        if (withLoss) {
            outputs.put("loss", model.loss());
        }
        outputs.putAll(Autodiff.gradient(model.loss(), rewrites, names));
        this.rewritten = rewrites.apply(outputs);
        this.program = runner.compile(rewritten.outputs());
    }

    /// Computes it once more.
    void run() {
        program.run(Settings.NONE);
    }

    /// What the last run computed for all parameters, one after the other in the order of their names, keys in order.
    double[] gradients() {
        return rewritten.outputs().keySet().stream()
                .filter(name -> !name.equals("loss"))
                .sorted()
                .flatMapToDouble(name -> program.output(name).tuples().values().stream()
                        .map(Tensor::toArray)
                        .flatMapToDouble(Arrays::stream))
                .toArray();
    }

    /// The statements.
    String sql() {
        return program.explain();
    }

    @Override
    public void close() {
        program.close();
        runner.close();
    }
}
