package org.relata.algebra.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.relata.algebra.Add;
import org.relata.algebra.Aggregator;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.Select;
import org.relata.algebra.autodiff.Autodiff;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.key.Comparison;
import org.relata.algebra.key.KeyPredicate;
import org.relata.algebra.key.KeyProjection;
import org.relata.algebra.key.KeyTerm;
import org.relata.algebra.value.AlgebraException;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;

/// When each rewrite applies, and when it does not.
final class RewritesTest {
    private static final RelExpr X = RelExpr.scan("x", RelationType.of(Shape.SCALAR, "i", "j"));
    private static final RelExpr Y = RelExpr.scan("y", RelationType.of(Shape.SCALAR, "j"));
    private static final RelExpr NOTHING =
            RelExpr.constant(Relation.empty(Y.type().key(), Shape.SCALAR));

    @Test
    void theNamesAreStable() {
        assertEquals(
                List.of(
                        "product-join",
                        "join-under-aggregate",
                        "dead",
                        "no-operation",
                        "constant-grouping",
                        "equal-terms",
                        "match-equalities",
                        "cardinality",
                        "semi-join",
                        "merge-selects",
                        "select-over-join",
                        "select-under-join",
                        "contraction-order",
                        "aggregates-below-joins"),
                Rewrites.names());
    }

    @Test
    void oneIsSwitchedOffByItsNameAndAWrongNameIsAnsweredWithTheNearest() {
        assertFalse(Rewrites.all().without("dead").has("dead"));
        assertTrue(Rewrites.all().without("dead").has("cardinality"));
        assertTrue(Rewrites.only("dead").has("dead"));
        assertFalse(Rewrites.none().has("dead"));
        AlgebraException wrong =
                assertThrows(AlgebraException.class, () -> Rewrites.all().without("product-joins"));
        assertEquals("rewrite.unknown", wrong.code());
        assertTrue(wrong.remedy().startsWith("did you mean product-join?"), wrong.remedy());
    }

    @Test
    void deadDropsEmptyConstantsFromSumsAndWhatIsComputedFromThem() {
        becomes(Y, "dead", Y.add(NOTHING));
        becomes(NOTHING, "dead", NOTHING.map(Kernels::exp).add(NOTHING.sum("j")));
        becomes(
                RelExpr.constant(Relation.empty(X.type().key(), Shape.SCALAR)),
                "dead",
                X.join(NOTHING).on("j").with(Kernels::multiply));
        stays("dead", Y.add(Y));
    }

    @Test
    void noOperationDoesNotTakeAnotherOrderOfTheKeyForTheSame() {
        becomes(X, "no-operation", X.project(KeyProjection.keep("i", "j")));
        stays("no-operation", X.project(KeyProjection.keep("j", "i")));
        stays("no-operation", Y.rename("j", "k"));
    }

    @Test
    void constantGroupingMakesAJoinWithOneTupleASelection() {
        RelExpr two = RelExpr.constant(Relation.scalar(2));
        becomes(
                X.map(value -> Kernels.multiply(value, Kernels.constant(2))),
                "constant-grouping",
                X.join(two).with(Kernels::multiply));
        stays("constant-grouping", X.join(Y.sum()).with(Kernels::multiply));
    }

    @Test
    void equalTermsMultipliesWhatIsAddedToItself() {
        becomes(X.map(v -> Kernels.multiply(Kernels.constant(2), v)), "equal-terms", X.map(v -> Kernels.add(v, v)));
        becomes(
                X.join(Y)
                        .on("j")
                        .with((v, w) -> Kernels.exp(Kernels.multiply(Kernels.constant(2), Kernels.multiply(v, w)))),
                "equal-terms",
                X.join(Y)
                        .on("j")
                        .with((v, w) -> Kernels.exp(Kernels.add(Kernels.multiply(v, w), Kernels.multiply(v, w)))));
        RelExpr other = Y.map(Kernels::exp);
        becomes(
                Y.map(v -> Kernels.multiply(Kernels.constant(2), v)).add(other),
                "equal-terms",
                new Add(List.of(Y, other, Y)));
        becomes(Y.map(v -> Kernels.multiply(Kernels.constant(3), v)), "equal-terms", new Add(List.of(Y, Y, Y)));
        stays("equal-terms", X.join(Y).on("j").with(Kernels::add));
        stays("equal-terms", Y.add(other));
    }

