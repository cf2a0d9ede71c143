package org.relata.engine.kernel;

import java.util.List;
import java.util.Map;

/// A kernel as steps over registers, for all rows of a region.
///
/// @param common steps that are done once a run: they depend on no row
/// @param steps what is done for each block of rows
/// @param widths numbers a row, by register
/// @param uniform whether a register holds one tensor for all rows, by register
/// @param sources what [Step.Load] reads
/// @param randoms what [Step.Random] reads
/// @param standing registers that nothing fills: products read their matrices where they stand
public record Code(
        List<Step> common,
        List<Step> steps,
        List<Integer> widths,
        List<Boolean> uniform,
        List<Source> sources,
        List<Source.Randoms> randoms,
        Map<Integer, Source.Tuples> standing) {
    /// Copies.
    public Code {
        common = List.copyOf(common);
        steps = List.copyOf(steps);
        widths = List.copyOf(widths);
        uniform = List.copyOf(uniform);
        sources = List.copyOf(sources);
        randoms = List.copyOf(randoms);
        standing = Map.copyOf(standing);
    }

    /// The same with other steps for each block.
    public Code withSteps(List<Step> others) {
        return new Code(common, others, widths, uniform, sources, randoms, standing);
    }

    /// The same with registers of other widths.
    public Code withWidths(List<Integer> others) {
        return new Code(common, steps, others, uniform, sources, randoms, standing);
    }

    /// The same with matrices that are left where they stand.
    public Code withStanding(Map<Integer, Source.Tuples> matrices) {
        return new Code(
                common,
                steps.stream().filter(step -> !matrices.containsKey(step.out())).toList(),
                widths,
                uniform,
                sources,
                randoms,
                matrices);
    }

    /// Whether a step is a product of a vector of each row with a matrix that stands elsewhere.
    boolean isProductWithStanding(Step step) {
        return step instanceof Step.Multiply product
                && (product.n() == 1 && standing.containsKey(product.left())
                        || product.m() == 1 && standing.containsKey(product.right()));
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
