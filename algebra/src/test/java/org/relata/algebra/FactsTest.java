package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.KernelContext.Settings;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Key;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;
import org.relata.algebra.value.Tensor;

/// What is known of keys, and that operators carry it.
final class FactsTest {
    private static final RelExpr FACT =
            RelExpr.scan("fact", RelationType.of(Shape.SCALAR, "id", "shop").unique("id"));
    private static final RelExpr SHOP = RelExpr.scan(
            "shop",
            RelationType.of(Shape.SCALAR, "shop", "town", "feature").determines(Set.of("shop"), Set.of("town")));

    @Test
    void theIdentityOfARowDeterminesItsForeignKeysAfterAJoin() {
        RelExpr joined = FACT.join(SHOP).on("shop").with(Kernels::multiply);
        assertEquals(
                "⟨id, shop, town, feature⟩ unique[feature, id] [id]→[shop, town] [shop]→[town]", joined.type() + "");
        assertTrue(joined.type().determinedBy(Set.of("id", "feature")));
        assertFalse(joined.type().determinedBy(Set.of("id", "town")));
    }

    @Test
    void whatIsDeterminedThroughADroppedAttributeStaysSo() {
        RelExpr kept = FACT.join(SHOP).on("shop").keep("id", "town", "feature").with(Kernels::multiply);
        assertEquals("⟨id, town, feature⟩ unique[feature, id] [id]→[town]", kept.type() + "");
        assertEquals("⟨id, town⟩ [id]→[town]", kept.sum("id", "town").type() + "");
    }

    @Test
    void theSumOfTwoRelationsDependsOnNothing() {
        assertEquals("⟨id, shop⟩", FACT.add(FACT).type() + "", "either may have another shop for the same id");
    }

    @Test
    void attributesThatAJoinMakesEqualDetermineEachOther() {
        RelExpr pairs = FACT.join(FACT.rename("shop", "other").rename("id", "second"))
                .onEqual("shop", "other")
                .with(Kernels::multiply);
        assertTrue(pairs.type().determinedBy(Set.of("id", "second")));
        assertTrue(pairs.type().closure(Set.of("second")).contains("shop"), "through the other one");
        assertFalse(pairs.type().determinedBy(Set.of("id", "shop")));
    }

    @Test
    void factsHoldOfRandomJoinsAndSumsOfRowsWithForeignKeys() {
        int looked = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Relation fact = Relation.empty(FACT.type().key(), Shape.SCALAR);
            for (int id = 0; id < 5; id++) {
                fact = fact.plus(Key.of(id, random.nextInt(3)), Tensor.scalar(1));
            }
            Relation shop = Relation.empty(SHOP.type().key(), Shape.SCALAR);
            for (int each = 0; each < 6; each++) {
                int number = random.nextInt(3);
                shop = shop.plus(Key.of(number, number % 2, random.nextInt(2)), Tensor.scalar(1));
            }
            RelExpr program = joined(random, 3);
            looked += FactsCheck.holds(program, new Reference(Map.of("fact", fact, "shop", shop), Settings.NONE));
        }
        assertTrue(looked > 500, looked + " facts looked at");
    }

    private static RelExpr joined(Random random, int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? FACT : SHOP;
        }
        RelExpr left = joined(random, depth - 1);
        RelExpr right = joined(random, depth - 1);
        List<String> shared = new ArrayList<>(left.type().names());
        shared.retainAll(right.type().names());
        Joining joining = left.join(right);
        for (String name : shared) {
            if (random.nextInt(4) == 0) {
                joining = joining.on(name);
            } else {
                String fresh = name + depth + (random.nextBoolean() ? "a" : "b");
                right = right.rename(name, fresh);
                Joining again = left.join(right);
                joining = random.nextBoolean() ? again.onEqual(name, fresh) : again;
            }
        }
        List<String> names = new ArrayList<>(left.type().names());
        right.type().names().stream().filter(name -> !names.contains(name)).forEach(names::add);
        // What has one name on both sides and was not equated is equated now: there is one column for it.
        Joining all = joining;
        for (String name : left.type().names()) {
            all = right.type().names().contains(name) ? all.on(name) : all;
        }
        RelExpr joined = all.keep(names.toArray(String[]::new)).with(Kernels::multiply);
        names.removeIf(name -> random.nextInt(3) == 0);
        return random.nextBoolean() ? joined : joined.sum(names.toArray(String[]::new));
    }
}
