package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Attribute;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// What goes wrong in the code that was published with the paper, and in some of its rules.
final class PublishedFaultsTest {
    private static final RelExpr X = RelExpr.parameter("x", RelationType.of(Shape.SCALAR, "i"));

    @Test
    void aRelationThatIsUsedTwiceReceivesBothContributions() {
        RelExpr squares = X.join(X).on("i").with(Kernels::multiply).sum();
        assertEquals(relation(2, 4, 6), gradient(squares, relation(1, 2, 3)));
        RelExpr twice = X.add(X).sum();
        assertEquals(relation(2, 2, 2), gradient(twice, relation(1, 2, 3)));
    }

    @Test
    void groupingByNothingKeepsTheUpstreamGradient() {
        RelExpr scaled = X.sum().map(total -> Kernels.multiply(Kernels.constant(5), total));
        assertEquals(relation(5, 5, 5), gradient(scaled, relation(1, 2, 3)));
    }

    @Test
    void nothingIsRunOverItsInputs() {
        Relation x = relation(1, 2, 3);
        Relation before = relation(1, 2, 3);
        gradient(X.map(Kernels::exp).sum(), x);
        assertEquals(before, x);
        assertThrows(UnsupportedOperationException.class, () -> x.tuples().clear());
    }

    @Test
    void aMissingRelationOrKeyIsSaidInPlainWords() {
        AlgebraException missing = assertThrows(AlgebraException.class, () -> Reference.run(X.sum(), Map.of()));
        assertEquals("relation x: it was not given; bind it", missing.getMessage());
        RelExpr other = RelExpr.scan("y", RelationType.of(Shape.SCALAR, "i"));
        RelExpr loss = X.join(other).on("i").with(Kernels::multiply).sum();
        Relation gradient =
                Reference.run(Autodiff.gradient(loss, "x").get("x"), Map.of("x", relation(1, 2, 3), "y", relation(7)));
        assertEquals(relation(7), gradient, "keys 1 and 2 meet nothing: no tuple and no error");
    }

    @Test
    void theDerivativeOfTheLogarithmIsTheReciprocal() {
        assertEquals(relation(1, 0.5, 0.25), gradient(X.map(Kernels::log).sum(), relation(1, 2, 4)));
    }

    @Test
    void aDroppedTupleReceivesNothingEvenIfItsProjectionMeetsOneThatStays() {
        RelExpr kept = new Select(
                KeyPredicate.compare(KeyTerm.left("i"), Comparison.LESS, KeyTerm.literal(2)),
                KeyProjection.nothing().and("half", KeyTerm.left("i").modulo(KeyTerm.literal(2))),
                Kernels.multiply(Kernels.constant(3), new Argument(0, Shape.SCALAR)),
                X);
        assertEquals(relation(3, 3), gradient(kept.sum(), relation(1, 2, 3)));
    }

    @Test
    void anEmptyGroupHasNoLossAndNoGradient() {
        Relation none = Relation.empty(List.of(Attribute.integer("i")), Shape.SCALAR);
        assertTrue(Reference.run(X.sum(), Map.of("x", none)).tuples().isEmpty());
        assertEquals(none, gradient(X.mean(), none));
    }

    @Test
    void productsAreRightWithZeros() {
        RelExpr product = X.aggregate(Aggregator.PRODUCT);
        assertEquals(relation(6, 0, 0), gradient(product, relation(0, 2, 3)));
        assertEquals(relation(0, 0, 0), gradient(product, relation(0, 0, 3)));
    }

    @Test
    void theDeviationOfEqualValuesHasNoSlope() {
        // 0.1 + 0.1 + 0.1 is not 0.3: a mean with that error would make noise look like spread.
        assertEquals(relation(0, 0, 0), gradient(X.aggregate(Aggregator.DEVIATION), relation(0.1, 0.1, 0.1)));
    }

    @Test
    void equalsShareTheDerivativeOfAMaximum() {
        assertEquals(relation(0.5, 0, 0.5), gradient(X.aggregate(Aggregator.MAXIMUM), relation(4, 1, 4)));
    }

    private static Relation gradient(RelExpr loss, Relation x) {
        return Reference.run(Autodiff.gradient(loss, "x").get("x"), Map.of("x", x));
    }

    private static Relation relation(double... values) {
        Relation relation = Relation.empty(List.of(Attribute.integer("i")), Shape.SCALAR);
        for (int index = 0; index < values.length; index++) {
            relation = relation.plus(Key.of(index), Tensor.scalar(values[index]));
        }
        return relation;
    }
}
