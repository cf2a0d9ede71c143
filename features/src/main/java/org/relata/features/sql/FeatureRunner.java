package org.relata.features.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.database.Sql;
import org.relata.features.EntityTimes;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;

/// Runs feature plans in the store: one query a join path, for all (entity, cut-off) pairs at once.
///
/// The store does the work inside its own memory limit and spills; only the finished feature columns come to the heap.
public final class FeatureRunner {
    /// How many joined rows may be kept at once: about four gigabytes, spilled or not.
    private static final double JOINED_AT_A_TIME = 5e7;

    /// From how many pairs on results are read in chunks, see [ColumnReader].
    private static final int CHUNKED_FROM = 5_000;

    private final Database database;
    private final Duck duck;
    private final int chunkedFrom;

    /// A runner over an open database.
    public FeatureRunner(Database database) {
        this(database, CHUNKED_FROM);
    }

    /// A runner that reads results in chunks from a number of pairs on.
    FeatureRunner(Database database, int chunkedFrom) {
        this.chunkedFrom = chunkedFrom;
        this.database = database;
        this.duck = database.store();
    }

    /// The features of the given rows, in their order.
    ///
    /// @throws RelataException `interrupted` when the thread is interrupted between queries
    public FeatureMatrix run(FeaturePlan plan, EntityTimes rows, Progress progress) {
        String scratch = attachScratch();
        try {
            Relations relations = new Relations(plan, scratch, worthEncoding(plan, rows.size()));
            return run(plan, new PlanSql(plan, relations), scratch, rows, progress);
        } finally {
            duck.execute("DETACH " + scratch);
        }
    }

    /// Attaches an empty database that lives in memory, spills like any table, and leaves the store's file as it is.
    private String attachScratch() {
        Set<String> taken = new HashSet<>(
                duck.query("SELECT lower(database_name) FROM duckdb_databases()", row -> row.getString(1)));
        taken.addAll(duck.query("SELECT lower(schema_name) FROM duckdb_schemas()", row -> row.getString(1)));
        String name = PlanSql.SCRATCH;
        for (int n = 2; taken.contains(name); n++) {
            name = PlanSql.SCRATCH + n;
        }
        duck.execute("ATTACH ':memory:' AS " + name);
        return name;
    }

