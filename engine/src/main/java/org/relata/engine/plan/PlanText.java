package org.relata.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.engine.kernel.Schedule;
import org.relata.engine.kernel.Step;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// A plan for people.
public final class PlanText {
    private PlanText() {}

    /// A line for each region, with what it has to do, in which order, and how long its runs took.
    public static String of(Plan plan, List<Schedule> schedules, List<UnitTimes> times) {
        StringBuilder text = new StringBuilder();
        Work all = Work.NONE;
        double least = 0;
        for (int at = 0; at < plan.units().size(); at++) {
            Plan.Unit unit = plan.units().get(at);
            UnitTimes time = times.get(at);
            Region region = unit.region();
            text.append(String.format(
                    Locale.ROOT,
                    "%d. %,d rows%s%s%n   %s%s%n",
                    at + 1,
                    region.rows(),
                    unit.varies() || unit.relations().isEmpty() ? "" : ", kept while " + unit.relations() + " stay",
                    time,
                    region.code().steps().stream().map(PlanText::name).collect(Collectors.joining(", ")),
                    loops(schedules.get(at))));
            Work work = Work.of(region);
            all = all.and(work);
            least += time.least();
            text.append("   ").append(line(work, time.least())).append('\n');
            for (int sink = 0; sink < region.sinks().size(); sink++) {
                text.append(target(
                        unit.keyed().get(sink).expression().label(),
                        region.sinks().get(sink)));
            }
        }
        return text.append("in all ").append(line(all, least)).append('\n').toString();
    }

    private static String target(String label, Region.Sink sink) {
        Values target = sink.target();
        if (sink instanceof Region.Sink.Change change) {
            return String.format(
                    Locale.ROOT,
                    "   → %s: %,d × %d, added where the relation stands%n",
                    label,
                    change.groups().count(),
                    target.width());
        }
        return String.format(
                Locale.ROOT,
                "   → %s: %,d × %d, %.1f MiB%n",
                label,
                target.rows(),
                target.width(),
                target.segment().byteSize() / 1048576.0);
    }

    private static String loops(Schedule schedule) {
        int loops = schedule.loops();
        return loops == 0 ? "" : loops == 1 ? "; one loop written" : "; " + loops + " loops written";
    }

    private static String line(Work work, double seconds) {
        String counted = String.format(
                Locale.ROOT,
                "%.1f million operations, %.1f MiB read and written",
                work.operations() / 1e6,
                work.bytes() / 1048576.0);
        return seconds > 0
                ? String.format(
                        Locale.ROOT,
                        "%s: %.1f GFLOP/s and %.1f GB/s at best",
                        counted,
                        work.operations() / seconds / 1e9,
                        work.bytes() / seconds / 1e9)
                : counted;
    }

    private static String name(Step step) {
        return switch (step) {
            case Step.Load _ -> "load";
            case Step.Constant _ -> "constant";
            case Step.Hyper hyper -> "$" + hyper.name();
            case Step.Random _ -> "random";
            case Step.Apply apply -> apply.operation().name().toLowerCase(Locale.ROOT);
            case Step.Combine combine -> combine.operation().symbol();
            case Step.Choose _ -> "where";
            case Step.Move _ -> "move";
            case Step.Expand _ -> "expand";
            case Step.Join _ -> "concat";
            case Step.Fold fold -> fold.operation().name().toLowerCase(Locale.ROOT);
            case Step.Dot _ -> "dot";
            case Step.Multiply multiply -> "matmul " + multiply.m() + "×" + multiply.k() + "×" + multiply.n();
        };
    }
}
