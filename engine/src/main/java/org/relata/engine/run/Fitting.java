package org.relata.engine.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relata.algebra.Aggregator;
import org.relata.algebra.kernel.Binary;
import org.relata.engine.kernel.Code;
import org.relata.engine.kernel.Source;
import org.relata.engine.kernel.Standing;
import org.relata.engine.kernel.Step;
import org.relata.engine.keys.RowMap;

/// A region whose sums take their values in the form that costs least, and the code that is left to do for it.
///
/// @param code the rest
/// @param summands what each sink adds up, if it adds up
/// @param kept registers that sinks read
public record Fitting(Code code, List<Optional<Summand>> summands, Set<Integer> kept) {
    /// @param leastStanding numbers of the smallest matrix that is not copied before it is multiplied
    static Fitting of(Region region, int leastStanding) {
        Work work = new Work(region);
        List<Optional<Summand>> summands = new ArrayList<>();
        for (Region.Sink sink : region.sinks()) {
            summands.add(
                    switch (sink) {
                        case Region.Sink.Store _ -> Optional.empty();
                        case Region.Sink.Fold fold ->
                            fold.aggregator() == Aggregator.SUM ? Optional.of(work.summand(fold)) : Optional.empty();
                        case Region.Sink.Change change -> Optional.of(work.summand(change));
                        case Region.Sink.Scatter scatter -> Optional.of(work.scattered(scatter));
                    });
        }
        Set<Integer> kept = new HashSet<>();
        Set<Integer> ofProducts = new HashSet<>();
        List<Step.Multiply> products = new ArrayList<>();
        for (int index = 0; index < summands.size(); index++) {
            Optional<Summand> summand = summands.get(index);
            if (summand.isPresent() && summand.get() instanceof Summand.Product product) {
                products.add(product.step());
                ofProducts.addAll(product.registers());
            } else {
                kept.addAll(
                        summand.isPresent()
                                ? summand.get().registers()
                                : List.of(region.sinks().get(index).register()));
            }
        }
        Code code = Standing.of(work.code(), products, kept, leastStanding);
        ofProducts.removeAll(code.standing().keySet());
        kept.addAll(ofProducts);
        return new Fitting(code, summands, kept);
    }

    /// Steps as they become fewer.
    private static final class Work {
        private final Region region;
        private final Code code;
        private final List<Step> steps;
        private final List<Summand> made = new ArrayList<>();

        Work(Region region) {
            this.region = region;
            this.code = region.code();
            this.steps = new ArrayList<>(code.steps());
        }

        Code code() {
            return code.withSteps(steps);
        }

        Summand summand(Region.Sink fold) {
            return made(found(fold));
        }

        private Summand made(Summand summand) {
            made.add(summand);
            return summand;
        }

        /// What is added row by row is there in the block, or is a product of two that are.
        Summand scattered(Region.Sink.Scatter sink) {
            Optional<Step> producer = producer(sink.register());
            if (sink.target().width() > 1
                    && producer.isPresent()
                    && producer.get() instanceof Step.Combine product
                    && isWeighted(product)) {
                drop(product);
                return made(weighted(product));
            }
            return made(new Summand.Value(sink.register()));
        }

        private static Summand.Weighted weighted(Step.Combine product) {
            boolean left = product.left().spread();
            return new Summand.Weighted(
                    (left ? product.left() : product.right()).register(),
                    (left ? product.right() : product.left()).register());
        }

        private Summand found(Region.Sink fold) {
            int register = fold.register();
            int width = fold.target().width();
            Optional<Step> producer = producer(register);
            if (producer.isEmpty()) {
                return new Summand.Value(register);
            }
            return switch (producer.get()) {
                case Step.Multiply product
                when product.k() == 1 && bothVary(product.left(), product.right()) -> {
                    drop(product);
                    yield new Summand.Outer(product.left(), product.right(), product.m(), product.n());
                }
                case Step.Multiply product
                when product.leftIsMatrix()
                        && product.rightIsMatrix()
                        && bothVary(product.left(), product.right())
                        && uses(register) == 1 -> {
                    drop(product);
                    yield new Summand.Product(product);
                }
                case Step.Combine product
                when width > 1 && isWeighted(product) -> {
                    drop(product);
                    Summand.Weighted weighted = weighted(product);
                    yield gathered(weighted.tensor(), weighted.weight()).orElse(weighted);
                }
                case Step.Load _ when width > 1 -> gathered(register, -1).orElse(new Summand.Value(register));
                default -> new Summand.Value(register);
            };
        }

        private boolean isWeighted(Step.Combine product) {
            return product.operation() == Binary.Operation.MULTIPLY
                    && product.left().spread() != product.right().spread()
                    && bothVary(product.left().register(), product.right().register());
        }

        private boolean bothVary(int left, int right) {
            return !code.uniform().get(left) && !code.uniform().get(right);
        }

        private Optional<Step> producer(int register) {
            return steps.stream().filter(step -> step.out() == register).findFirst();
        }

        /// Reads rows where they stand, if nothing else needs them in a block.
        private Optional<Summand> gathered(int register, int weight) {
            Optional<Step> producer = producer(register);
            if (producer.isPresent()
                    && producer.get() instanceof Step.Load load
                    && code.sources().get(load.leaf()) instanceof Source.Tuples tuples
                    && tuples.map() instanceof RowMap.Indexed map
                    && uses(register) <= (weight < 0 ? 1 : 0)) {
                steps.remove(load);
                return Optional.of(new Summand.Gathered(weight, tuples.slot(), map));
            }
            return Optional.empty();
        }

        /// Leaves out a step whose value the sum alone would read.
        private void drop(Step step) {
            if (uses(step.out()) == 1) {
                steps.remove(step);
            }
        }

        /// How many steps and sinks read a register, and sums that others are made of.
        private long uses(int register) {
            long bySums = made.stream()
                    .flatMap(summand -> summand.registers().stream())
                    .filter(each -> each == register)
                    .count();
            long bySteps = steps.stream()
                    .flatMap(step -> step.operands().stream())
                    .filter(operand -> operand.register() == register)
                    .count();
            return bySums
                    + bySteps
                    + region.sinks().stream()
                            .filter(sink -> sink.register() == register)
                            .count();
        }
    }
}
