package org.relata.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Which registers may stand in one array, because the one is not read any more when the other is filled: so a block
/// stays in
/// the processor's cache.
///
/// @param arrays the array of each register that differs from row to row
/// @param widths numbers a row of each array
record Registers(Map<Integer, Integer> arrays, List<Integer> widths) {
    /// Shares arrays.
    ///
    /// @param kept registers that are read after the last step
    static Registers of(Code code, Set<Integer> kept) {
        Map<Integer, Integer> lastRead = new HashMap<>();
        List<Step> steps = code.steps();
        for (int index = 0; index < steps.size(); index++) {
            lastRead.put(steps.get(index).out(), index);
            for (Step.Operand operand : steps.get(index).operands()) {
                lastRead.put(operand.register(), index);
            }
        }
        kept.forEach(register -> lastRead.put(register, steps.size()));
        Map<Integer, Integer> arrays = new HashMap<>();
        List<Integer> widths = new ArrayList<>();
        Set<Integer> free = new HashSet<>();
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            int width = code.width(step.out());
            int array = IntStream.range(0, widths.size())
                    .filter(each -> free.contains(each) && widths.get(each) == width)
                    .findFirst()
                    .orElse(widths.size());
            if (array == widths.size()) {
                widths.add(width);
            }
            free.remove(array);
            arrays.put(step.out(), array);
            // Only now: what a step fills must not stand where it still reads.
            for (Map.Entry<Integer, Integer> each : lastRead.entrySet()) {
                if (each.getValue() == index && arrays.containsKey(each.getKey())) {
                    free.add(arrays.getOrDefault(each.getKey(), 0));
                }
            }
        }
        return new Registers(arrays, widths);
    }
}
