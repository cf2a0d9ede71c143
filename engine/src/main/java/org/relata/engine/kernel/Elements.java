package org.relata.engine.kernel;

import java.util.ArrayList;
import java.util.List;
import org.relata.algebra.kernel.Binary;
import org.relata.engine.kernel.Step.Operand;
import org.relata.engine.lanes.Lanes;

/// Steps on two or three elements at a time, whose operands may stand in full, once a row, or once for all rows.
///
/// @param <A> the arrays that it computes with
final class Elements<A> {
    private final Lanes<A> lanes;
    private final Registers<A> registers;
    /// Places for what has to be written out first.
    private final List<A> written = new ArrayList<>();

    /// @param room numbers of the operands of a choice; 0 where there is none
    Elements(Lanes<A> lanes, Registers<A> registers, int room) {
        this.lanes = lanes;
        this.registers = registers;
        for (int place = 0; room > 0 && place < 3; place++) {
            written.add(lanes.allocate(room));
        }
    }

    /// One of two elements.
    void choose(Step.Choose choose, int count, int width, A out, int to) {
        lanes.where(
                whole(choose.condition(), 0, count, width),
                wholeAt(choose.condition(), width),
                whole(choose.then(), 1, count, width),
                wholeAt(choose.then(), width),
                whole(choose.otherwise(), 2, count, width),
                wholeAt(choose.otherwise(), width),
                out,
                to,
                count * width);
    }

    /// Whether every element of every row has a place of its own.
    private boolean isWhole(Operand operand, int width) {
        return !registers.isUniform(operand.register()) && (!operand.spread() || width == 1);
    }

    /// Writes an operand out for every element of every row.
    void expand(Operand operand, A out, int to, int count, int width) {
        A in = registers.array(operand.register());
        for (int row = 0; row < count; row++) {
            int at = registers.at(operand.register(), row);
            if (operand.spread() || registers.width(operand.register()) == 1) {
                lanes.fill(out, to + row * width, width, lanes.get(in, at));
            } else {
                lanes.copy(in, at, out, to + row * width, width);
            }
        }
    }

    private A whole(Operand operand, int place, int count, int width) {
        if (isWhole(operand, width)) {
            return registers.array(operand.register());
        }
        expand(operand, written.get(place), 0, count, width);
        return written.get(place);
    }

    private int wholeAt(Operand operand, int width) {
        return isWhole(operand, width) ? registers.at(operand.register()) : 0;
    }

    void combine(Binary.Operation operation, Operand left, Operand right, int count, int width, A out, int to) {
        if (registers.isUniform(left.register())
                && registers.isUniform(right.register())
                && !left.spread()
                && !right.spread()) {
            // Both have one tensor for all rows, and so has the result.
            lanes.binary(
                    operation,
                    registers.array(left.register()),
                    0,
                    registers.array(right.register()),
                    0,
                    out,
                    to,
                    width);
        } else if (isWhole(left, width)) {
            A values = registers.array(left.register());
            combineWhole(operation, values, registers.at(left.register()), right, count, width, out, to);
        } else if (isWhole(right, width) && commutes(operation)) {
            A values = registers.array(right.register());
            combineWhole(operation, values, registers.at(right.register()), left, count, width, out, to);
        } else {
            expand(left, out, to, count, width);
            combineWhole(operation, out, to, right, count, width, out, to);
        }
    }

    private static boolean commutes(Binary.Operation operation) {
        return switch (operation) {
            case ADD, MULTIPLY, MAXIMUM, MINIMUM, EQUAL, DIFFERENT -> true;
            case SUBTRACT, DIVIDE, POWER, LESS, AT_MOST, GREATER, AT_LEAST -> false;
        };
    }

    /// Combines all elements on the left with an operand.
    private void combineWhole(
            Binary.Operation operation, A left, int leftAt, Operand right, int count, int width, A out, int to) {
        A other = registers.array(right.register());
        boolean one = right.spread() || registers.width(right.register()) == 1 && width > 1;
        if (isWhole(right, width)) {
            lanes.binary(operation, left, leftAt, other, registers.at(right.register()), out, to, count * width);
        } else if (registers.isUniform(right.register()) && (one || width == 1)) {
            lanes.scalar(operation, left, leftAt, lanes.get(other, 0), out, to, count * width);
        } else {
            for (int row = 0; row < count; row++) {
                int from = leftAt + row * width;
                int at = registers.at(right.register(), row);
                if (one) {
                    lanes.scalar(operation, left, from, lanes.get(other, at), out, to + row * width, width);
                } else {
                    lanes.binary(operation, left, from, other, at, out, to + row * width, width);
                }
            }
        }
    }

    void place(Step.Part part, A out, int to, int count, int width) {
        A in = registers.array(part.in());
        int size = width / part.stride() * part.run();
        for (int row = 0; row < count; row++) {
            for (int run = 0; run * part.run() < size; run++) {
                lanes.copy(
                        in,
                        registers.at(part.in(), row) + run * part.run(),
                        out,
                        to + row * width + part.at() + run * part.stride(),
                        part.run());
            }
        }
    }
}