    @Test
    void matchEqualitiesDoesNotTakeAnInequality() {
        KeyPredicate equal = KeyPredicate.equal(KeyTerm.right("j"), KeyTerm.left("j"));
        KeyPredicate less = KeyPredicate.compare(KeyTerm.left("i"), Comparison.LESS, KeyTerm.right("j"));
        becomes(
                X.join(Y).on("j").where(less).keep("i", "j").with(Kernels::multiply),
                "match-equalities",
                X.join(Y).where(less).where(equal).keep("i", "j").with(Kernels::multiply));
        stays("match-equalities", X.join(Y).where(less).keep("i", "j").with(Kernels::multiply));
    }

    @Test
    void cardinalityDropsASumOverSingleTuplesButNoVariance() {
        RelExpr unique =
                RelExpr.scan("u", RelationType.of(Shape.SCALAR, "id", "shop").unique("id"));
        becomes(unique.project(KeyProjection.keep("id")), "cardinality", unique.sum("id"));
        becomes(
                new Select(KeyPredicate.always(), KeyProjection.keep("id"), Kernels.constant(1), unique),
                "cardinality",
                unique.aggregate(Aggregator.COUNT, "id"));
        stays("cardinality", unique.sum("shop"));
        stays("cardinality", unique.aggregate(Aggregator.VARIANCE, "id"));
    }

    @Test
    void semiJoinDropsARestrictionToKeysThatARelationSurelyHas() {
        RelExpr theta = RelExpr.scan(
                "theta", RelationType.of(Shape.SCALAR, "j").range("j", 0, 9).complete());
        RelExpr bounded = RelExpr.scan("z", RelationType.of(Shape.SCALAR, "j").range("j", 2, 5));
        RelExpr unbounded = RelExpr.scan("z", RelationType.of(Shape.SCALAR, "j"));
        becomes(
                bounded,
                "semi-join",
                "no-operation",
                theta.join(bounded).on("j").with((_, value) -> value));
        stays("semi-join", theta.join(unbounded).on("j").with((_, value) -> value));
        RelExpr own = Y.map(Kernels::exp).sum("j");
        becomes(own, "semi-join", "no-operation", Y.join(own).on("j").with((_, value) -> value));
    }

    @Test
    void mergeSelectsDoesNotComputeTwiceWhatIsShared() {
        RelExpr inner = X.map(Kernels::exp);
        becomes(X.map(value -> Kernels.negate(Kernels.exp(value))), "merge-selects", inner.map(Kernels::negate));
        stays("merge-selects", inner.map(Kernels::negate).add(inner));
    }

    @Test
    void mergeSelectsDoesNotHideKeysThatMeet() {
        RelExpr halves =
                Y.project(KeyProjection.nothing().and("half", KeyTerm.left("j").dividedBy(KeyTerm.literal(2))));
        KeyPredicate condition = KeyPredicate.compare(KeyTerm.left("half"), Comparison.LESS, KeyTerm.literal(3));
        stays("merge-selects", halves.where(condition));
    }

    @Test
    void selectOverJoinGoesIntoAJoinThatNobodyElseUses() {
        RelExpr join = X.join(Y).on("j").with(Kernels::multiply);
        becomes(
                X.join(Y).on("j").with((v, w) -> Kernels.exp(Kernels.multiply(v, w))),
                "select-over-join",
                join.map(Kernels::exp));
        stays("select-over-join", join.map(Kernels::exp).add(join));
    }

    @Test
    void selectUnderJoinDoesNotComputeAnExpensiveKernelForEachPair() {
        becomes(
                X.join(Y).on("j").with((v, w) -> Kernels.multiply(v, Kernels.negate(w))),
                "select-under-join",
                X.join(Y.map(Kernels::negate)).on("j").with(Kernels::multiply));
        stays(
                "select-under-join",
                X.join(Y.map(value -> Kernels.gelu(value))).on("j").with(Kernels::multiply));
    }

    @Test
    void aggregatesBelowJoinsSumsBeforeJoiningAndCountsWhatIsNotRead() {
        RelExpr pairs = X.join(Y.rename("j", "k")).with(Kernels::multiply);
        RelExpr one = rewritten(pairs.sum("i", "k"), "aggregates-below-joins");
        assertTrue(one.explain().contains("  sum by ⟨i⟩"), one::explain);
        RelExpr counted = X.join(Y.rename("j", "k")).with((_, w) -> w).sum();
        assertTrue(
                rewritten(counted, "aggregates-below-joins").explain().contains("  count by ⟨⟩"),
                () -> rewritten(counted, "aggregates-below-joins").explain());
        stays(
                "aggregates-below-joins",
                X.join(Y).on("j").with(Kernels::multiply).sum("i"));
        stays(
                "aggregates-below-joins",
                X.join(Y.rename("j", "k"))
                        .with((v, w) -> Kernels.exp(Kernels.add(v, w)))
                        .sum("i", "k"));
    }

