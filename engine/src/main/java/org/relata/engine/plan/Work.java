package org.relata.engine.plan;

import java.util.HashMap;
import java.util.Map;
import org.relata.engine.kernel.Code;
import org.relata.engine.kernel.Source;
import org.relata.engine.kernel.Step;
import org.relata.engine.keys.Groups;
import org.relata.engine.keys.RowMap;
import org.relata.engine.run.Region;

/// What a region has to do, counted from its plan: the least that any machine could get by with, if each number
/// came from memory once.
///
/// @param operations on numbers; a multiplication and its addition are two
/// @param bytes that are read and written, lists of rows included
record Work(long operations, long bytes) {
    static final Work NONE = new Work(0, 0);

    /// Counts.
    static Work of(Region region) {
        if (region.sinks().isEmpty()) {
            return NONE;
        }
        Code code = region.code();
        long rows = region.rows();
        long operations = 0;
        Map<Integer, Integer> loaded = new HashMap<>();
        for (Step step : code.common()) {
            note(step, code, loaded);
        }
        for (Step step : code.steps()) {
            note(step, code, loaded);
            operations += rows * each(step, code);
        }
        long number = region.sinks().getFirst().target().precision().bytes();
        long bytes = 0;
        for (Map.Entry<Integer, Integer> each : loaded.entrySet()) {
            bytes += read(code.sources().get(each.getKey()), rows, each.getValue() * number);
        }
        for (Region.Sink sink : region.sinks()) {
            int width = sink.target().width();
            switch (sink) {
                case Region.Sink.Store store ->
                    bytes += store.target().segment().byteSize();
                case Region.Sink.Fold fold -> {
                    operations += (long) fold.groups().rows() * width;
                    bytes += fold.target().segment().byteSize() + lists(fold.groups());
                }
                case Region.Sink.Change change -> {
                    operations += (change.groups().rows() + 2L * change.groups().count()) * width;
                    bytes += 2L * change.groups().count() * width * number + lists(change.groups());
                }
                case Region.Sink.Scatter scatter -> {
                    operations += rows * width;
                    bytes += scatter.target().segment().byteSize() + rows * Integer.BYTES;
                }
            }
        }
        return new Work(operations, bytes);
    }

    private static long lists(Groups groups) {
        return groups.order() instanceof RowMap.Indexed ? (long) groups.rows() * Integer.BYTES : 0;
    }

    private static void note(Step step, Code code, Map<Integer, Integer> loaded) {
        if (step instanceof Step.Load load) {
            loaded.put(load.leaf(), code.width(load.out()));
        }
    }

    /// Operations of a step for one row.
    private static long each(Step step, Code code) {
        return switch (step) {
            case Step.Load _, Step.Constant _, Step.Hyper _, Step.Move _, Step.Expand _, Step.Join _ -> 0;
            case Step.Random _, Step.Apply _, Step.Combine _, Step.Choose _ -> code.width(step.out());
            case Step.Fold fold -> code.width(fold.in());
            case Step.Dot dot -> 2L * code.width(dot.left());
            case Step.Multiply multiply -> 2L * multiply.m() * multiply.k() * multiply.n();
        };
    }

    private static long read(Source source, long rows, long tuple) {
        return switch (source) {
            case Source.Tuples tuples ->
                switch (tuples.map()) {
                    case RowMap.Identity _ -> rows * tuple;
                    case RowMap.Single _ -> tuple;
                    case RowMap.Indexed _ -> rows * (tuple + Integer.BYTES);
                };
            case Source.Keys _ -> rows * Long.BYTES;
            case Source.Test _ -> 0;
        };
    }

    /// Both together.
    Work and(Work other) {
        return new Work(operations + other.operations, bytes + other.bytes);
    }
}
