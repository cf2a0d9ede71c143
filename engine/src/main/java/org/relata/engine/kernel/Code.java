package org.relata.engine.kernel;

import java.util.List;

/// A kernel as steps over registers, for all rows of a region.
///
/// @param common steps that are done once a run: they depend on no row
/// @param steps what is done for each block of rows
/// @param widths numbers a row, by register
/// @param uniform whether a register holds one tensor for all rows, by register
/// @param sources what [Step.Load] reads
/// @param randoms what [Step.Random] reads
public record Code(
        List<Step> common,
        List<Step> steps,
        List<Integer> widths,
        List<Boolean> uniform,
        List<Source> sources,
        List<Source.Randoms> randoms) {
    /// Copies.
    public Code {
        common = List.copyOf(common);
        steps = List.copyOf(steps);
        widths = List.copyOf(widths);
        uniform = List.copyOf(uniform);
        sources = List.copyOf(sources);
        randoms = List.copyOf(randoms);
    }

    /// The same with other steps for each block.
    public Code withSteps(List<Step> others) {
        return new Code(common, others, widths, uniform, sources, randoms);
    }

    /// Numbers that the steps for a row fill.
    public long numbers() {
        return steps.stream().mapToLong(step -> width(step.out())).sum();
    }

    /// Numbers a row of the widest register.
    int widest() {
        return widths.stream().mapToInt(Integer::intValue).max().orElse(1);
    }

    /// Numbers a row of a register.
    public int width(int register) {
        return widths.get(register);
    }
}
