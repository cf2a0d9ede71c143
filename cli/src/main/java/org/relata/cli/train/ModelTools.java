package org.relata.cli.train;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.relata.algebra.RelExpr;
import org.relata.algebra.rewrite.Rewrite;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.run.Runner;
import org.relata.database.source.WritableDatabase;
import org.relata.sql.layout.Layout;
import org.relata.sql.layout.LayoutChoice;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.run.SqlRunner;
import org.relata.sql.write.Columns;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.ModelScript;
import org.relata.sql.write.ModelStorage;

/// What `grad` and `train` take from the sql module, by the words of the command line.
final class ModelTools {
    private ModelTools() {}

    /// All rewrites but some.
    static Rewrites rewrites(Set<String> without) {
        Rewrites rewrites = Rewrites.all();
        for (String name : without) {
            rewrites = rewrites.without(name);
        }
        return rewrites;
    }

    /// Gradients as a tree before and after rewriting, and the layout with what it would cost.
    static String explain(Model model, List<String> wrt, Rewrites rewrites) {
        ModelScript plain = ModelScript.gradient(model, wrt, Rewrites.none());
        ModelScript script = ModelScript.gradient(model, wrt, rewrites);
        StringBuilder text = new StringBuilder("before\n");
        text.append(RelExpr.explain(plain.plain())).append("\nrewrites\n");
        rewrites.active().stream()
                .filter(Rewrite::differentiates)
                .forEach(each -> text.append("  ").append(each.name()).append(", while differentiating\n"));
        script.rewritten()
                .applied()
                .forEach((name, times) -> text.append("  ")
                        .append(name)
                        .append(" × ")
                        .append(times)
                        .append('\n'));
        text.append("\nafter\n").append(RelExpr.explain(script.rewritten().outputs()));
        return text.append('\n').append(script.choice().explain()).append('\n').toString();
    }

    /// Gradients as SQL that runs.
    ///
    /// @param layout `auto`, `scalar` or `wide`
    /// @param columns how the tables stand
    static String sql(
            Model model, List<String> wrt, Rewrites rewrites, String dialect, String layout, Columns columns) {
        ModelScript script = ModelScript.gradient(model, wrt, rewrites);
        Dialect written = Dialect.named(dialect);
        Layout chosen =
                layout.equals("auto") ? script.choice().layout() : Layout.valueOf(layout.toUpperCase(Locale.ROOT));
        ModelStorage storage = new ModelStorage(model, written, chosen, columns);
        String program = script.sql(written, chosen, storage).text();
        return storage.text() + program;
    }

    /// A runner in a database, with the tables of data bound where they stand.
    static Runner runner(WritableDatabase.Kind kind, Connection connection, Model model) {
        Dialect dialect = switch (kind) {
            case DUCKDB -> Dialect.DUCKDB;
            case POSTGRES -> Dialect.POSTGRES;
        };
        SqlRunner runner = new SqlRunner(connection, dialect, layout(model));
        model.inputs().stream().filter(input -> !input.learned()).forEach(runner::bindTable);
        return runner;
    }

    /// A runner in DuckDB, with nothing bound.
    static Runner duckdb(Connection connection, Model model) {
        return new SqlRunner(connection, Dialect.DUCKDB, layout(model));
    }

    private static Layout layout(Model model) {
        return LayoutChoice.of(ModelScript.gradient(
                                model,
                                model.parameters().stream().map(Input::relation).toList(),
                                Rewrites.all())
                        .rewritten()
                        .outputs()
                        .values())
                .layout();
    }
}
