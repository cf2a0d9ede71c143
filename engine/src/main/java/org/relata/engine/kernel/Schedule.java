package org.relata.engine.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.relata.engine.memory.Precision;

/// In what order the steps for a block are done, and where their results stand.
///
/// A product with a matrix that all rows share, or many one after the other, is done for a whole block: the more rows
/// the better. Steps between two
/// such products are done for a few rows at a time, so that what only they read stays near the processor.
///
/// @param stretches steps that follow each other
/// @param places the array of each register that differs from row to row
/// @param arrays the arrays
public record Schedule(List<Stretch> stretches, Map<Integer, Integer> places, List<Place> arrays) {
    /// Numbers of the longest vectors.
    private static final int VECTOR = 16;

    /// Steps that are done together.
    ///
    /// @param tiled whether they are done for a few rows at a time
    public record Stretch(List<Task> tasks, boolean tiled) {
        private List<Step> steps() {
            return tasks.stream().flatMap(task -> task.steps().stream()).toList();
        }
    }

    /// An array.
    ///
    /// @param width numbers a row
    /// @param passing whether it holds the few rows that are worked on only, not a block
    public record Place(int width, boolean passing) {}

    /// Orders steps, each a task.
    ///
    /// @param kept registers that are read after the last step
    public static Schedule of(Code code, Set<Integer> kept) {
        return of(code, kept, Optional.empty());
    }

    /// Orders steps, of which loops do as many at a time as they can.
    ///
    /// @param kept registers that are read after the last step
    /// @param precision of loops
    public static Schedule fused(Code code, Set<Integer> kept, Precision precision) {
        return of(code, kept, Optional.of(precision));
    }

    private static Schedule of(Code code, Set<Integer> kept, Optional<Precision> loops) {
        List<Stretch> stretches = stretches(code);
        Set<Integer> passing = passing(code, stretches, kept);
        if (loops.isPresent()) {
            stretches = stretches.stream()
                    .map(stretch -> stretch.tiled ? fused(stretch, code, passing, loops.get()) : stretch)
                    .toList();
        }
        List<Task> order =
                stretches.stream().flatMap(each -> each.tasks.stream()).toList();
        Map<Integer, Integer> lastRead = new HashMap<>();
        for (int index = 0; index < order.size(); index++) {
            for (int register : order.get(index).filled()) {
                lastRead.put(register, index);
            }
            for (int register : order.get(index).read()) {
                lastRead.put(register, index);
            }
        }
        int end = 0;
        for (Stretch stretch : stretches) {
            int begin = end;
            end += stretch.tasks.size();
            int last = end - 1;
            if (stretch.tiled) {
                // Loops write whole vectors, beyond the few rows that they are given: where the next rows' numbers
                // begin,
                // those of another register must not be waiting.
                lastRead.replaceAll((register, index) ->
                        index >= begin && index < last && reachesBeyond(register, code, passing) ? last : index);
            }
        }
        kept.forEach(register -> lastRead.put(register, order.size()));
        Map<Integer, List<Integer>> ends = new HashMap<>();
        lastRead.forEach((register, index) ->
                ends.computeIfAbsent(index, _ -> new ArrayList<>()).add(register));
        Map<Integer, Integer> places = new HashMap<>();
        List<Place> arrays = new ArrayList<>();
        Set<Integer> free = new HashSet<>();
        for (int index = 0; index < order.size(); index++) {
            for (int register : order.get(index).filled()) {
                Place place = new Place(code.width(register), passing.contains(register));
                int array = IntStream.range(0, arrays.size())
                        .filter(each -> free.contains(each) && arrays.get(each).equals(place))
                        .findFirst()
                        .orElse(arrays.size());
                if (array == arrays.size()) {
                    arrays.add(place);
                }
                free.remove(array);
                places.put(register, array);
            }
            // Only now: what a task fills must not stand where it still reads.
            for (int register : ends.getOrDefault(index, List.of())) {
                Integer at = places.get(register);
                if (at != null) {
                    free.add(at);
                }
            }
        }
        return new Schedule(stretches, places, arrays);
    }

