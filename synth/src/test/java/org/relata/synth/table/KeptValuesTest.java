package org.relata.synth.table;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relata.database.RelataException;
import org.relata.synth.schema.ColumnPlan;
import org.relata.synth.schema.FeatureKind;
import org.relata.synth.schema.LinkPlan;
import org.relata.synth.schema.SchemaPlan;
import org.relata.synth.schema.TablePlan;

final class KeptValuesTest {
    private static final long MEGABYTE = 1L << 20;

    private static TablePlan table(String name, long rows, int columns, String... parents) {
        return new TablePlan(
                name,
                Optional.of("id"),
                IntStream.range(0, parents.length)
                        .mapToObj(i -> LinkPlan.of("to_" + i, parents[i], true))
                        .toList(),
                IntStream.range(0, columns)
                        .mapToObj(i -> ColumnPlan.of("c" + i, FeatureKind.NUMERIC))
                        .toList(),
                Optional.empty(),
                OptionalLong.of(rows));
    }

    @Test
    void parentsAreKeptUntilTheirLastChildIsDrawn() {
        SchemaPlan plan = SchemaPlan.of(List.of(
                table("grandparent", MEGABYTE, 2),
                table("parent", MEGABYTE, 5, "grandparent"),
                table("child", 100 * MEGABYTE, 3, "parent", "child")));
        // The grandparent and the parent together: 4 bytes a value.
        assertEquals((2 + 5) * 4 * MEGABYTE, KeptValues.peak(plan).bytes());
        assertEquals("parent", KeptValues.peak(plan).table().name());
    }

    @Test
    void aLongTableThatNothingRefersToIsNotKept() {
        SchemaPlan plan = SchemaPlan.of(List.of(table("events", 1L << 40, 40, "events")));
        assertEquals(0, KeptValues.peak(plan).bytes());
        assertDoesNotThrow(() -> KeptValues.check(plan, MEGABYTE));
    }

    @Test
    void whatTheHeapCannotHoldIsRefusedWithBothFigures() {
        SchemaPlan plan = SchemaPlan.of(List.of(table("users", 100 * MEGABYTE, 10), table("orders", 10, 1, "users")));
        assertDoesNotThrow(() -> KeptValues.check(plan, 6000 * MEGABYTE));
        RelataException refused = assertThrows(RelataException.class, () -> KeptValues.check(plan, 1000 * MEGABYTE));
        assertEquals("synth.memory", refused.code());
        assertTrue(refused.getMessage().contains("users"), refused.getMessage());
        assertTrue(refused.getMessage().contains("4,000 MB"), refused.getMessage());
        assertTrue(refused.getMessage().contains("1,000 MB"), refused.getMessage());
    }
}