    /// The tables of which more rows are joined than there are: reading off their measures once beforehand costs less.
    private Set<String> worthEncoding(FeaturePlan plan, int pairs) {
        Map<String, Double> joined = new HashMap<>();
        for (PathQuery query : plan.queries()) {
            joined.merge(query.path().table(), pairs * Math.max(1, query.rowsPerEntity()), Double::sum);
        }
        return joined.entrySet().stream()
                // Not by the schema: a task may have put a table of past labels beside those of the database.
                .filter(entry -> duck.count("SELECT count(*) FROM main." + Sql.id(entry.getKey())) <= entry.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private FeatureMatrix run(FeaturePlan plan, PlanSql sql, String scratch, EntityTimes rows, Progress progress) {
        int chunk = chunk(plan);
        int chunks = Math.max(1, Math.ceilDiv(rows.size(), chunk));
        progress.begin("features", (long) plan.queries().size() * chunks);
        float[][] columns = emptyColumns(plan, rows.size());
        ColumnReader reader = new ColumnReader(duck, Math.min(chunk, rows.size()) >= chunkedFrom);
        int done = 0;
        for (int c = 0; c < chunks; c++) {
            loadPairs(scratch, rows, c * chunk, Math.min(rows.size(), (c + 1) * chunk));
            for (PlanStatements.Statement statement : sql.preparations()) {
                if (c == 0 || statement.role() != PlanStatements.Role.ENCODE) {
                    duck.execute(sql.keeping(statement));
                }
            }
            Set<String> kept = new HashSet<>();
            int at = 0;
            for (int q = 0; q < plan.queries().size(); q++) {
                if (Thread.interrupted()) {
                    throw RelataException.failure("interrupted", "features", "stopped on request", "");
                }
                PathQuery query = plan.queries().get(q);
                sql.joins(query).stream()
                        .filter(join -> kept.add(join.subject()))
                        .forEach(join -> duck.execute(sql.keeping(join)));
                reader.read(query, sql.query(query), columns, at);
                dropUnneeded(sql, plan, q, kept);
                at += query.outputs().size();
                progress.done(++done);
            }
        }
        return matrix(plan, columns, rows.size());
    }

    /// For how many pairs at a time, so that no join that is kept outgrows what the store can spill.
    private static int chunk(FeaturePlan plan) {
        double most = plan.queries().stream()
                .filter(q -> q.path().toMany())
                .mapToDouble(PathQuery::rowsPerEntity)
                .max()
                .orElse(1);
        return (int) Math.clamp(JOINED_AT_A_TIME / most, 1_000, Integer.MAX_VALUE / 2);
    }

    /// Drops the kept joins that no query after the one at a position needs.
    private void dropUnneeded(PlanSql sql, FeaturePlan plan, int position, Set<String> kept) {
        Set<String> needed = plan.queries().stream()
                .skip(position + 1L)
                .flatMap(query -> sql.joins(query).stream())
                .map(PlanStatements.Statement::subject)
                .collect(Collectors.toSet());
        for (PlanStatements.Statement join : sql.joins(plan.queries().get(position))) {
            if (!needed.contains(join.subject()) && kept.contains(join.subject())) {
                duck.execute("DROP TABLE " + join.subject());
            }
        }
    }

    /// What is known without any row: nothing, except that counts are 0.
    private static float[][] emptyColumns(FeaturePlan plan, int rows) {
        float[][] columns = new float[plan.width()][];
        int at = 0;
        for (PathQuery query : plan.queries()) {
            for (Output output : query.outputs()) {
                boolean counts =
                        output.aggregation() == Aggregation.COUNT || output.aggregation() == Aggregation.DISTINCT;
                columns[at] = new float[rows];
                Arrays.fill(columns[at++], counts ? 0f : Float.NaN);
            }
        }
        return columns;
    }

    private static FeatureMatrix matrix(FeaturePlan plan, float[][] columns, int rows) {
        List<Feature> features = new ArrayList<>();
        List<List<String>> categories = new ArrayList<>();
        for (PathQuery query : plan.queries()) {
            for (Output output : query.outputs()) {
                features.add(output.feature());
                categories.add(output.categories());
            }
        }
        return new FeatureMatrix(features, columns, categories, rows);
    }

    /// The whole script a plan runs, for people: every statement, with the sentence of every feature.
    public static String script(FeaturePlan plan) {
        Set<String> read = plan.queries().stream().map(q -> q.path().table()).collect(Collectors.toSet());
        PlanSql sql = new PlanSql(plan, new Relations(plan, PlanSql.SCRATCH, read));
        StringBuilder script = new StringBuilder("""
                -- Features as SQL, over the tables of the store.
                -- Put the rows to compute for into features.pairs: entity is the __row of a row of the entity table, and
                -- nothing dated at or after cutoff is read.
                CREATE SCHEMA IF NOT EXISTS features;
                CREATE TABLE IF NOT EXISTS features.pairs (pair BIGINT, entity BIGINT, cutoff TIMESTAMP, seed TIMESTAMP);
                """);
        for (PlanStatements.Statement statement : sql.preparations()) {
            script.append('\n').append(sql.keeping(statement)).append(";\n");
        }
        Set<String> kept = new HashSet<>();
        for (PathQuery query : plan.queries()) {
            for (PlanStatements.Statement join : sql.joins(query)) {
                if (kept.add(join.subject())) {
                    script.append('\n').append(sql.keeping(join)).append(";\n");
                }
            }
            script.append("\n-- ").append(query.name()).append('\n');
            for (int i = 0; i < query.outputs().size(); i++) {
                Feature feature = query.outputs().get(i).feature();
                script.append("--   f")
                        .append(i)
                        .append(": ")
                        .append(comment(feature.name()))
                        .append(": ")
                        .append(comment(feature.sentence()))
                        .append('\n');
            }
            script.append(sql.query(query)).append(";\n");
        }
        return script.toString();
    }

    private static String comment(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private void loadPairs(String scratch, EntityTimes rows, int first, int end) {
        duck.execute("CREATE OR REPLACE TABLE " + scratch
                + ".pairs (pair BIGINT, entity BIGINT, cutoff TIMESTAMP, seed TIMESTAMP)");
        try (DuckDBAppender appender =
                duck.connection().unwrap(DuckDBConnection.class).createAppender(scratch, "main", "pairs")) {
            for (int i = first; i < end; i++) {
                appender.beginRow();
                appender.append((long) i);
                appender.append(rows.entity()[i]);
                appender.appendEpochMicros(rows.cutoff()[i]);
                appender.appendEpochMicros(rows.seed()[i]);
                appender.endRow();
            }
        } catch (SQLException e) {
            throw RelataException.failure("features.pairs", "features", String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    /// The database the runner reads.
    public Database database() {
        return database;
    }
}
