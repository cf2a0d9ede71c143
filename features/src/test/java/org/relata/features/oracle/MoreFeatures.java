package org.relata.features.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.features.Feature;
import org.relata.features.plan.Aggregation;
import org.relata.features.plan.EncodedTable;
import org.relata.features.plan.FeaturePlan;
import org.relata.features.plan.Measure;
import org.relata.features.plan.Output;
import org.relata.features.plan.PathQuery;
import org.relata.features.plan.Reading;
import org.relata.features.plan.Reading.CalendarPart.Part;
import org.relata.features.plan.Step;
import org.relata.features.plan.Window;

/// Features that a plan may hold although the planner does not choose them: more stacks, and parts of the calendar.
public final class MoreFeatures {
    private static final List<Aggregation> NUMBERS = List.of(
            Aggregation.SUM,
            Aggregation.MEAN,
            Aggregation.MIN,
            Aggregation.MAX,
            Aggregation.DEVIATION,
            Aggregation.SKEWNESS);

    private final List<EncodedTable> tables;
    private final List<Output> outputs = new ArrayList<>();
    private int named;

    private MoreFeatures(FeaturePlan plan) {
        this.tables = plan.tables().stream().map(MoreFeatures::dated).toList();
    }

    /// The plan with more features in its queries.
    public static FeaturePlan added(FeaturePlan plan) {
        MoreFeatures more = new MoreFeatures(plan);
        List<PathQuery> queries = plan.queries().stream().map(more::added).toList();
        return new FeaturePlan(
                plan.entityTable(), plan.includeCutoff(), more.tables, queries, plan.dropped(), plan.estimate());
    }

    private static EncodedTable dated(EncodedTable table) {
        List<Measure> measures = new ArrayList<>(table.measures());
        table.timeColumn().ifPresent(time -> {
            measures.add(part(time, Part.YEAR, 2_020, 2));
            measures.add(part(time, Part.MONTH, 1, 12));
            measures.add(part(time, Part.DAY, 1, 31));
            measures.add(part(time, Part.WEEKDAY, 1, 7));
        });
        return new EncodedTable(table.table(), table.timeColumn(), table.links(), measures);
    }

    private static Measure part(String time, Part part, int first, int parts) {
        List<String> categories =
                IntStream.range(first, first + parts).mapToObj(String::valueOf).toList();
        String name = "part of time: " + part;
        return new Measure(
                name, time, new Reading.CalendarPart(part, first), name, Measure.Type.CATEGORICAL, categories);
    }

    private PathQuery added(PathQuery query) {
        outputs.clear();
        outputs.addAll(query.outputs());
        EncodedTable end = tables.stream()
                .filter(t -> t.table().equals(query.path().table()))
                .findFirst()
                .orElseThrow();
        boolean through = query.path().toMany() && query.path().steps().getLast() instanceof Step.Parent;
        for (int m = 0; m < end.measures().size(); m++) {
            Measure measure = end.measures().get(m);
            if (query.stacked()) {
                stacks(query, m, measure);
            } else if (measure.reading() instanceof Reading.CalendarPart && !through) {
                if (query.path().toMany()) {
                    add(query, m, Aggregation.MODE, Optional.empty());
                    add(query, m, Aggregation.DISTINCT, Optional.empty());
                } else {
                    add(query, m, Aggregation.VALUE, Optional.empty());
                }
            }
        }
        return query.with(outputs);
    }

    private void stacks(PathQuery query, int m, Measure measure) {
        switch (measure.type()) {
            case NUMERIC -> {
                for (Aggregation outer : NUMBERS) {
                    for (Aggregation inner : NUMBERS) {
                        // A skewness has no precision that could be told from its inputs: no skewness of it.
                        if (inner != Aggregation.SKEWNESS || outer == Aggregation.MAX) {
                            add(query, m, outer, Optional.of(inner));
                        }
                    }
                }
            }
            case CATEGORICAL -> {
                add(query, m, Aggregation.MEAN, Optional.of(Aggregation.DISTINCT));
                add(query, m, Aggregation.MODE, Optional.of(Aggregation.MODE));
                add(query, m, Aggregation.DISTINCT, Optional.of(Aggregation.MODE));
            }
            case TIME, LINK -> {}
        }
    }

    private void add(PathQuery query, int m, Aggregation aggregation, Optional<Aggregation> inner) {
        Feature like = query.outputs().isEmpty()
                ? new Feature("", Feature.Type.NUMERIC, "", query.name(), List.of(), Feature.TimeBound.BEFORE_CUTOFF)
                : query.outputs().getFirst().feature();
        Feature feature =
                new Feature("more " + named++, Feature.Type.NUMERIC, "", like.query(), like.path(), like.time());
        outputs.add(new Output(feature, m, aggregation, new Window.AllHistory(), Optional.empty(), inner, List.of()));
    }
}
