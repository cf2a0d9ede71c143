package org.relata.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.relata.sql.layout.Layout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures [LogisticBench].
@Command(
        name = "sql-logreg",
        mixinStandardHelpOptions = true,
        description = "A gradient of logistic regression in a database, beside one written by hand.")
final class LogisticCommand implements Callable<Integer> {
    private static final long WIDE_ROWS = 1_000_000;
    private static final long SCALAR_ROWS = 100_000;

    /// What it is measured in.
    enum Database {
        DUCKDB,
        POSTGRES
    }

    @Mixin
    private Conditions conditions = new Conditions();

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "samples (default: 1000000, with one row an element 100000)")
    private @Nullable Long rows;

    @Option(names = "--features", paramLabel = "N", defaultValue = "100", description = "(default: 100)")
    private int features;

    @Option(names = "--database", description = "duckdb or postgres (default: duckdb)")
    private Database database = Database.DUCKDB;

    @Option(names = "--layout", description = "wide: one column an element; scalar: one row an element (default: wide)")
    private Layout layout = Layout.WIDE;

    @Option(names = "--sql", description = "print both queries first")
    private boolean sql;

    @Override
    public Integer call() {
        long samples = rows != null ? rows : layout == Layout.WIDE ? WIDE_ROWS : SCALAR_ROWS;
        List<String> differences = new ArrayList<>();
        conditions.inFolder(folder -> {
            try (MeasuredDatabase measured = open(folder)) {
                LogisticBench.Result result =
                        new LogisticBench(measured, layout, samples, features).run(conditions.rounds());
                if (sql) {
                    System.out.println(result.ourSql() + "\n-- by hand\n" + result.handSql() + "\n");
                }
                differences.addAll(result.differences());
                conditions.print("sql-logreg", described(samples, result), inWords(samples, result));
            }
        });
        return Conditions.verdict(differences);
    }

    private MeasuredDatabase open(Path folder) {
        return switch (database) {
            case DUCKDB ->
                MeasuredDatabase.duckdb(folder.resolve("logreg.duckdb"), conditions.storeBytes(), conditions.threads());
            case POSTGRES -> MeasuredDatabase.postgres(folder.resolve("postgres"));
        };
    }

    private Map<String, Object> described(long samples, LogisticBench.Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("database", database.name().toLowerCase(Locale.ROOT));
        all.put("layout", layout.name().toLowerCase(Locale.ROOT));
        all.put("rows", samples);
        all.put("features", features);
        all.put("ours_seconds", Conditions.times(result.times().ours()));
        all.put("by_hand_seconds", Conditions.times(result.times().theirs()));
        all.put(
                "ratio",
                Conditions.rounded(result.times().ours().ratioTo(result.times().theirs())));
        all.put("numbers_compared", features);
        return all;
    }

    private String inWords(long samples, LogisticBench.Result result) {
        SideBySide times = result.times();
        return "%s, %s layout, %,d samples of %d features: %.2f s, by hand %.2f s, ratio %.2f"
                .formatted(
                        database.name().toLowerCase(Locale.ROOT),
                        layout.name().toLowerCase(Locale.ROOT),
                        samples,
                        features,
                        times.ours().median(),
                        times.theirs().median(),
                        times.ours().ratioTo(times.theirs()));
    }
}
