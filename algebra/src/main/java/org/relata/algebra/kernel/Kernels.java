package org.relata.algebra.kernel;

import java.util.List;
import org.relata.algebra.kernel.Leaf.Constant;
import org.relata.algebra.kernel.Linear.Broadcast;
import org.relata.algebra.kernel.Linear.Concat;
import org.relata.algebra.kernel.Linear.MatMul;
import org.relata.algebra.kernel.Linear.Reshape;
import org.relata.algebra.kernel.Linear.Slice;
import org.relata.algebra.kernel.Linear.Transpose;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Builds kernels: checks shapes, repeats the smaller operand to fit the larger, folds constants, and leaves out what
/// does
/// nothing (x + 0, x · 1), so that derivatives stay readable. 0 · x is 0, also where x would be infinite.
public final class Kernels {
    private Kernels() {}

    /// A fixed number.
    public static Kernel constant(double number) {
        return new Constant(Tensor.scalar(number));
    }

    /// A fixed tensor.
    public static Kernel constant(Tensor tensor) {
        return new Constant(tensor);
    }

    /// Zeros.
    public static Kernel zeros(Shape shape) {
        return new Constant(Tensor.filled(shape, 0));
    }

    /// A value of the keys as a scalar.
    public static Kernel key(KeyTerm term) {
        return new Leaf.KeyNumber(term);
    }

    /// 1 where a condition on the keys holds, else 0.
    public static Kernel test(KeyPredicate predicate) {
        return new Leaf.KeyTest(predicate);
    }

    /// A named number that is given when a program is run.
    public static Kernel hyper(String name) {
        return new Leaf.Hyper(name);
    }

    /// Uniform random numbers in [0, 1), a function of seed, step, stream and the key terms.
    public static Kernel random(String stream, Shape shape, KeyTerm... key) {
        return new Leaf.Random(stream, List.of(key), shape);
    }

    /// −x.
    public static Kernel negate(Kernel x) {
        return unary(Unary.Operation.NEGATE, x);
    }

    /// eˣ.
    public static Kernel exp(Kernel x) {
        return unary(Unary.Operation.EXP, x);
    }

    /// The natural logarithm.
    public static Kernel log(Kernel x) {
        return unary(Unary.Operation.LOG, x);
    }

    /// √x.
    public static Kernel sqrt(Kernel x) {
        return unary(Unary.Operation.SQRT, x);
    }

    /// |x|.
    public static Kernel abs(Kernel x) {
        return unary(Unary.Operation.ABS, x);
    }

    /// −1, 0 or 1.
    public static Kernel sign(Kernel x) {
        return unary(Unary.Operation.SIGN, x);
    }

    /// 1 / (1 + e⁻ˣ).
    public static Kernel sigmoid(Kernel x) {
        return unary(Unary.Operation.SIGMOID, x);
    }

    /// The hyperbolic tangent.
    public static Kernel tanh(Kernel x) {
        return unary(Unary.Operation.TANH, x);
    }

    /// max(x, 0).
    public static Kernel relu(Kernel x) {
        return unary(Unary.Operation.RELU, x);
    }

    /// ln(1 + eˣ).
    public static Kernel softplus(Kernel x) {
        return unary(Unary.Operation.SOFTPLUS, x);
    }

    /// x where positive, else slope · x.
    public static Kernel leakyRelu(Kernel x, double slope) {
        return where(compare(x, Comparison.GREATER, constant(0)), x, multiply(constant(slope), x));
    }

    /// The Gaussian error linear unit in its tanh form, which every database can compute.
    public static Kernel gelu(Kernel x) {
        Kernel cube = multiply(constant(0.044715), power(x, constant(3)));
        Kernel inner = multiply(constant(Math.sqrt(2 / Math.PI)), add(x, cube));
        return multiply(multiply(constant(0.5), x), add(constant(1), tanh(inner)));
    }

    /// a + b.
    public static Kernel add(Kernel a, Kernel b) {
        return binary(Binary.Operation.ADD, a, b);
    }

    /// a − b.
    public static Kernel subtract(Kernel a, Kernel b) {
        return binary(Binary.Operation.SUBTRACT, a, b);
    }

