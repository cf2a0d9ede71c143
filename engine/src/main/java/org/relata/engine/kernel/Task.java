package org.relata.engine.kernel;

import java.util.List;
import org.relata.engine.kernel.loop.Loop;

/// What is done at a time for the rows that are worked on.
public sealed interface Task {
    /// The steps that it stands for.
    List<Step> steps();

    /// The registers that others can read afterwards.
    List<Integer> filled();

    /// The registers that it reads from others.
    List<Integer> read();

    /// A step alone.
    record Single(Step step) implements Task {
        @Override
        public List<Step> steps() {
            return List.of(step);
        }

        @Override
        public List<Integer> filled() {
            return List.of(step.out());
        }

        @Override
        public List<Integer> read() {
            return step.operands().stream().map(Step.Operand::register).toList();
        }
    }

    /// Several steps in one loop.
    ///
    /// @param flat whether rows are read as one long run of numbers
    /// @param width numbers a row
    /// @param inputs registers, as the loop numbers them
    /// @param lists what rows of memory are read from, as the loop numbers it
    /// @param filled registers, as the loop numbers them after its inputs
    record Fused(
            List<Step> steps,
            Loop loop,
            boolean flat,
            int width,
            List<Integer> inputs,
            List<Source.Tuples> lists,
            List<Integer> filled)
            implements Task {
        /// Copies.
        public Fused {
            steps = List.copyOf(steps);
            inputs = List.copyOf(inputs);
            lists = List.copyOf(lists);
            filled = List.copyOf(filled);
        }

        @Override
        public List<Integer> read() {
            return inputs;
        }
    }
}
