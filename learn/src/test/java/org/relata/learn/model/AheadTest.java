package org.relata.learn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AheadTest {
    @Test
    void givesWhatEachPlaceNeedsWhetherItWasForeseenOrNot() {
        Ahead<Integer, String> ahead = new Ahead<>(place -> "of " + place);
        assertEquals("of 0", ahead.get(0, 1));
        assertEquals("of 1", ahead.get(1, 2));
        assertEquals("of 7", ahead.get(7, 8));
        assertEquals("of 8", ahead.get(8, 8));
        assertEquals("of 8", ahead.get(8, 0));
    }

    @Test
    void makesOneAtATime() {
        AtomicInteger making = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Ahead<Integer, Integer> ahead = new Ahead<>(place -> {
            most.accumulateAndGet(making.incrementAndGet(), Math::max);
            int sum = 0;
            for (int i = 0; i < 100_000; i++) {
                sum += i ^ place;
            }
            making.decrementAndGet();
            return sum;
        });
        for (int place = 0; place < 200; place++) {
            ahead.get(place, place % 3 == 0 ? place : place + 1);
        }
        assertEquals(1, most.get());
    }

    @Test
    void whatFailsAheadFailsWhereItIsNeeded() {
        Ahead<Integer, Integer> ahead = new Ahead<>(place -> 6 / place);
        assertEquals(6, ahead.get(1, 0));
        assertThrows(ArithmeticException.class, () -> ahead.get(0, 2));
        assertEquals(3, ahead.get(2, 0));
        assertEquals(2, ahead.get(3, 0));
    }

    @Test
    void anInterruptIsNotLost() {
        Ahead<Integer, Integer> ahead = new Ahead<>(place -> place);
        ahead.get(0, 1);
        Thread.currentThread().interrupt();
        assertEquals(1, ahead.get(1, 2));
        assertTrue(Thread.interrupted());
    }
}
