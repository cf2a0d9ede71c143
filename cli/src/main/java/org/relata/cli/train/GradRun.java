package org.relata.cli.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.database.RelataException;
import org.relata.database.source.WritableDatabase;
import org.relata.sql.model.Input;
import org.relata.sql.model.Model;
import org.relata.sql.parse.ShapeSource;
import org.relata.sql.run.JdbcColumns;
import org.relata.sql.run.JdbcTables;
import org.relata.sql.write.Columns;

/// The gradients of a model file as text.
public final class GradRun {
    private static final List<String> DIALECTS = List.of("duckdb", "postgres", "spark");
    private static final List<String> LAYOUTS = List.of("auto", "scalar", "wide");

    private GradRun() {}

    /// What is asked for.
    ///
    /// @param wrt relations to differentiate by; all parameters if there is none
    /// @param dialect empty for that of the database, or DuckDB's
    /// @param without names of rewrites that are switched off
    /// @param lists whether vectors and matrices are list columns, where no database says how they stand
    /// @param database where it is looked up how tables stand, and shapes that the file leaves open; empty for none
    public record Request(
            Path model,
            List<String> wrt,
            String dialect,
            String layout,
            boolean explain,
            Set<String> without,
            boolean lists,
            String database,
            Map<String, String> environment) {
        /// Copies, and checks what is a choice.
        public Request {
            wrt = List.copyOf(wrt);
            without = Set.copyOf(without);
            choice("--dialect", dialect, DIALECTS);
            choice("--layout", layout, LAYOUTS);
            without.forEach(name -> choice("--no-rewrite", name, Rewrites.names()));
            if (lists && !database.isEmpty()) {
                throw RelataException.usage(
                        "grad.lists",
                        "--lists",
                        "with --db it is seen how vectors and matrices stand",
                        "leave one of them out");
            }
        }
    }

    /// The text that is asked for.
    public static String run(Request request) {
        ModelFile file = ModelFile.read(request.model());
        if (request.database().isEmpty()) {
            return text(request, file.parse(ShapeSource.none()), request.dialect(), Columns.declared(request.lists()));
        }
        try (WritableDatabase database = WritableDatabase.open(request.database(), request.environment())) {
            String own = database.kind().name().toLowerCase(Locale.ROOT);
            JdbcTables tables = new JdbcTables(database.connection());
            return text(
                    request,
                    file.parse(tables),
                    request.dialect().isEmpty() ? own : request.dialect(),
                    new JdbcColumns(tables));
        }
    }

    private static String text(Request request, Model model, String dialect, Columns columns) {
        List<String> wrt = request.wrt().isEmpty()
                ? model.parameters().stream().map(Input::relation).toList()
                : request.wrt();
        Set<String> known = new TreeSet<>();
        model.inputs().forEach(input -> known.add(input.relation()));
        if (wrt.isEmpty()) {
            throw RelataException.usage(
                    "grad.wrt",
                    request.model().toString(),
                    "it marks no parameter",
                    "say with --wrt by what to differentiate: " + String.join(", ", known));
        }
        for (String name : wrt) {
            if (!known.contains(name)) {
                throw RelataException.usage(
                        "grad.wrt",
                        "--wrt " + name,
                        "the loss reads no relation " + name,
                        "it reads " + String.join(", ", known));
            }
        }
        Rewrites rewrites = ModelTools.rewrites(request.without());
        return request.explain()
                ? ModelTools.explain(model, wrt, rewrites)
                : ModelTools.sql(
                        model,
                        wrt,
                        rewrites,
                        dialect.isEmpty() ? DIALECTS.getFirst() : dialect,
                        request.layout().isEmpty() ? LAYOUTS.getFirst() : request.layout(),
                        columns);
    }

    private static void choice(String option, String value, List<String> choices) {
        if (!value.isEmpty() && !choices.contains(value)) {
            throw RelataException.usage(
                    "option.choice",
                    option + " " + value,
                    "there is no such choice",
                    choices.isEmpty() ? "there is none" : "there are " + String.join(", ", choices));
        }
    }
}
