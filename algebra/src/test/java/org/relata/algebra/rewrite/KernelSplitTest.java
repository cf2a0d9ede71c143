package org.relata.algebra.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relata.algebra.GradientCheck;
import org.relata.algebra.Join;
import org.relata.algebra.KernelTable;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Select;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;

final class KernelSplitTest {
    private static final RelExpr X = RelExpr.scan("x", RelationType.of(Shape.of(3), "i"));
    private static final RelExpr W = RelExpr.parameter("w", RelationType.of(Shape.of(3, 2)));
    private static final RelExpr Z = RelExpr.scan("z", RelationType.of(Shape.SCALAR, "i"));
    private static final RelExpr Y = RelExpr.scan("y", RelationType.of(Shape.SCALAR, "i"));

    @Test
    void aFunctionOfAProductIsSplitFromTheProduct() {
        RelExpr layer = X.join(W).with((x, w) -> Kernels.relu(Kernels.vecmat(x, w)));
        Select function = assertInstanceOf(Select.class, split(layer));
        assertEquals("relu(v)", function.kernel().text());
        Join product = assertInstanceOf(Join.class, function.input());
        assertEquals(layer.type().key(), product.type().key());
    }

    @Test
    void aSquareOfADifferenceIsSplitFromTheDifference() {
        RelExpr square = Z.join(Y).on("i").with((z, y) -> {
            var difference = Kernels.subtract(z, y);
            return Kernels.multiply(difference, difference);
        });
        Select function = assertInstanceOf(Select.class, split(square));
        assertEquals(
                "v - w", assertInstanceOf(Join.class, function.input()).kernel().text());
    }

    @Test
    void itDoesNotSplitWhatIsLinearAlready() {
        RelExpr inner = X.join(X.rename("i", "j")).with(Kernels::inner);
        assertSame(inner, split(inner));
    }

    @Test
    void itDoesNotSplitWhereAValueIsReadTwice() {
        RelExpr loss = Z.join(Y).on("i").with((z, y) -> Kernels.subtract(Kernels.softplus(z), Kernels.multiply(y, z)));
        assertSame(loss, split(loss));
    }

    @Test
    void itDoesNotSplitOffAFunctionThatReadsKeys() {
        RelExpr weighed = X.join(W)
                .with((x, w) -> Kernels.exp(
                        Kernels.multiply(Kernels.key(KeyTerm.left("i")), Kernels.relu(Kernels.vecmat(x, w)))));
        assertSame(weighed, split(weighed));
    }

    @Test
    void resultsStay() {
        int split = 0;
        for (Map.Entry<String, KernelTable.Two> row : KernelTable.TWOS.entrySet()) {
            RelExpr left = RelExpr.scan("left", RelationType.of(row.getValue().left(), "i", "j"));
            RelExpr right = RelExpr.scan("right", RelationType.of(row.getValue().right(), "j", "k"));
            RelExpr join = left.join(right)
                    .on("j")
                    .with((a, b) -> Kernels.tanh(row.getValue().kernel().apply(a, b)));
            RelExpr after = split(join);
            Random random = new Random(row.getKey().hashCode());
            Map<String, Relation> data = Map.of(
                    "left", GradientCheck.random(left.type(), 3, 0.3, random, 0.3, 1.8),
                    "right", GradientCheck.random(right.type(), 3, 0.3, random, 0.3, 1.8));
            assertEquals(Reference.run(join, data), Reference.run(after, data), row::getKey);
            split += after instanceof Select ? 1 : 0;
        }
        assertTrue(split > 20 && split < KernelTable.TWOS.size(), split + " joins are split");
    }

    private static RelExpr split(RelExpr program) {
        return KernelSplit.apply(Map.of("it", program)).values().iterator().next();
    }
}
