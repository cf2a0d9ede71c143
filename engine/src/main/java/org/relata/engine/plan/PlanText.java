package org.relata.engine.plan;

import java.util.Locale;
import java.util.stream.Collectors;
import org.relata.engine.kernel.Step;
import org.relata.engine.memory.Values;
import org.relata.engine.run.Region;

/// A plan for people.
public final class PlanText {
    private PlanText() {}

    /// A line for each region.
    public static String of(Plan plan) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Plan.Unit unit : plan.units()) {
            Region region = unit.region();
            Values target = region.target();
            text.append(String.format(
                    Locale.ROOT,
                    "%d. %s: %,d rows to %,d × %d, %.1f MiB%s%n   %s%n",
                    number++,
                    unit.keyed().expression().label(),
                    region.rows(),
                    target.rows(),
                    target.width(),
                    target.segment().byteSize() / 1048576.0,
                    unit.varies() || unit.relations().isEmpty() ? "" : ", kept while " + unit.relations() + " stay",
                    region.code().steps().stream().map(PlanText::name).collect(Collectors.joining(", "))));
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
