package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// What is said when an expression cannot be, or data does not fit it.
final class BadInputTest {
    private static final RelExpr X = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "row", "col"));
    private static final RelExpr NAMES = RelExpr.scan("names", RelationType.of(Shape.of(2), Attribute.text("name")));

    @Test
    void anUnknownAttributeIsNamedWithThoseThereAre() {
        says("aggregate sum: no key attribute \"rwo\"; there are [row, col]", () -> X.sum("rwo"));
        says(
                "join, right of =: no key attribute \"col\" on the RIGHT; there are [name:text]",
                () -> X.join(NAMES).onEqual("row", "col").with((a, b) -> a));
        says(
                "join, keep: no key attribute \"depth\"; there are [row, col] and [name:text]",
                () -> X.join(NAMES).keep("depth"));
    }

    @Test
    void integersAndStringsDoNotMix() {
        says(
                "join: row = nameʳ compares an integer with a string",
                () -> X.join(NAMES).onEqual("row", "name").with((a, b) -> b));
        says(
                "select: (name + 1) computes with a string; use integers",
                () -> NAMES.where(
                        KeyPredicate.equal(KeyTerm.left("name").plus(KeyTerm.literal(1)), KeyTerm.literal(1))));
        says("select: name is a string, not a number", () -> NAMES.map(value -> Kernels.key(KeyTerm.left("name"))));
    }

    @Test
    void shapesThatDoNotFitAreShown() {
        Kernel matrix = new Argument(0, Shape.of(2, 3));
        says(
                "matrix product: shapes [2×3] and [2×3] do not fit; the columns of the first must be as many as the rows of the"
                        + " second",
                () -> Kernels.matmul(matrix, matrix));
        says(
                "shapes [2×3] and [2]: extents 3 and 2 of one axis differ; make them equal, or 1",
                () -> Kernels.add(matrix, new Argument(1, Shape.of(2))));
        says("slice: 1:4 is outside axis 1 of [2×3]", () -> Kernels.slice(matrix, 1, 1, 4));
        says(
                "select, kernel v: argument 0 of shape [2×3] does not fit the input shapes [[]]; build the kernel for these inputs",
                () -> X.map(value -> matrix));
    }

    @Test
    void keysThatMeetAreAnErrorBeforeRunningWhereTypesShowIt() {
        RelExpr dense = RelExpr.scan(
                "d",
                RelationType.of(Shape.SCALAR, "i", "j")
                        .range("i", 0, 2)
                        .range("j", 0, 3)
                        .complete());
        says(
                "select ⟨i⟩: the projection merges keys that differ in j only; put an aggregate over it",
                () -> dense.project(KeyProjection.keep("i")));
    }

    @Test
    void keysThatMeetAreAnErrorWhenRunOtherwise() {
        Relation x = relation().plus(Key.of(1, 1), Tensor.scalar(1)).plus(Key.of(1, 2), Tensor.scalar(2));
        says(
                "select ⟨row⟩ v: the projection merges keys into ⟨1⟩; put an aggregate over it",
                () -> Reference.run(X.project(KeyProjection.keep("row")), Map.of("x", x)));
    }

    @Test
    void dataThatDoesNotFitIsRefused() {
        Relation other = Relation.empty(List.of(Attribute.integer("row")), Shape.SCALAR);
        says(
                "relation x: key [row] with shape [] was given; the program reads key [row, col] with shape []",
                () -> Reference.run(X, Map.of("x", other)));
        says(
                "key ⟨1⟩: it does not fit the attributes [row, col]; give one value each",
                () -> relation().plus(Key.of(1), Tensor.scalar(1)));
        says(
                "key ⟨1, 1⟩: its value has shape [2], the relation []; values of a relation share one shape",
                () -> relation().plus(Key.of(1, 1), Tensor.vector(1, 2)));
        says(
                "hyper-parameter rate: it has no value; give it one",
                () -> Reference.run(
                        X.map(value -> Kernels.multiply(value, Kernels.hyper("rate"))),
                        Map.of("x", relation().plus(Key.of(1, 1), Tensor.scalar(1)))));
    }

    @Test
    void aLossIsOneNumberAndItsParametersAreScanned() {
        says(
                "loss: it has the type ⟨row⟩ instead of one number under ⟨⟩; aggregate it to ⟨⟩, and its value to a scalar",
                () -> Autodiff.gradient(X.sum("row"), "x"));
        says("relation w: the program does not scan it; it scans [x]", () -> Autodiff.gradient(X.sum(), "w"));
        RelExpr same = RelExpr.parameter("x", RelationType.of(Shape.SCALAR, "row", "col"));
        says(
                "relation x: it is scanned as ⟨row, col⟩ and as ⟨row, col⟩; scan it with one type and one role",
                () -> Autodiff.gradient(X.add(same).sum(), "x"));
    }

    @Test
    void aDivisionOfKeysByZeroIsNamed() {
        Relation x = relation().plus(Key.of(1, 0), Tensor.scalar(1));
        KeyPredicate half = KeyPredicate.equal(KeyTerm.left("row").dividedBy(KeyTerm.left("col")), KeyTerm.literal(1));
        says(
                "1 / 0: the result is not a 64-bit integer; exclude such keys",
                () -> Reference.run(X.where(half), Map.of("x", x)));
    }

    private static Relation relation() {
        return Relation.empty(X.type().key(), Shape.SCALAR);
    }

    private static void says(String message, Executable call) {
        assertEquals(message, assertThrows(AlgebraException.class, call).getMessage());
    }
}
