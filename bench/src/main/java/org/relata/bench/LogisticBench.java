package org.relata.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.sql.layout.Layout;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;
import org.relata.sql.write.Dialect;

/// One full-batch gradient of logistic regression, from a model file that states the loss alone, beside a query for
/// the gradient written by hand.
final class LogisticBench {
    private static final double TOLERANCE = 1e-9;

    private static final String WIDE_MODEL = """
            CREATE TABLE samples (id BIGINT PRIMARY KEY, x VECTOR[%d], y DOUBLE);
            CREATE PARAMETER TABLE theta (v VECTOR[%1$d]);
            WITH z AS (
                SELECT samples.id, inner_product(samples.x, theta.v) AS v FROM samples, theta
            )
            SELECT SUM(softplus(z.v) - samples.y * z.v) AS loss FROM z JOIN samples ON z.id = samples.id;
            """;

    private static final String SCALAR_MODEL = """
            CREATE TABLE elements (id BIGINT, col BIGINT, v DOUBLE, PRIMARY KEY (id, col));
            CREATE TABLE labels (id BIGINT PRIMARY KEY, y DOUBLE);
            CREATE PARAMETER TABLE theta (col BIGINT PRIMARY KEY, v DOUBLE);
            WITH z AS (
                SELECT elements.id, SUM(elements.v * theta.v) AS v
                FROM elements JOIN theta ON elements.col = theta.col GROUP BY elements.id
            )
            SELECT SUM(softplus(z.v) - labels.y * z.v) AS loss FROM z JOIN labels ON z.id = labels.id;
            """;

    private final MeasuredDatabase database;
    private final Layout layout;
    private final long rows;
    private final int features;

    LogisticBench(MeasuredDatabase database, Layout layout, long rows, int features) {
        this.database = database;
        this.layout = layout;
        this.rows = rows;
        this.features = features;
    }

    /// What a run found.
    ///
    /// @param times of Relata's gradient and of the one by hand; both end as a table of the session
    /// @param differences between the two, in words; empty when they agree
    record Result(SideBySide times, List<String> differences, String ourSql, String handSql) {}

    /// Makes the data, compares the gradients once, then times both in turns.
    Result run(int rounds) {
        makeData();
        try (GradientRun ours = new GradientRun(
                database.connection(),
                database.dialect(),
                layout,
                ModelParser.parse("logreg.sql", model(layout, features), ShapeSource.none()),
                Rewrites.all(),
                false,
                Map.of())) {
            String hand = layout == Layout.WIDE ? wideByHand() : scalarByHand();
            Runnable theirs = () -> database.execute("CREATE TEMPORARY TABLE by_hand AS " + hand);
            Runnable cleaning = () -> database.execute("DROP TABLE by_hand");
            ours.run();
            theirs.run();
            List<String> differences = Numbers.differences(
                    "gradient by theta",
                    database.doubles(
                            layout == Layout.WIDE ? "SELECT * FROM by_hand" : "SELECT v FROM by_hand ORDER BY col"),
                    ours.gradients(),
                    TOLERANCE);
            cleaning.run();
            return new Result(SideBySide.of(rounds, ours::run, theirs, cleaning), differences, ours.sql(), hand);
        }
    }

    /// The model file for a layout.
    static String model(Layout layout, int features) {
        return layout == Layout.WIDE ? WIDE_MODEL.formatted(features) : SCALAR_MODEL;
    }

    /// Small numbers that differ.
    private static double parameter(int column) {
        return 0.05 * (column % 7 - 3);
    }

    private void makeData() {
        String uniform = "CAST(random() - 0.5 AS " + database.real() + ")";
        database.execute("CREATE TABLE samples AS SELECT CAST(i AS BIGINT) AS id, "
                + each(uniform + " AS x_#", ", ") + ", CAST(CASE WHEN random() > 0.5 THEN 1 ELSE 0 END AS "
                + database.real() + ") AS y FROM " + database.numbers(rows));
        if (layout == Layout.WIDE) {
            database.execute("CREATE TABLE theta (" + each("v_# " + database.real(), ", ") + ")");
            database.execute("INSERT INTO theta VALUES ("
                    + IntStream.range(0, features)
                            .mapToObj(column -> String.valueOf(parameter(column)))
                            .collect(Collectors.joining(", "))
                    + ")");
        } else {
            database.execute("CREATE TABLE elements AS SELECT id, e.col, e.v FROM samples CROSS JOIN LATERAL (VALUES "
                    + each("(CAST(# AS BIGINT), x_#)", ", ") + ") AS e(col, v)");
            database.execute("CREATE TABLE labels AS SELECT id, y FROM samples");
            database.execute("CREATE TABLE theta (col BIGINT, v " + database.real() + ")");
            database.execute("INSERT INTO theta VALUES "
                    + IntStream.range(0, features)
                            .mapToObj(column -> "(" + column + ", " + parameter(column) + ")")
                            .collect(Collectors.joining(", ")));
            database.execute("DROP TABLE samples");
        }
        database.settle();
    }

    /// The residual in an inner query, so that it is computed once a row; PostgreSQL would copy it into every sum but
    /// for the fence.
    private String wideByHand() {
        boolean fence = database.dialect().equals(Dialect.POSTGRES);
        return "SELECT " + each("SUM(g * x_#) AS g_#", ", ") + " FROM (SELECT 1 / (1 + EXP(-("
                + each("x_# * v_#", " + ") + "))) - y AS g, samples.* FROM samples, theta"
                + (fence ? " OFFSET 0" : "") + ") AS t";
    }

    private static String scalarByHand() {
        return """
                WITH z AS (
                    SELECT x.id, SUM(x.v * w.v) AS z FROM elements x JOIN theta w ON x.col = w.col GROUP BY x.id
                ), g AS (
                    SELECT z.id, 1 / (1 + EXP(-z.z)) - labels.y AS g FROM z JOIN labels ON labels.id = z.id
                )
                SELECT x.col, SUM(x.v * g.g) AS v FROM elements x JOIN g ON x.id = g.id GROUP BY x.col""";
    }

    /// A text for each feature, with its number for `#`.
    private String each(String text, String separator) {
        return IntStream.range(0, features)
                .mapToObj(column -> text.replace("#", String.valueOf(column)))
                .collect(Collectors.joining(separator));
    }
}
