package org.relata.sql.run;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.relata.algebra.RelExpr;
import org.relata.algebra.Scan;
import org.relata.algebra.Sharing;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.run.Program;
import org.relata.algebra.run.Runner;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.sql.layout.Layout;
import org.relata.sql.model.Input;
import org.relata.sql.write.Dialect;
import org.relata.sql.write.SqlScript;
import org.relata.sql.write.Storage;
import org.relata.sql.write.Stored;

/// Runs programs in DuckDB or PostgreSQL: relations are tables, results are tables of the session, and nothing leaves
/// the database but what is read.
public final class SqlRunner implements Runner {
    /// Names of tables differ between all runners, since several may share a connection.
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Session session;
    private final JdbcTables tables;
    private final RunValues values;
    private final Layout layout;
    private final Map<String, Placed> relations = new HashMap<>();
    private final Map<String, Range> ranges = new HashMap<>();
    private final Map<String, String> views = new HashMap<>();
    /// Names of views through which tables of the user's are read, by their queries.
    private final Map<String, String> readings = new HashMap<>();

    /// A relation and where it stands.
    private record Placed(List<Attribute> key, Shape shape, Stored stored, boolean own) {}

    private record Range(String attribute, long from, long to) {}

    /// A runner over an open connection, which stays the caller's.
    ///
    /// @param layout of tensors in the tables of the session
    public SqlRunner(Connection connection, Dialect dialect, Layout layout) {
        this.session = new Session(connection, dialect);
        this.tables = new JdbcTables(connection);
        this.values = new RunValues(session);
        this.layout = layout;
    }

    @Override
    public String name() {
        return session.dialect().name();
    }

    @Override
    public void bind(String relation, Relation data) {
        Placed before = relations.get(relation);
        if (before != null && before.own) {
            session.execute("DROP TABLE IF EXISTS " + before.stored.from());
        }
        String table = "relata_r" + NUMBERS.incrementAndGet();
        OwnTable own = new OwnTable(session.dialect(), layout, data.attributes(), data.shape());
        session.execute(own.create(table));
        session.insert(table, own.columns().size(), own.rows(data));
        relations.put(relation, new Placed(data.attributes(), data.shape(), own.stored(table, relation), true));
    }

    /// Lets programs read a table of the database where it stands.
    public void bindTable(Input input) {
        UserTable table = new UserTable(session, tables, input, layout);
        relations.put(
                input.relation(),
                new Placed(
                        input.scan().type().key(),
                        input.scan().type().shape(),
                        table.stored(query -> readings.computeIfAbsent(query, this::reading)),
                        false));
    }

    private String reading(String query) {
        String view = "relata_e" + NUMBERS.incrementAndGet();
        session.execute("CREATE OR REPLACE TEMPORARY VIEW " + view + " AS " + query);
        return view;
    }

    @Override
    public Relation read(String relation) {
        Placed placed = placed(relation);
        OwnTable own = new OwnTable(session.dialect(), layout, placed.key, placed.shape);
        return own.read(session, placed.stored);
    }

    private Placed placed(String relation) {
        Placed placed = relations.get(relation);
        if (placed == null) {
            throw new AlgebraException("relation.missing", "relation " + relation, "it was not given", "bind it");
        }
        return placed;
    }

    @Override
    public Program compile(Map<String, RelExpr> outputs) {
        return new SqlProgram(new LinkedHashMap<>(outputs), NUMBERS.incrementAndGet());
    }

    @Override
    public List<Long> cuts(String relation, String attribute, long tuples) {
        Stored stored = placed(relation).stored;
        String column = column(relation, attribute);
        List<Long> cuts = new ArrayList<>();
        long[] state = {tuples, Long.MIN_VALUE};
        session.query("SELECT " + column + ", COUNT(*) FROM " + stored.from() + " AS s GROUP BY 1 ORDER BY 1", row -> {
            if (state[0] >= tuples) {
                cuts.add(row.getLong(1));
                state[0] = 0;
            }
            state[0] += row.getLong(2);
            state[1] = row.getLong(1);
            return state;
        });
        if (!cuts.isEmpty()) {
            cuts.add(state[1] + 1);
        }
        return cuts;
    }

    private String column(String relation, String attribute) {
        Placed placed = placed(relation);
        int index = placed.key.indexOf(Attribute.integer(attribute));
        if (index < 0) {
            throw new AlgebraException(
                    "key.unknown",
                    "relation " + relation,
                    "no integer key attribute \"" + attribute + "\"",
                    "there are " + placed.key);
        }
        return placed.stored.keys().get(index);
    }

    @Override
    public void restrict(String relation, String attribute, long from, long to) {
        column(relation, attribute);
        ranges.put(relation, new Range(attribute, from, to));
    }

    @Override
    public void unrestrict(String relation) {
        ranges.remove(relation);
    }

    @Override
    public void close() {
        // Views first: PostgreSQL would not let go of the tables that they read.
        views.values().forEach(view -> session.execute("DROP VIEW IF EXISTS " + view));
        readings.values().forEach(view -> session.execute("DROP VIEW IF EXISTS " + view));
        relations.values().stream()
                .filter(Placed::own)
                .forEach(placed -> session.execute("DROP TABLE IF EXISTS " + placed.stored.from()));
        relations.clear();
    }

