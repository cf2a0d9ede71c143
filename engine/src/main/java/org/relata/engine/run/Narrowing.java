package org.relata.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relata.engine.kernel.Code;
import org.relata.engine.kernel.Source;
import org.relata.engine.kernel.Step;
import org.relata.engine.keys.RowMap;
import org.relata.engine.memory.Values;

/// Few rows of many numbers, of which each number is worked out alone, as many rows of few: what one step leaves for
/// the
/// next then stays near the processor, and threads have something to share.
final class Narrowing {
    /// Rows up to this width are left as they are.
    private static final int WIDE = 1 << 13;

    /// Narrower rows cost more than they save.
    private static final int LEAST = 64;

    private final Code code;
    private final int width;
    private final int narrow;

    private Narrowing(Code code, int width, int narrow) {
        this.code = code;
        this.width = width;
        this.narrow = narrow;
    }

    /// The region in narrow rows, or as it is.
    static Region of(Region region) {
        int width = region.code().steps().stream()
                .mapToInt(step -> region.code().width(step.out()))
                .max()
                .orElse(1);
        int narrow = IntStream.rangeClosed(1, WIDE)
                .filter(each -> width % each == 0)
                .max()
                .orElse(1);
        Narrowing narrowing = new Narrowing(region.code(), width, narrow);
        boolean fits = width > WIDE
                && narrow >= LEAST
                && (long) region.rows() * (width / narrow) < Integer.MAX_VALUE / 2
                && region.code().steps().stream().allMatch(narrowing::isElementwise);
        return fits ? narrowing.narrowed(region).orElse(region) : region;
    }

    private boolean isElementwise(Step step) {
        return code.width(step.out()) == width
                && switch (step) {
                    case Step.Load load ->
                        code.sources().get(load.leaf()) instanceof Source.Tuples tuples
                                && tuples.map() instanceof RowMap.Identity;
                    case Step.Apply _, Step.Combine _, Step.Choose _ ->
                        step.operands().stream().allMatch(this::isOneOrOwn);
                    case Step.Constant _,
                            Step.Hyper _,
                            Step.Random _,
                            Step.Move _,
                            Step.Expand _,
                            Step.Join _,
                            Step.Fold _,
                            Step.Dot _,
                            Step.Multiply _ -> false;
                };
    }

    /// Whether an operand is one number for all rows, or a row of its own.
    private boolean isOneOrOwn(Step.Operand operand) {
        return code.uniform().get(operand.register())
                ? code.width(operand.register()) == 1
                : code.width(operand.register()) == width && !operand.spread();
    }

    private Optional<Region> narrowed(Region region) {
        List<Region.Sink> sinks = new ArrayList<>();
        for (Region.Sink sink : region.sinks()) {
            if (!(sink instanceof Region.Sink.Store store) || code.uniform().get(store.register())) {
                return Optional.empty();
            }
            Values target = store.target();
            int rows = target.rows() * (width / narrow);
            sinks.add(new Region.Sink.Store(
                    store.register(), new Values(target.segment(), target.precision(), rows, narrow)));
        }
        List<Integer> widths = IntStream.range(0, code.widths().size())
                .mapToObj(register -> code.uniform().get(register) ? code.width(register) : (Integer) narrow)
                .toList();
        return Optional.of(new Region(code.withWidths(widths), region.rows() * (width / narrow), sinks));
    }
}
