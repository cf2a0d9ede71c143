package org.relata.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.Relation;
import org.relata.sql.layout.Layout;
import org.relata.sql.parse.ModelParser;
import org.relata.sql.parse.ShapeSource;

/// Least squares over a star of tables: loss and gradients with scores computed once a row of a dimension, beside the
/// same over the join as a table.
final class StarBench {
    private static final double TOLERANCE = 1e-9;

    private static final String FACTORISED_MODEL = """
            CREATE TABLE d1 (k1 BIGINT PRIMARY KEY, x VECTOR[20]);
            CREATE TABLE d2 (k2 BIGINT PRIMARY KEY, x VECTOR[20]);
            CREATE TABLE d3 (k3 BIGINT PRIMARY KEY, x VECTOR[20]);
            CREATE TABLE facts (
                id BIGINT PRIMARY KEY,
                k1 BIGINT REFERENCES d1 (k1), k2 BIGINT REFERENCES d2 (k2), k3 BIGINT REFERENCES d3 (k3),
                y DOUBLE
            );
            CREATE PARAMETER TABLE w1 (v VECTOR[20]);
            CREATE PARAMETER TABLE w2 (v VECTOR[20]);
            CREATE PARAMETER TABLE w3 (v VECTOR[20]);
            WITH z1 AS (SELECT d1.k1, inner_product(d1.x, w1.v) AS v FROM d1, w1),
                z2 AS (SELECT d2.k2, inner_product(d2.x, w2.v) AS v FROM d2, w2),
                z3 AS (SELECT d3.k3, inner_product(d3.x, w3.v) AS v FROM d3, w3),
                residual AS (
                    SELECT facts.id, facts.k1, facts.k2, facts.k3, z1.v + z2.v + z3.v - facts.y AS v
                    FROM facts
                    JOIN z1 ON facts.k1 = z1.k1 JOIN z2 ON facts.k2 = z2.k2 JOIN z3 ON facts.k3 = z3.k3
                )
            SELECT SUM(residual.v * residual.v) AS loss FROM residual;
            """;

    private static final String JOINED_MODEL = """
            CREATE TABLE joined (id BIGINT PRIMARY KEY, x VECTOR[60], y DOUBLE);
            CREATE PARAMETER TABLE w (v VECTOR[60]);
            WITH residual AS (SELECT joined.id, inner_product(joined.x, w.v) - joined.y AS v FROM joined, w)
            SELECT SUM(residual.v * residual.v) AS loss FROM residual;
            """;

    private final Path file;
    private final long memoryBytes;
    private final int threads;
    private final StarStore store;

    StarBench(Path file, long memoryBytes, int threads, StarStore store) {
        this.file = file;
        this.memoryBytes = memoryBytes;
        this.threads = threads;
        this.store = store;
    }

    /// How the gradients are come to.
    enum Way {
        /// From scores of the dimensions' rows.
        FACTORISED,
        /// By Relata from the join as a table.
        JOINED,
        /// By a query written by hand from the join as a table.
        JOINED_BY_HAND
    }

    /// What one way costs beside time.
    ///
    /// @param rows that DuckDB's operators handed on
    /// @param peakBytes the most that DuckDB's buffers held
    /// @param residentMegabytes the most that the whole process held
    record Cost(long rows, long peakBytes, long residentMegabytes) {}

    /// What a run found.
    ///
    /// @param times of loss and gradients
    /// @param joining how long it took to make the join a table, in seconds
    /// @param joiningCost what that cost
    /// @param joinedBytes the size of that table in the file
    /// @param differences between the ways, in words; empty when they agree
    record Result(
            Map<Way, Seconds> times,
            Map<Way, Cost> costs,
            double joining,
            Cost joiningCost,
            long joinedBytes,
            List<String> differences,
            String sql) {}

