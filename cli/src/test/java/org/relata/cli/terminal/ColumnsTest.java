package org.relata.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void numbersAreAlignedToTheRight() {
        Columns columns = new Columns("table", ">rows");
        columns.add("orders", "1,204");
        columns.add("ärzte", "3");
        assertEquals(List.of("  table    rows", "  orders  1,204", "  ärzte       3"), columns.render());
    }

    @Test
    void numbersReadWell() {
        assertEquals("25,860", Text.count(25860));
        assertEquals("1 table", Text.count(1, "table"));
        assertEquals("0.7312", Text.score(0.73123));
        assertEquals("3.7620", Text.score(3.762));
        assertEquals("12.346", Text.score(12.3456));
        assertEquals("–", Text.score(Double.NaN));
        assertEquals("3.2 GB", Text.bytes(3435973836L));
        assertEquals("0.4 s", Text.duration(Duration.ofMillis(400)));
        assertEquals("3 min 5 s", Text.duration(Duration.ofSeconds(185)));
        assertEquals("2 h 10 min", Text.duration(Duration.ofMinutes(130)));
    }
}
