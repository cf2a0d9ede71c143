package org.relata.algebra.kernel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// A kernel without inputs. Only an argument has a derivative, and that is the caller's business.
public sealed interface Leaf extends Kernel {
    /// The value of a tuple: 0 for the left, or only, one and 1 for the right one.
    record Argument(int index, Shape shape) implements Leaf {
        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return context.arguments().get(index);
        }

        @Override
        public String text(List<String> inputs) {
            return index == 0 ? "v" : index == 1 ? "w" : "v" + index;
        }
    }

    /// A fixed tensor.
    record Constant(Tensor tensor) implements Leaf {
        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return tensor;
        }

        @Override
        public String text(List<String> inputs) {
            return tensor.shape().size() > 1 && tensor.isFilledWith(tensor.at(0))
                    ? Tensor.scalar(tensor.at(0)).toString()
                    : tensor.toString();
        }
    }

    /// A value of the keys as a scalar. Strings are refused.
    record KeyNumber(KeyTerm term) implements Leaf {
        @Override
        public Shape shape() {
            return Shape.SCALAR;
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return Tensor.scalar((Long) term.value(context.scope(), context.left(), context.right()));
        }

        @Override
        public String text(List<String> inputs) {
            return term.toString();
        }
    }

    /// 1 where a condition on the keys holds, else 0.
    record KeyTest(KeyPredicate predicate) implements Leaf {
        @Override
        public Shape shape() {
            return Shape.SCALAR;
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            return Tensor.scalar(predicate.holds(context.scope(), context.left(), context.right()) ? 1 : 0);
        }

        @Override
        public String text(List<String> inputs) {
            return "[" + predicate + "]";
        }
    }

    /// A named number that is given when a program is run.
    record Hyper(String name) implements Leaf {
        @Override
        public Shape shape() {
            return Shape.SCALAR;
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            Double number = context.settings().numbers().get(name);
            if (number == null) {
                throw new AlgebraException(
                        "hyper.missing", "hyper-parameter " + name, "it has no value", "give it one");
            }
            return Tensor.scalar(number);
        }

        @Override
        public String text(List<String> inputs) {
            return "$" + name;
        }
    }

    /// Uniform random numbers in [0, 1) that depend on seed, step, stream, the key terms and the position in the tensor
    /// alone: whoever asks, in whatever order, gets the same.
    ///
    /// A 64-bit state starts at the seed and takes in, one after the other, the step, the UTF-8 bytes of the stream's
    /// name,
    /// each key value (an integer as one word, a string byte by byte) and, unless it is a scalar, the position: it is
    /// xored with the word,
    /// and mixed by the finaliser of SplitMix64. Its upper 53 bits are the number.
    record Random(String stream, List<KeyTerm> key, Shape shape) implements Leaf {
        /// Copies.
        public Random {
            key = List.copyOf(key);
        }

        @Override
        public Tensor value(List<Tensor> inputs, KernelContext context) {
            long state = start(stream, context.settings());
            for (KeyTerm term : key) {
                Object value = term.value(context.scope(), context.left(), context.right());
                state = value instanceof Long number ? absorb(state, number) : absorb(state, (String) value);
            }
            double[] numbers = new double[shape.size()];
            for (int position = 0; position < numbers.length; position++) {
                numbers[position] = ((shape.rank() == 0 ? state : absorb(state, (long) position)) >>> 11) * 0x1p-53;
            }
            return Tensor.of(shape, numbers);
        }

        @Override
        public String text(List<String> inputs) {
            return "random(" + stream + (key.isEmpty() ? "" : " " + key) + ")";
        }

        /// The state before the first key value.
        public static long start(String stream, KernelContext.Settings settings) {
            return absorb(absorb(settings.seed(), settings.step()), stream);
        }

        private static long absorb(long state, String text) {
            long result = state;
            for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                result = absorb(result, (long) each);
            }
            return result;
        }

        private static long absorb(long state, long word) {
            long mixed = (state ^ word) + 0x9E3779B97F4A7C15L;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }

    @Override
    default List<Kernel> inputs() {
        return List.of();
    }

    @Override
    default Kernel withInputs(List<Kernel> inputs) {
        return this;
    }

    @Override
    default Kernel pullback(int input, Kernel upstream) {
        throw new AlgebraException("kernel.leaf", text(List.of()), "it has no input " + input, "");
    }
}