    Result run(int rounds) {
        try (MeasuredDatabase database = open()) {
            store.make(database);
        }
        double[] joining = new double[1];
        long[] size = new long[1];
        Cost joiningCost = cost(database -> {
            size[0] = blocks(database);
            joining[0] = SideBySide.seconds(() -> StarStore.materialise(database));
            size[0] = blocks(database) - size[0];
        });
        // Each way on its own first, in a database opened afresh: what another way has read is not in memory.
        Map<Way, Cost> costs = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            costs.put(way, cost(database -> {
                try (Gradient gradient = gradient(way, database)) {
                    gradient.run();
                }
            }));
        }
        try (MeasuredDatabase database = open();
                MeasuredDatabase second = database.session();
                Gradient factorised = gradient(Way.FACTORISED, database);
                Gradient joined = gradient(Way.JOINED, second);
                Gradient byHand = gradient(Way.JOINED_BY_HAND, database)) {
            Map<Way, Gradient> ways =
                    Map.of(Way.FACTORISED, factorised, Way.JOINED, joined, Way.JOINED_BY_HAND, byHand);
            ways.values().forEach(Gradient::run);
            List<String> differences = new ArrayList<>();
            for (Way way : List.of(Way.JOINED, Way.JOINED_BY_HAND)) {
                differences.addAll(Numbers.differences(
                        way.name(),
                        factorised.numbers(),
                        ways.getOrDefault(way, joined).numbers(),
                        TOLERANCE));
            }
            return new Result(
                    times(rounds, ways), costs, joining[0], joiningCost, size[0], differences, factorised.sql());
        }
    }

    private static Map<Way, Seconds> times(int rounds, Map<Way, Gradient> ways) {
        Map<Way, List<Double>> seconds = new EnumMap<>(Way.class);
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Way, Gradient> way : new EnumMap<>(ways).entrySet()) {
                seconds.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                        .add(SideBySide.seconds(way.getValue()::run));
            }
        }
        Map<Way, Seconds> times = new EnumMap<>(Way.class);
        seconds.forEach((way, each) -> times.put(way, new Seconds(each)));
        return times;
    }

    private MeasuredDatabase open() {
        return MeasuredDatabase.duckdb(file, memoryBytes, threads);
    }

    private Cost cost(Consumer<MeasuredDatabase> work) {
        try (MeasuredDatabase database = open()) {
            Profile profile = Profile.of(database.connection());
            ResidentMemory.forgetPeak();
            work.accept(new MeasuredDatabase(profile.connection(), database.dialect(), () -> {}));
            return new Cost(profile.rows(), profile.peakBytes(), ResidentMemory.peakMegabytes());
        }
    }

    /// Bytes of the file that are in use.
    private static long blocks(MeasuredDatabase database) {
        return (long) database.doubles("SELECT used_blocks * block_size FROM pragma_database_size()"
                + " WHERE database_name = current_database()")[0];
    }

    /// One way, ready to run.
    private interface Gradient extends AutoCloseable {
        void run();

        double[] numbers();

        String sql();

        @Override
        void close();
    }

    private Gradient gradient(Way way, MeasuredDatabase database) {
        return switch (way) {
            case FACTORISED -> ours(FACTORISED_MODEL, store.weights(), database);
            case JOINED -> ours(JOINED_MODEL, store.joinedWeights(), database);
            case JOINED_BY_HAND -> new ByHand(database);
        };
    }

    private static Gradient ours(String model, Map<String, Relation> weights, MeasuredDatabase database) {
        return new Ours(new GradientRun(
                database.connection(),
                database.dialect(),
                Layout.WIDE,
                ModelParser.parse("star.sql", model, ShapeSource.none()),
                Rewrites.all(),
                true,
                weights));
    }

    private record Ours(GradientRun program) implements Gradient {
        @Override
        public void run() {
            program.run();
        }

        @Override
        public double[] numbers() {
            return program.gradients();
        }

        @Override
        public String sql() {
            return program.sql();
        }

        @Override
        public void close() {
            program.close();
        }
    }

    /// Loss and gradients in one pass, the residual computed once a row.
    private record ByHand(MeasuredDatabase database) implements Gradient {
        @Override
        public void run() {
            database.execute("DROP TABLE IF EXISTS by_hand");
            database.execute("CREATE TEMPORARY TABLE by_hand AS " + sql());
        }

        @Override
        public double[] numbers() {
            return database.doubles("SELECT * EXCLUDE (loss) FROM by_hand");
        }

        @Override
        public String sql() {
            int features = 3 * StarStore.FEATURES;
            return "SELECT SUM(r * r) AS loss, "
                    + IntStream.range(0, features)
                            .mapToObj(feature -> "2 * SUM(r * x_" + feature + ") AS g_" + feature)
                            .collect(Collectors.joining(", "))
                    + " FROM (SELECT "
                    + IntStream.range(0, features)
                            .mapToObj(feature -> "x_" + feature + " * " + StarStore.weight(feature))
                            .collect(Collectors.joining(" + "))
                    + " - y AS r, * FROM joined) AS t";
        }

        @Override
        public void close() {
            database.execute("DROP TABLE IF EXISTS by_hand");
        }
    }
}
