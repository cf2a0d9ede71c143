package org.relata.sql.write;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Sharing;
import org.relata.sql.write.Block.Definition;

/// A program as SQL: tables of the session for what several outputs read, then a query for each output.
///
/// @param dialect of all text
/// @param tables name and query of each table of the session, in order
/// @param queries of the outputs, by name
/// @param columns of each output: key attributes, then the elements of the value, as they are written
/// @param run what varies from run to run
public record SqlScript(
        Dialect dialect,
        SequencedMap<String, String> tables,
        SequencedMap<String, String> queries,
        Map<String, List<String>> columns,
        RunTable run) {

    /// Writes a program for people.
    ///
    /// @param names that people gave to expressions
    public static SqlScript of(
            SequencedMap<String, RelExpr> outputs, Dialect dialect, Storage storage, Map<String, RelExpr> names) {
        return of(outputs, dialect, storage, names, "");
    }

    /// Writes a program.
    ///
    /// @param prefix before the name of everything that the program defines: where statements are run unseen, no name
    /// may
    ///     be that of a table of the user's
    public static SqlScript of(
            SequencedMap<String, RelExpr> outputs,
            Dialect dialect,
            Storage storage,
            Map<String, RelExpr> names,
            String prefix) {
        Sharing sharing = new Sharing();
        SequencedMap<String, RelExpr> shared = new LinkedHashMap<>();
        outputs.forEach((name, expression) -> shared.put(name, sharing.share(expression)));
        IdentityHashMap<RelExpr, String> given = new IdentityHashMap<>();
        names.forEach((name, expression) -> given.putIfAbsent(sharing.share(expression), name));
        Function<RelExpr, Optional<String>> hints = expression -> Optional.ofNullable(given.get(expression));
        RunTable run = new RunTable(dialect);
        SqlPlanner planner = new SqlPlanner(dialect, storage, run, hints, prefix);
        SequencedMap<String, Block> blocks = new LinkedHashMap<>();
        planner.plan(shared).forEach((name, block) -> blocks.put(name, planner.real(block)));
        return new Assembly(dialect, new SqlText(dialect, planner.maker()), shared, Pruning.apply(blocks), run)
                .script();
    }

    /// All of it as text, statement by statement, for people to run.
    public String text() {
        StringBuilder text = new StringBuilder();
        Prelude.of(dialect, run).forEach(statement -> text.append(statement).append(";\n\n"));
        tables.forEach((name, query) -> text.append(create(name, query)).append(";\n\n"));
        queries.forEach((name, query) -> {
            if (queries.size() > 1) {
                text.append("-- ").append(name.replaceAll("\\R", " ")).append('\n');
            }
            text.append(query).append(";\n\n");
        });
        return text.toString().stripTrailing() + "\n";
    }

    /// A statement that makes a table of the session.
    public String create(String name, String query) {
        return dialect.word(Dialect.Word.TABLE) + " " + dialect.name(name) + " AS\n" + query;
    }

    /// Decides which definitions are read by one statement only and stand in it.
    private static final class Assembly {
        private final Dialect dialect;
        private final SqlText text;
        private final SequencedMap<String, RelExpr> outputs;
        private final SequencedMap<String, Block> blocks;
        private final RunTable run;
        /// For each definition, the statement in which it stands; its own if it is a table of the session.
        private final IdentityHashMap<Definition, Object> statements = new IdentityHashMap<>();

        private final List<Definition> order;

        Assembly(
                Dialect dialect,
                SqlText text,
                SequencedMap<String, RelExpr> outputs,
                SequencedMap<String, Block> blocks,
                RunTable run) {
            this.dialect = dialect;
            this.text = text;
            this.outputs = outputs;
            this.blocks = blocks;
            this.order = Definition.sorted(blocks.values());
            this.run = run;
        }

        SqlScript script() {
            IdentityHashMap<Definition, Set<Object>> readers = new IdentityHashMap<>();
            blocks.forEach((name, block) -> block.definitions()
                    .forEach(each -> readers.computeIfAbsent(each, key -> new LinkedHashSet<>())
                            .add(name)));
            for (Definition each : order.reversed()) {
                // Readers come later in the order, so where they stand is known.
                Set<Object> in = readers.getOrDefault(each, Set.of());
                Object statement = in.size() == 1 ? in.iterator().next() : each;
                statements.put(each, statement);
                each.read()
                        .forEach(below -> readers.computeIfAbsent(below, key -> identitySet())
                                .add(statement));
            }
            SequencedMap<String, String> tables = new LinkedHashMap<>();
            for (Definition each : order) {
                if (statements.get(each) == each) {
                    tables.put(each.name(), text.query(standingIn(each), each));
                }
            }
            SequencedMap<String, String> queries = new LinkedHashMap<>();
            Map<String, List<String>> columns = new LinkedHashMap<>();
            blocks.forEach((name, block) -> {
                List<String> shown = columns(name);
                columns.put(name, shown);
                queries.put(name, text.query(standingIn(name), block, shown));
            });
            return new SqlScript(dialect, tables, queries, columns, run);
        }

        private static Set<Object> identitySet() {
            return new LinkedHashSet<>();
        }

        private List<Definition> standingIn(Object statement) {
            return order.stream()
                    .filter(each -> Objects.equals(statements.get(each), statement) && each != statement)
                    .toList();
        }

        private List<String> columns(String output) {
            RelExpr expression = outputs.get(output);
            if (expression == null) {
                throw new IllegalStateException("no output " + output);
            }
            List<String> names = new ArrayList<>(expression.type().names());
            names.addAll(Definitions.valueNames(
                    expression.type().names(), expression.type().shape().size()));
            return names.stream().map(dialect::name).toList();
        }
    }
}
