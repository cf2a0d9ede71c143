package org.relata.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relata.algebra.rewrite.Rewrites;

/// What each rewrite saves in programs of [RewritePrograms], in DuckDB.
final class RewritesBench {
    private static final double TOLERANCE = 1e-9;

    private RewritesBench() {}

    /// One program with some rewrites.
    ///
    /// @param rewrites which, in words
    /// @param rows that DuckDB's operators handed on
    /// @param statements how many there were
    /// @param seconds a run of loss and gradient, in turns with the program's other lines
    record Line(String program, String rewrites, long rows, int statements, Seconds seconds) {}

    /// What a run found.
    ///
    /// @param differences between a program with all rewrites and with others, in words; empty when they agree
    record Result(List<Line> lines, List<String> differences) {}

    /// Measures a program with all rewrites, without any, and without each that may matter to it.
    static Result run(MeasuredDatabase database, RewritePrograms program, int rounds) {
        program.data().forEach(database::execute);
        Map<String, Rewrites> sets = new LinkedHashMap<>();
        sets.put("all", Rewrites.all());
        Rewrites.names()
                .forEach(name -> sets.put("without " + name, Rewrites.all().without(name)));
        sets.put("none", Rewrites.none());

        List<Measured> measured = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        try {
            for (Map.Entry<String, Rewrites> set : sets.entrySet()) {
                Measured each = Measured.of(set.getKey(), database.session(), program, set.getValue());
                if (measured.isEmpty()
                        || !each.run.sql().equals(measured.getFirst().run.sql())) {
                    measured.add(each);
                    differences.addAll(Numbers.differences(
                            program.name() + " " + set.getKey(),
                            measured.getFirst().run.gradients(),
                            each.run.gradients(),
                            TOLERANCE));
                } else {
                    // The same statements: nothing to measure.
                    each.close();
                }
            }
            for (int round = 0; round < rounds; round++) {
                measured.forEach(each -> each.seconds.add(SideBySide.seconds(each.run::run)));
            }
            return new Result(measured.stream().map(each -> each.line(program)).toList(), differences);
        } finally {
            measured.forEach(Measured::close);
        }
    }

    /// A program with some rewrites in a session of its own, so that all of them can be run in turns.
    private record Measured(
            String rewrites, MeasuredDatabase session, GradientRun run, long rows, int statements, List<Double> seconds)
            implements AutoCloseable {
        static Measured of(String words, MeasuredDatabase session, RewritePrograms program, Rewrites rewrites) {
            Profile profile = Profile.of(session.connection());
            GradientRun run = new GradientRun(
                    profile.connection(),
                    session.dialect(),
                    program.layout(),
                    program.model(),
                    rewrites,
                    true,
                    program.parameters());
            profile.forget();
            run.run();
            return new Measured(words, session, run, profile.rows(), profile.statements(), new ArrayList<>());
        }

        Line line(RewritePrograms program) {
            return new Line(program.name(), rewrites, rows, statements, new Seconds(seconds));
        }

        @Override
        public void close() {
            run.close();
            session.close();
        }
    }
}
