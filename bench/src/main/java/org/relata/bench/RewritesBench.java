package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.relata.algebra.rewrite.Rewrites;

/// What each rewrite saves in programs of [RewritePrograms], in DuckDB.
final class RewritesBench {
    private static final double TOLERANCE = 1e-9;

    private RewritesBench() {}

    /// One program with some rewrites.
    ///
    /// @param rewrites which, in words
    /// @param applied how often the one that is switched off was applied when it was on, where that is counted
    /// @param rows that DuckDB's operators handed on
    /// @param statements how many there were
    /// @param seconds a run of loss and gradient
    record Line(
            String program, String rewrites, OptionalInt applied, long rows, int statements, Seconds seconds) {}

    /// What a run found.
    ///
    /// @param differences between a program with all rewrites and with others, in words; empty when they agree
    record Result(List<Line> lines, List<String> differences) {}

    /// Measures a program with all rewrites, without any, and without each that may matter to it.
    static Result run(MeasuredDatabase database, RewritePrograms program, int rounds) {
        program.data().forEach(database::execute);
        Map<String, Rewrites> sets = new LinkedHashMap<>();
        sets.put("all", Rewrites.all());
        Rewrites.names().forEach(name -> sets.put("without " + name, Rewrites.all().without(name)));
        sets.put("none", Rewrites.none());

        List<Line> lines = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        Map<String, Integer> applied = new LinkedHashMap<>();
        String allSql = "";
        double[] expected = {};
        for (Map.Entry<String, Rewrites> set : sets.entrySet()) {
            String words = set.getKey();
            try (MeasuredDatabase session = database.session()) {
                Profile profile = Profile.of(session.connection());
                try (GradientRun run = new GradientRun(
                        profile.connection(),
                        session.dialect(),
                        program.layout(),
                        program.model(),
                        set.getValue(),
                        true,
                        program.parameters())) {
                    if (words.equals("all")) {
                        applied.putAll(run.applied());
                        allSql = run.sql();
                    } else if (run.sql().equals(allSql)) {
                        // The same statements: nothing to measure.
                        continue;
                    }
                    profile.forget();
                    run.run();
                    long rows = profile.rows();
                    int statements = profile.statements();
                    if (words.equals("all")) {
                        expected = run.gradients();
                    } else {
                        differences.addAll(Numbers.differences(
                                program.name() + " " + words, expected, run.gradients(), TOLERANCE));
                    }
                    List<Double> seconds = new ArrayList<>();
                    for (int round = 0; round < rounds; round++) {
                        seconds.add(SideBySide.seconds(run::run));
                    }
                    Integer times = applied.get(words.replace("without ", ""));
                    lines.add(new Line(
                            program.name(),
                            words,
                            times == null ? OptionalInt.empty() : OptionalInt.of(times),
                            rows,
                            statements,
                            new Seconds(seconds)));
                }
            }
        }
        return new Result(lines, differences);
    }
}
