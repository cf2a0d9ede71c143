package org.relata.features.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.database.Database;
import org.relata.database.Duck;
import org.relata.database.Progress;
import org.relata.database.RelataException;
import org.relata.features.EntityTimes;
import org.relata.features.Feature;
import org.relata.features.FeatureMatrix;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.JoinPath;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;

/// Runs feature plans in the store: one query a join path, for all (entity, cut-off) pairs at once.
///
/// The store does the work inside its own memory limit and spills; only the finished feature columns come to the heap.
public final class FeatureRunner {
    private final Database database;
    private final Duck duck;

    /// A runner over an open database.
    public FeatureRunner(Database database) {
        this.database = database;
        this.duck = database.store();
    }

    /// The features of the given rows, in their order.
    ///
    /// @throws RelataException `interrupted` when the thread is interrupted between queries
    public FeatureMatrix run(FeaturePlan plan, EntityTimes rows, Progress progress) {
        String scratch = attachScratch();
        try {
            return run(plan, new PlanSql(plan, scratch), scratch, rows, progress);
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

    private FeatureMatrix run(FeaturePlan plan, PlanSql sql, String scratch, EntityTimes rows, Progress progress) {
        progress.begin("features", plan.queries().size());
        loadPairs(scratch, rows);
        for (EncodedTable table : sql.tablesRead()) {
            duck.execute(sql.encode(table));
        }
        Set<JoinPath> keyed = new HashSet<>();
        for (PathQuery query : plan.queries()) {
            if (query.path().toMany()) {
                keyed.add(query.path().anchor());
            }
        }
        for (JoinPath anchor : sql.anchors()) {
            duck.execute(sql.anchor(anchor));
            if (keyed.contains(anchor)) {
                duck.execute(sql.keys(anchor));
            }
        }
        float[][] columns = new float[plan.width()][];
        int at = 0;
        int done = 0;
        for (PathQuery query : plan.queries()) {
            if (Thread.interrupted()) {
                throw RelataException.failure("interrupted", "features", "stopped on request", "");
            }
            fetch(sql, query, rows.size(), columns, at);
            at += query.outputs().size();
            progress.done(++done);
        }
        return matrix(plan, columns, rows.size());
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
        PlanSql sql = new PlanSql(plan, PlanSql.SCRATCH);
        StringBuilder script = new StringBuilder("""
                -- Features as SQL, over the tables of the store.
                -- Put the rows to compute for into features.pairs: entity is the __row of a row of the entity table, and
                -- nothing dated at or after cutoff is read.
                CREATE SCHEMA IF NOT EXISTS features;
                CREATE TABLE IF NOT EXISTS features.pairs (pair BIGINT, entity BIGINT, cutoff TIMESTAMP, seed TIMESTAMP);
                """);
        for (EncodedTable table : sql.tablesRead()) {
            script.append("\n-- What features read of ")
                    .append(comment(table.table()))
                    .append('\n')
                    .append(sql.encode(table))
                    .append(";\n");
        }
        for (JoinPath anchor : sql.anchors()) {
            script.append('\n').append(sql.anchor(anchor)).append(";\n");
            if (plan.queries().stream()
                    .anyMatch(q -> q.path().toMany() && q.path().anchor().equals(anchor))) {
                script.append(sql.keys(anchor)).append(";\n");
            }
        }
        for (PathQuery query : plan.queries()) {
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

    private void loadPairs(String scratch, EntityTimes rows) {
        duck.execute(
                "CREATE TABLE " + scratch + ".pairs (pair BIGINT, entity BIGINT, cutoff TIMESTAMP, seed TIMESTAMP)");
        try (DuckDBAppender appender =
                duck.connection().unwrap(DuckDBConnection.class).createAppender(scratch, "main", "pairs")) {
            for (int i = 0; i < rows.size(); i++) {
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

    private void fetch(PlanSql sql, PathQuery query, int rows, float[][] columns, int at) {
        int width = query.outputs().size();
        int[] dropped = new int[width];
        for (int f = 0; f < width; f++) {
            columns[at + f] = new float[rows];
            // No row in the result means no row was found: nothing is known, except that the count is 0.
            Aggregation aggregation = query.outputs().get(f).aggregation();
            boolean counts = aggregation == Aggregation.COUNT || aggregation == Aggregation.DISTINCT;
            dropped[f] = droppedBits(aggregation);
            Arrays.fill(columns[at + f], counts ? 0f : Float.NaN);
        }
        String text = sql.query(query);
        if (query.path().toMany()) {
            duck.execute("CREATE OR REPLACE TABLE " + sql.result() + " AS " + text);
            text = sql.spread(query, sql.result());
        }
        try (Statement statement = duck.connection().createStatement();
                ResultSet result = statement.executeQuery(text)) {
            while (result.next()) {
                int pair = (int) result.getLong(1);
                for (int f = 0; f < width; f++) {
                    double value = result.getDouble(f + 2);
                    if (!result.wasNull()) {
                        columns[at + f][pair] = rounded(value, dropped[f]);
                    }
                }
            }
        } catch (SQLException e) {
            throw RelataException.failure("features.query", query.name(), String.valueOf(e.getMessage()), "")
                    .causedBy(e);
        }
    }

    /// The value as a 32-bit float without its last bits. Sums are exact, but deviations and slopes differ in the last
    /// bits
    /// of 64 with the order of the rows; rounded far above those, equal inputs give equal features for any number of
    /// threads.
    private static float rounded(double value, int dropped) {
        float single = (float) value;
        if (!Float.isFinite(single)) {
            return Float.NaN;
        }
        int half = 1 << (dropped - 1);
        float round = Float.intBitsToFloat((Float.floatToRawIntBits(single) + half) & -(1 << dropped));
        // Adding zero leaves one zero of the two.
        return Float.isFinite(round) ? round + 0f : single;
    }

    /// How many of the 23 bits are not kept: 3, and 9 where the last ones are noise.
    private static int droppedBits(Aggregation aggregation) {
        return switch (aggregation) {
            case DEVIATION, SKEWNESS, TREND -> 9;
            case VALUE,
                    COUNT,
                    SUM,
                    MEAN,
                    MIN,
                    MAX,
                    DISTINCT,
                    MODE,
                    SHARE,
                    LAST,
                    SINCE_FIRST,
                    SINCE_LAST,
                    STALENESS,
                    SEED_MONTH,
                    SEED_WEEKDAY,
                    SEED_HOUR -> 3;
        };
    }

    /// The database the runner reads.
    public Database database() {
        return database;
    }
}
