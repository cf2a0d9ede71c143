package org.relata.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.engine.kernel.Step;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// A plan for people.
public final class PlanText {
    private PlanText() {}

    /// A line for each region, with how long its runs took.
    public static String of(Plan plan, List<UnitTimes> times) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Plan.Unit unit : plan.units()) {
            Region region = unit.region();
            text.append(String.format(
                    Locale.ROOT,
                    "%d. %,d rows%s%s%n   %s%n",
                    number++,
                    region.rows(),
                    unit.varies() || unit.relations().isEmpty() ? "" : ", kept while " + unit.relations() + " stay",
                    times.get(number - 2),
                    region.code().steps().stream().map(PlanText::name).collect(Collectors.joining(", "))));
            for (int sink = 0; sink < region.sinks().size(); sink++) {
                Values target = region.sinks().get(sink).target();
                text.append(String.format(
                        Locale.ROOT,
                        "   → %s: %,d × %d, %.1f MiB%n",
                        unit.keyed().get(sink).expression().label(),
                        target.rows(),
                        target.width(),
                        target.segment().byteSize() / 1048576.0));
            }
        }
        return text.toString();
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
