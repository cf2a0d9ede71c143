package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MemoryPlanTest {
    private static final long GIGABYTE = 1L << 30;

    @Test
    void halfGoesToDuckDbWhenTheHeapHasItsShare() {
        MemoryPlan plan = MemoryPlan.of(8 * GIGABYTE, MemoryPlan.heapShare(8 * GIGABYTE));
        assertEquals(4 * GIGABYTE, plan.duckdb());
        assertFalse(plan.heapTooLarge());
    }

    @Test
    void aSmallerHeapLeavesMoreToDuckDb() {
        assertEquals(6 * GIGABYTE, MemoryPlan.of(8 * GIGABYTE, GIGABYTE).duckdb());
    }

    @Test
    void aLargerHeapIsTold() {
        MemoryPlan plan = MemoryPlan.of(4 * GIGABYTE, 6 * GIGABYTE);
        assertTrue(plan.heapTooLarge());
        assertEquals(2 * GIGABYTE, plan.duckdb());
    }

    @Test
    void duckDbAlwaysGetsEnoughToSort() {
        assertEquals(128L << 20, MemoryPlan.of(64L << 20, GIGABYTE).duckdb());
    }
}
