package org.relata.cli.train;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.database.source.WritableDatabase;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ShapeSource;

/// What `grad` and `train` take from the sql module.
final class ModelTools {
    private ModelTools() {}

    /// Reads the text of a model file.
    static Model parse(String name, String text, ShapeSource shapes) {
        throw missing(name, "model files cannot be read yet");
    }

    /// The names of the rewrites that can be switched off.
    static List<String> rewrites() {
        return List.of();
    }

    /// The gradients of a model's loss.
    ///
    /// @param without rewrites that are switched off
    static Map<String, RelExpr> gradient(Model model, List<String> wrt, Set<String> without) {
        return Autodiff.gradient(model.loss(), wrt.toArray(String[]::new));
    }

    /// A program as a tree, before and after rewriting.
    static String explain(Map<String, RelExpr> outputs, Set<String> without) {
        StringBuilder text = new StringBuilder();
        outputs.forEach((name, expression) ->
                text.append(name).append(":\n").append(expression.explain()).append('\n'));
        return text.toString();
    }

    /// A program as SQL that runs.
    ///
    /// @param dialect `duckdb`, `postgres` or `spark`
    /// @param layout `auto`, `scalar` or `wide`
    static String sql(Model model, Map<String, RelExpr> outputs, String dialect, String layout) {
        throw missing("dialect " + dialect, "gradients cannot be written as SQL yet");
    }

    /// A runner in a database, with the tables of data bound where they stand.
    static Runner runner(WritableDatabase.Kind kind, Connection connection, Model model) {
        throw missing("runner " + kind.label(), "it cannot run programs yet");
    }

    private static AlgebraException missing(String place, String problem) {
        return new AlgebraException("train.missing", place, problem, "");
    }
}
