package org.relata.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecondsTest {
    @Test
    void theRatioIsThatOfRoundsNotOfMedians() {
        // The machine was busy in the second round: both took three times as long.
        Seconds ours = new Seconds(List.of(1.0, 3.0, 1.0));
        Seconds theirs = new Seconds(List.of(2.0, 6.0, 1.0));
        assertEquals(0.5, ours.ratioTo(theirs));
        assertEquals(1.0, ours.median());
        assertEquals(1.5, new Seconds(List.of(2.0, 1.0)).median());
    }
}