    /// Where a relation stands for a program; a restricted one is a view, one for all relations of a table.
    private Stored visible(String relation) {
        Stored stored = placed(relation).stored;
        if (!ranges.containsKey(relation)) {
            return stored;
        }
        return new Stored(
                view(stored),
                stored.alias(),
                stored.keys(),
                stored.values(),
                stored.rowKey(),
                stored.condition(),
                stored.read());
    }

    private String view(Stored stored) {
        return views.computeIfAbsent(stored.from(), from -> "relata_batch" + NUMBERS.incrementAndGet());
    }

    private void makeViews() {
        Map<String, String> made = new HashMap<>();
        ranges.forEach((relation, range) -> {
            Stored stored = placed(relation).stored;
            String column = column(relation, range.attribute);
            String where = column + " >= " + range.from + " AND " + column + " < " + range.to;
            String other = made.put(view(stored), where);
            if (other == null) {
                session.execute("CREATE OR REPLACE TEMPORARY VIEW " + view(stored) + " AS SELECT * FROM "
                        + stored.from() + " AS s WHERE " + where);
            } else if (!other.equals(where)) {
                throw new AlgebraException(
                        "batch.differs", "relation " + relation, "its table is restricted otherwise", "use one range");
            }
        });
    }

    private final class SqlProgram implements Program {
        private final SequencedMap<String, RelExpr> outputs;
        private final Set<String> scanned;
        private final String prefix;
        private final Map<Map<String, Stored>, SqlScript> scripts = new HashMap<>();
        private final Map<String, Boolean> present = new HashMap<>();

        SqlProgram(SequencedMap<String, RelExpr> outputs, long number) {
            this.outputs = outputs;
            this.scanned = Sharing.sorted(outputs.values().toArray(RelExpr[]::new)).stream()
                    .filter(each -> each instanceof Scan)
                    .map(each -> ((Scan) each).relation())
                    .collect(Collectors.toSet());
            this.prefix = "relata_p" + number + "_";
        }

        /// The text depends on where relations stand.
        private SqlScript script() {
            Map<String, Stored> standing = new HashMap<>();
            scanned.forEach(relation -> standing.put(relation, visible(relation)));
            return scripts.computeIfAbsent(standing, key -> {
                Storage storage = scan -> {
                    check(scan, placed(scan.relation()));
                    return visible(scan.relation());
                };
                return SqlScript.of(layout.apply(outputs), session.dialect(), storage, Map.of(), prefix);
            });
        }

        private void check(Scan scan, Placed placed) {
            int axes = layout.axes(placed.shape).size();
            List<Attribute> key = scan.type().key();
            if (key.size() != placed.key.size() + axes
                    || !key.subList(0, placed.key.size()).equals(placed.key)
                    || layout.columns(placed.shape) != scan.type().shape().size()) {
                throw new AlgebraException(
                        "relation.type",
                        "relation " + scan.relation(),
                        "key " + placed.key + " with shape " + placed.shape + " was given",
                        "the program reads key " + key + " with shape "
                                + scan.type().shape());
            }
        }

        @Override
        public void run(Settings settings) {
            SqlScript script = script();
            makeViews();
            values.set(script, settings);
            List<String> made = new ArrayList<>();
            script.tables().forEach((name, query) -> {
                session.execute("DROP TABLE IF EXISTS " + session.dialect().name(name));
                session.execute(script.create(name, query));
                made.add(session.dialect().name(name));
            });
            script.queries().forEach((name, query) -> {
                session.execute("DROP TABLE IF EXISTS " + table(name));
                session.execute(script.create(table(name), query));
                present.put(name, true);
            });
            made.forEach(name -> session.execute("DROP TABLE " + name));
        }

        private String table(String output) {
            return prefix + new ArrayList<>(outputs.sequencedKeySet()).indexOf(output);
        }

        private RelExpr expression(String output) {
            RelExpr expression = outputs.get(output);
            if (expression == null || !present.getOrDefault(output, false)) {
                throw new AlgebraException(
                        "output.missing", "output " + output, "the program has not computed it", "run it first");
            }
            return expression;
        }

        private Placed result(String output) {
            RelExpr expression = expression(output);
            List<Attribute> key = expression.type().key();
            Shape shape = expression.type().shape();
            OwnTable own = new OwnTable(session.dialect(), layout, key, shape);
            List<String> columns = requireNonNull(script().columns().get(output));
            return new Placed(key, shape, own.stored(table(output), output, columns), true);
        }

        @Override
        public Relation output(String name) {
            Placed placed = result(name);
            return new OwnTable(session.dialect(), layout, placed.key, placed.shape).read(session, placed.stored);
        }

        @Override
        public void keep(String output, String relation) {
            Placed result = result(output);
            Placed before = relations.get(relation);
            String table;
            if (before != null && before.own) {
                table = before.stored.from();
                session.execute("DROP TABLE " + table);
            } else {
                // Programs that were compiled read it elsewhere.
                table = "relata_r" + NUMBERS.incrementAndGet();
            }
            session.execute("ALTER TABLE " + table(output) + " RENAME TO " + table);
            Stored moved = new Stored(table, relation, result.stored.keys(), result.stored.values());
            relations.put(relation, new Placed(result.key, result.shape, moved, true));
            present.remove(output);
        }

        @Override
        public String explain() {
            return script().text();
        }

        @Override
        public void close() {
            outputs.sequencedKeySet().forEach(name -> session.execute("DROP TABLE IF EXISTS " + table(name)));
        }
    }
}
