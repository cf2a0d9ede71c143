package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures [RewritesBench].
@Command(
        name = "rewrites",
        mixinStandardHelpOptions = true,
        description = "Rows and time of a few programs in DuckDB with all rewrites, without each, and without any.")
final class RewritesCommand implements Callable<Integer> {
    @Mixin
    private Conditions conditions = new Conditions();

    @Option(names = "--scale", paramLabel = "N", defaultValue = "100", description = "of the data (default: 100)")
    private int scale;

    @Override
    public Integer call() {
        List<String> differences = new ArrayList<>();
        conditions.inFolder(folder -> {
            List<RewritePrograms> programs = RewritePrograms.all(scale);
            for (int number = 0; number < programs.size(); number++) {
                try (MeasuredDatabase database = MeasuredDatabase.duckdb(
                        folder.resolve("rewrites-" + number + ".duckdb"),
                        conditions.storeBytes(),
                        conditions.threads())) {
                    RewritesBench.Result result =
                            RewritesBench.run(database, programs.get(number), conditions.rounds());
                    differences.addAll(result.differences());
                    RewritesBench.Line all = result.lines().getFirst();
                    result.lines()
                            .forEach(line -> conditions.print("rewrites", described(line, all), inWords(line, all)));
                }
            }
        });
        return Conditions.verdict(differences);
    }

    private Map<String, Object> described(RewritesBench.Line line, RewritesBench.Line all) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("program", line.program());
        words.put("scale", scale);
        words.put("rewrites", line.rewrites());
        words.put("statements", line.statements());
        words.put("operator_rows", line.rows());
        words.put("rows_ratio", Conditions.rounded((double) line.rows() / all.rows()));
        words.put("seconds", Conditions.times(line.seconds()));
        words.put("time_ratio", Conditions.rounded(line.seconds().ratioTo(all.seconds())));
        return words;
    }

    private static String inWords(RewritesBench.Line line, RewritesBench.Line all) {
        return "%s, %s: %,d rows (%.2f times), %.3f s (%.2f times)"
                .formatted(
                        line.program(),
                        line.rewrites(),
                        line.rows(),
                        (double) line.rows() / all.rows(),
                        line.seconds().median(),
                        line.seconds().ratioTo(all.seconds()));
    }
}