    /// a · b, element by element.
    public static Kernel multiply(Kernel a, Kernel b) {
        return binary(Binary.Operation.MULTIPLY, a, b);
    }

    /// a / b, element by element.
    public static Kernel divide(Kernel a, Kernel b) {
        return binary(Binary.Operation.DIVIDE, a, b);
    }

    /// a to the power of b.
    public static Kernel power(Kernel a, Kernel b) {
        return binary(Binary.Operation.POWER, a, b);
    }

    /// The greater of the two.
    public static Kernel maximum(Kernel a, Kernel b) {
        return binary(Binary.Operation.MAXIMUM, a, b);
    }

    /// The smaller of the two.
    public static Kernel minimum(Kernel a, Kernel b) {
        return binary(Binary.Operation.MINIMUM, a, b);
    }

    /// 1 where the comparison holds, else 0.
    public static Kernel compare(Kernel a, Comparison comparison, Kernel b) {
        return binary(Binary.Operation.of(comparison), a, b);
    }

    /// `then` where the condition is not 0, `otherwise` elsewhere.
    public static Kernel where(Kernel condition, Kernel then, Kernel otherwise) {
        Shape shape = condition.shape().common(then.shape()).common(otherwise.shape());
        return Simplified.of(
                new Where(broadcast(condition, shape), broadcast(then, shape), broadcast(otherwise, shape)));
    }

    /// The product of two matrices.
    public static Kernel matmul(Kernel a, Kernel b) {
        if (a.shape().rank() != 2
                || b.shape().rank() != 2
                || a.shape().extent(1) != b.shape().extent(0)) {
            throw mismatch(
                    "matrix product",
                    "shapes " + a.shape() + " and " + b.shape() + " do not fit",
                    "the columns of the first must be as many as the rows of the second");
        }
        return Simplified.of(new MatMul(a, b));
    }

    /// A matrix times a vector.
    public static Kernel matvec(Kernel matrix, Kernel vector) {
        rank("matrix–vector product", vector, 1);
        Shape column = Shape.of(vector.shape().extent(0), 1);
        return reshape(
                matmul(matrix, reshape(vector, column)), Shape.of(matrix.shape().extent(0)));
    }

    /// A vector times a matrix.
    public static Kernel vecmat(Kernel vector, Kernel matrix) {
        return matvec(transpose(matrix), vector);
    }

    /// The sum of the products of the elements of two tensors of one shape.
    public static Kernel inner(Kernel a, Kernel b) {
        return sum(multiply(a, b));
    }

    /// All products of an element of one vector and an element of another.
    public static Kernel outer(Kernel a, Kernel b) {
        rank("outer product", a, 1);
        rank("outer product", b, 1);
        return matmul(
                reshape(a, Shape.of(a.shape().extent(0), 1)),
                reshape(b, Shape.of(1, b.shape().extent(0))));
    }

    /// A matrix with rows and columns exchanged.
    public static Kernel transpose(Kernel x) {
        rank("transpose", x, 2);
        return Simplified.of(new Transpose(x));
    }

    /// The same numbers in another shape.
    public static Kernel reshape(Kernel x, Shape shape) {
        if (x.shape().size() != shape.size()) {
            throw mismatch("reshape", x.shape() + " holds not as many numbers as " + shape, "");
        }
        return Simplified.of(new Reshape(x, shape));
    }

    /// x repeated to fill a larger shape.
    public static Kernel broadcast(Kernel x, Shape shape) {
        if (!x.shape().broadcastsTo(shape)) {
            throw mismatch("broadcast", x.shape() + " cannot be repeated to fill " + shape, "");
        }
        return Simplified.of(new Broadcast(x, shape));
    }

    /// Tensors one after the other along an axis.
    public static Kernel concat(int axis, List<Kernel> parts) {
        Shape rest = parts.getFirst().shape().without(axis);
        for (Kernel part : parts) {
            if (!part.shape().without(axis).equals(rest)) {
                throw mismatch("concat along axis " + axis, part.shape() + " does not fit " + rest, "");
            }
        }
        return parts.size() == 1 ? parts.getFirst() : Simplified.of(new Concat(parts, axis));
    }

