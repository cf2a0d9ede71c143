package org.relata.algebra;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Derivative;
import org.relata.algebra.kernel.Kernel;
import org.relata.algebra.kernel.KernelContext;
import org.relata.algebra.kernel.KernelGraph;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.kernel.Leaf.Argument;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.rewrite.LoopInvariants;
import org.relata.algebra.rewrite.Rewrites;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// Generated programs are deeper than any stack.
final class DeepProgramsTest {
    private static final int DEPTH = 30_000;
    /// Deep enough for the stack, and quick.
    private static final int SHALLOWER = 20_000;
    private static final RelExpr X = RelExpr.parameter("x", RelationType.of(Shape.SCALAR, "i"));
    private static final Map<String, Relation> DATA =
            Map.of("x", Relation.empty(X.type().key(), Shape.SCALAR).plus(Key.of(1), Tensor.scalar(0.5)));

    @Test
    void aDeepExpressionIsRunSharedExplainedAndDifferentiated() {
        RelExpr deep = deep(DEPTH);
        RelExpr again = deep(DEPTH);
        Sharing sharing = new Sharing();
        assertTrue(sharing.share(deep) == sharing.share(again), "equal expressions become one");
        assertEquals(DEPTH + 1, deep.explain().lines().count());
        assertEquals(Tensor.scalar(0.5), value(Reference.run(deep, DATA)));
        assertEquals(
                Tensor.scalar(1),
                value(Reference.run(Autodiff.gradient(deep.sum(), "x").get("x"), DATA)));
    }

    @Test
    void aDeepExpressionIsRewrittenAndSplit() {
        Map<String, RelExpr> outputs = Map.of("out", deep(SHALLOWER));
        RelExpr rewritten =
                requireNonNull(Rewrites.all().apply(outputs).outputs().get("out"));
        assertEquals(Tensor.scalar(0.5), value(Reference.run(rewritten, DATA)));
        assertTrue(Sharing.sorted(rewritten).size() < SHALLOWER / 4, "neighbours are merged");
        assertEquals(Map.of(), LoopInvariants.of(outputs).once());
    }

    @Test
    void aDeepKernelIsEvaluatedSharedWrittenAndDifferentiated() {
        Kernel deep = new Argument(0, Shape.SCALAR);
        for (int depth = 0; depth < DEPTH; depth++) {
            deep = Kernels.sigmoid(Kernels.add(deep, Kernels.constant(depth % 2)));
        }
        assertTrue(deep.text().length() < 1000);
        assertTrue(deep.evaluate(KernelContext.of(Tensor.scalar(0))).number() > 0);
        KernelGraph.Sharing sharing = new KernelGraph.Sharing();
        assertTrue(sharing.share(deep) == sharing.share(deep), "equal kernels become one");
        Kernel slope = Derivative.pullback(deep, 0, Shape.SCALAR, Kernels.constant(1));
        assertEquals(0, slope.evaluate(KernelContext.of(Tensor.scalar(0))).number());
        Kernel kernel = deep;
        assertEquals(1, Reference.run(X.map(value -> kernel), DATA).size());
    }

    @Test
    void arithmeticOnKeysIsWalkedAsHighAsItMayBeAndRefusedAbove() {
        KeyTerm high = KeyTerm.left("i");
        for (int height = 0; height < 1_000; height++) {
            high = high.plus(KeyTerm.literal(1));
        }
        RelExpr shifted = X.project(KeyProjection.nothing().and("i", high));
        RelExpr both = shifted.where(KeyPredicate.compare(KeyTerm.left("i"), Comparison.GREATER, KeyTerm.literal(1)));
        assertTrue(shifted.explain().length() > 1_000);
        for (Rewrites rewrites : List.of(Rewrites.all(), Rewrites.none())) {
            RelExpr gradient = Autodiff.gradient(both.sum(), rewrites, "x").get("x");
            RelExpr rewritten = rewrites.apply(Map.of("x", requireNonNull(gradient)))
                    .outputs()
                    .get("x");
            assertEquals(Tensor.scalar(1), value(Reference.run(requireNonNull(rewritten), DATA)));
        }
        KeyTerm most = high;
        refused(() -> most.plus(KeyTerm.literal(1)));
        refused(() -> KeyTerm.literal(1).plus(most));
        refused(() -> most.replace(_ -> most));
    }

    @Test
    void termsAndConditionsThatDoubleAreRefusedBeforeAnybodyWalksThem() {
        refused(() -> {
            KeyTerm twice = KeyTerm.left("i");
            for (int times = 0; times < 60; times++) {
                twice = twice.plus(twice);
            }
        });
        refused(() -> {
            KeyPredicate either = KeyPredicate.equal(KeyTerm.left("i"), KeyTerm.literal(1));
            for (int times = 0; times < 60; times++) {
                either = either.or(either.not());
            }
        });
        refused(() -> {
            KeyPredicate opposite = KeyPredicate.equal(KeyTerm.left("i"), KeyTerm.literal(1));
            for (int times = 0; times < DEPTH; times++) {
                opposite = opposite.not();
            }
        });
    }

    private static void refused(Executable making) {
        assertEquals("key.deep", assertThrows(AlgebraException.class, making).code());
    }

    /// Alternates kernels so that the value comes back to itself, and no two neighbours are the same.
    static RelExpr deep(int depths) {
        RelExpr deep = X;
        for (int depth = 0; depth < depths / 2; depth++) {
            deep = deep.map(value -> Kernels.subtract(Kernels.constant(1), value));
            deep = deep.map(value -> Kernels.subtract(Kernels.constant(1), value));
        }
        return deep;
    }

    private static Tensor value(Relation relation) {
        return relation.get(Key.of(1)).orElseThrow();
    }
}
