package org.relata.algebra.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.relata.algebra.RandomPrograms;
import org.relata.algebra.Reference;
import org.relata.algebra.RelExpr;
import org.relata.algebra.RelationType;
import org.relata.algebra.kernel.Kernels;
import org.relata.algebra.value.Relation;
import org.relata.algebra.value.Shape;

final class LoopInvariantsTest {
    private static final RelExpr EDGE = RelExpr.scan("edge", RelationType.of(Shape.SCALAR, "src", "dst"));
    private static final RelExpr NODE = RelExpr.scan("node", RelationType.of(Shape.of(3), "dst"));
    private static final RelExpr W = RelExpr.parameter("w", RelationType.of(Shape.of(3, 2)));
    private static final RelExpr GATHERED =
            EDGE.join(NODE).on("dst").with(Kernels::multiply).sum("src");

    @Test
    void whatNoParameterReachesIsComputedOnce() {
        LoopInvariants split =
                LoopInvariants.of(Map.of("out", GATHERED.join(W).with(Kernels::vecmat)));
        assertEquals(GATHERED.explain(), split.once().get("once_1").explain());
        assertEquals("""
                join on true ⟨src⟩ reshape(wᵀ · reshape(v, [3×1]), [2])  : ⟨src⟩ [2]
                  scan once_1  : ⟨src⟩ [3]
                  parameter w  : ⟨⟩ [3×2]
                """, split.each().get("out").explain());
    }

    @Test
    void aBatchAParameterANamedNumberAndARandomNumberVary() {
        assertEquals(
                Map.of(), LoopInvariants.of(Map.of("out", GATHERED), Set.of("edge")).once());
        RelExpr scaled = NODE.map(value -> Kernels.multiply(value, Kernels.hyper("rate")));
        assertEquals(Map.of(), LoopInvariants.of(Map.of("out", scaled)).once());
        RelExpr dropped = NODE.map(value -> Kernels.multiply(value, Kernels.random("drop", value.shape())));
        assertEquals(Map.of(), LoopInvariants.of(Map.of("out", dropped)).once());
    }

    @Test
    void aScanUnderOtherNamesIsNotWorthKeeping() {
        RelExpr renamed = NODE.rename("dst", "node").join(W).with(Kernels::vecmat);
        assertEquals(Map.of(), LoopInvariants.of(Map.of("out", renamed)).once());
    }

    @Test
    void namesThatAreScannedAreNotTaken() {
        RelExpr taken = RelExpr.scan("once_1", RelationType.of(Shape.SCALAR, "i")).sum();
        assertTrue(LoopInvariants.of(Map.of("out", taken)).once().containsKey("once_1_"));
    }

    @Test
    void theTwoPartsOfARandomProgramComputeWhatItDoes() {
        int kept = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RelExpr program = RandomPrograms.program(random, 4);
            Map<String, Relation> data = new HashMap<>(RandomPrograms.data(random));
            Relation expected = Reference.run(program, data);
            LoopInvariants split = LoopInvariants.of(Map.of("out", program), Set.of("a"));
            split.once().forEach((name, once) -> data.put(name, Reference.run(once, data)));
            RelExpr rest = split.each().get("out");
            assertEquals(expected, Reference.run(rest, data), program::explain);
            kept += split.once().size();
        }
        assertTrue(kept > 50, kept + " expressions computed once");
    }
}
