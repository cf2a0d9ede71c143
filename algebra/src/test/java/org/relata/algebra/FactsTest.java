package org.relata.algebra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Shape;

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
}