    /// The positions `from` (with) to `to` (without) of one axis.
    public static Kernel slice(Kernel x, int axis, int from, int to) {
        if (from < 0 || to <= from || to > x.shape().extent(axis)) {
            throw mismatch("slice", from + ":" + to + " is outside axis " + axis + " of " + x.shape(), "");
        }
        return Simplified.of(new Slice(x, axis, from, to));
    }

    /// Elements folded into a smaller shape.
    public static Kernel reduce(Reduce.Operation operation, Kernel x, Shape shape) {
        if (!shape.broadcastsTo(x.shape())) {
            throw mismatch("reduce", x.shape() + " cannot be folded into " + shape, "");
        }
        return Simplified.of(new Reduce(operation, x, shape));
    }

    /// The sum of all elements.
    public static Kernel sum(Kernel x) {
        return reduce(Reduce.Operation.SUM, x, Shape.SCALAR);
    }

    /// The sums along one axis, which disappears.
    public static Kernel sum(Kernel x, int axis) {
        return reshape(
                reduce(Reduce.Operation.SUM, x, x.shape().with(axis, 1)),
                x.shape().without(axis));
    }

    /// The mean of all elements.
    public static Kernel mean(Kernel x) {
        return divide(sum(x), constant(x.shape().size()));
    }

    /// The greatest element.
    public static Kernel max(Kernel x) {
        return reduce(Reduce.Operation.MAXIMUM, x, Shape.SCALAR);
    }

    /// The smallest element.
    public static Kernel min(Kernel x) {
        return negate(max(negate(x)));
    }

    /// The logarithm of the sum of all exponentials.
    public static Kernel logsumexp(Kernel x) {
        return reduce(Reduce.Operation.LOGSUMEXP, x, Shape.SCALAR);
    }

    /// Logarithms of the softmax along the last axis.
    public static Kernel logSoftmax(Kernel x) {
        Shape last = x.shape().with(x.shape().rank() - 1, 1);
        return subtract(x, reduce(Reduce.Operation.LOGSUMEXP, x, last));
    }

    /// Exponentials along the last axis, divided by their sum.
    public static Kernel softmax(Kernel x) {
        return exp(logSoftmax(x));
    }

    /// x divided by its Euclidean length; zeros stay zeros.
    public static Kernel normalize(Kernel x) {
        Kernel squares = inner(x, x);
        Kernel safe = where(compare(squares, Comparison.GREATER, constant(0)), squares, constant(1));
        return divide(x, sqrt(safe));
    }

    /// The Euclidean length; its derivative at zero is taken as zero.
    public static Kernel norm(Kernel x) {
        Kernel squares = inner(x, x);
        Kernel positive = compare(squares, Comparison.GREATER, constant(0));
        return where(positive, sqrt(where(positive, squares, constant(1))), constant(0));
    }

    /// A function of each element.
    public static Kernel unary(Unary.Operation operation, Kernel x) {
        return Simplified.of(new Unary(operation, x));
    }

    /// A function of pairs of elements.
    public static Kernel binary(Binary.Operation operation, Kernel a, Kernel b) {
        Shape shape = a.shape().common(b.shape());
        return Simplified.of(new Binary(operation, broadcast(a, shape), broadcast(b, shape)));
    }

    private static void rank(String what, Kernel x, int rank) {
        if (x.shape().rank() != rank) {
            throw mismatch(what, "shape " + x.shape() + " does not have " + rank + (rank == 1 ? " axis" : " axes"), "");
        }
    }

    private static AlgebraException mismatch(String place, String problem, String remedy) {
        return new AlgebraException("shape.mismatch", place, problem, remedy);
    }

    /// Without the brackets around all of it.
    static String bare(String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) {
            return text;
        }
        int depth = 0;
        for (int index = 0; index < text.length() - 1; index++) {
            depth += text.charAt(index) == '(' ? 1 : text.charAt(index) == ')' ? -1 : 0;
            if (depth == 0) {
                return text;
            }
        }
        return text.substring(1, text.length() - 1);
    }
}