    /// Whether rows of a register for a block end within a vector.
    private static boolean reachesBeyond(int register, Code code, Set<Integer> passing) {
        return !passing.contains(register) && code.width(register) % VECTOR != 0;
    }

    /// A stretch in loops. What is not passing is read after it.
    private static Stretch fused(Stretch stretch, Code code, Set<Integer> passing, Precision precision) {
        Set<Integer> later = new HashSet<>();
        for (Step step : stretch.steps()) {
            if (!passing.contains(step.out())) {
                later.add(step.out());
            }
        }
        return new Stretch(Grouping.of(stretch.steps(), code, precision, later), true);
    }

    /// How many loops are written for it.
    public int loops() {
        return (int) stretches.stream()
                .flatMap(stretch -> stretch.tasks.stream())
                .filter(task -> task instanceof Task.Fused)
                .count();
    }

    /// Numbers a row that the arrays for blocks hold together.
    public int numbers() {
        return arrays.stream()
                .filter(place -> !place.passing)
                .mapToInt(Place::width)
                .sum();
    }

    /// The widest row that is worked on a few at a time.
    int widest(Code code) {
        return stretches.stream()
                .filter(Stretch::tiled)
                .flatMap(each -> each.steps().stream())
                .mapToInt(step -> code.width(step.out()))
                .max()
                .orElse(1);
    }

    private static boolean isProductOfBlock(Step step, Code code) {
        return step instanceof Step.Multiply product
                        && (code.uniform().get(product.left()) ^ code.uniform().get(product.right()))
                || code.isProductWithStanding(step);
    }

    /// Each step as late as those that read it allow.
    private static List<Stretch> stretches(Code code) {
        List<Step> steps = code.steps();
        int products = (int)
                steps.stream().filter(step -> isProductOfBlock(step, code)).count();
        int[] stretch = new int[steps.size()];
        Map<Integer, Integer> latest = new HashMap<>();
        int product = products;
        for (int index = steps.size() - 1; index >= 0; index--) {
            Step step = steps.get(index);
            boolean whole = isProductOfBlock(step, code);
            product -= whole ? 1 : 0;
            stretch[index] = whole ? product : latest.getOrDefault(step.out(), products);
            int at = stretch[index];
            step.operands().forEach(operand -> latest.merge(operand.register(), at, Math::min));
        }
        List<Stretch> stretches = new ArrayList<>();
        for (int number = 0; number <= products; number++) {
            List<Step> light = new ArrayList<>();
            List<Step> whole = new ArrayList<>();
            for (int index = 0; index < steps.size(); index++) {
                if (stretch[index] == number) {
                    (isProductOfBlock(steps.get(index), code) ? whole : light).add(steps.get(index));
                }
            }
            if (!light.isEmpty()) {
                stretches.add(new Stretch(singles(light), true));
            }
            if (!whole.isEmpty()) {
                stretches.add(new Stretch(singles(whole), false));
            }
        }
        return stretches;
    }

    private static List<Task> singles(List<Step> steps) {
        return steps.stream().<Task>map(Task.Single::new).toList();
    }

    /// Registers that one stretch fills and no other reads.
    private static Set<Integer> passing(Code code, List<Stretch> stretches, Set<Integer> kept) {
        Set<Integer> passing = new HashSet<>();
        for (Stretch stretch : stretches) {
            if (stretch.tiled) {
                stretch.steps().forEach(step -> passing.add(step.out()));
            }
        }
        passing.removeAll(kept);
        for (Stretch stretch : stretches) {
            Set<Integer> own = new HashSet<>();
            stretch.steps().forEach(step -> own.add(step.out()));
            for (Step step : stretch.steps()) {
                for (Step.Operand operand : step.operands()) {
                    if (!own.contains(operand.register())) {
                        passing.remove(operand.register());
                    }
                }
            }
        }
        passing.removeIf(register -> code.uniform().get(register));
        return passing;
    }
}