    @Test
    void contractionOrderMovesASmallFactorFirstAndLeavesATieAlone() {
        RelExpr edges = RelExpr.scan(
                "edge",
                RelationType.of(Shape.SCALAR, "src", "dst")
                        .range("src", 0, 1000)
                        .range("dst", 0, 1000)
                        .size(20_000));
        RelExpr nodes = RelExpr.scan(
                "node",
                RelationType.of(Shape.of(100), "dst").range("dst", 0, 1000).complete());
        for (int width : new int[] {10, 1000}) {
            RelExpr weights = RelExpr.parameter("w", RelationType.of(Shape.of(100, width)));
            RelExpr gathered =
                    edges.join(nodes).on("dst").with(Kernels::multiply).sum("src");
            RelExpr late = gathered.join(weights).with(Kernels::vecmat);
            String after = rewritten(late, "contraction-order").explain();
            if (width == 10) {
                assertTrue(after.contains("node") && after.startsWith("sum by ⟨src⟩"), after);
            } else {
                assertEquals(late.explain(), after);
            }
        }
    }

    @Test
    void withoutTheShortcutsOfDifferentiationTheJoinIsMadeAgain() {
        RelExpr loss = X.join(Y).on("j").with(Kernels::multiply).sum();
        RelExpr with = Autodiff.gradient(loss, "y").get("y");
        assertFalse(with.explain().contains("join on j = jʳ ⟨i, j⟩"), with::explain);
        RelExpr without = Autodiff.gradient(loss, Rewrites.all().without("product-join"), "y")
                .get("y");
        assertTrue(without.explain().contains("scan x  : ⟨i, j⟩\n")
                && !without.explain().equals(with.explain()));
        RelExpr spread = Autodiff.gradient(loss, Rewrites.none(), "y").get("y");
        assertTrue(spread.explain().contains("constant {⟨⟩=1}"), spread::explain);
    }

    @Test
    void whatAnExpressionHasBecomeIsToldAndWhatIsGoneToo() {
        RelExpr named = X.map(Kernels::exp);
        RelExpr sum = named.sum("i");
        Rewritten rewritten =
                Rewrites.all().apply(Map.of("out", sum.map(Kernels::negate).map(Kernels::tanh)));
        assertEquals(sum.explain(), rewritten.now().apply(sum).orElseThrow().explain());
        assertTrue(rewritten.now().apply(sum.map(Kernels::negate)).isEmpty(), "merged into its user");
        assertTrue(rewritten.now().apply(Y).isEmpty(), "never was a part");
    }

    @Test
    void explainShowsBeforeAndAfterAndWhatApplied() {
        String text = Rewrites.all().explain(Map.of("out", Y.map(Kernels::exp).map(Kernels::negate)));
        assertEquals("""
                before
                out:
                  select ⟨j⟩ -v  : ⟨j⟩
                    select ⟨j⟩ exp(v)  : ⟨j⟩
                      scan y  : ⟨j⟩

                rewrites
                  merge-selects × 1

                after
                out:
                  select ⟨j⟩ -exp(v)  : ⟨j⟩
                    scan y  : ⟨j⟩
                """, text);
    }

    private static RelExpr rewritten(RelExpr expression, String name) {
        return Rewrites.only(name).apply(Map.of("out", expression)).outputs().get("out");
    }

    private static void becomes(RelExpr expected, String name, RelExpr expression) {
        assertEquals(expected.explain(), rewritten(expression, name).explain());
    }

    private static void becomes(RelExpr expected, String first, String second, RelExpr expression) {
        assertEquals(
                expected.explain(),
                rewritten(rewritten(expression, first), second).explain());
    }

    private static void stays(String name, RelExpr expression) {
        Rewritten rewritten = Rewrites.only(name).apply(Map.of("out", expression));
        assertEquals(
                Map.of(),
                rewritten.applied(),
                () -> rewritten.outputs().get("out").explain());
    }
}
