package org.relata.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    @Test
    void sizesAreInStepsOf1024() {
        assertEquals(4L << 30, Amounts.size("4g"));
        assertEquals(512L << 20, Amounts.size("512M"));
        assertEquals(3L << 29, Amounts.size("1.5 GB"));
        assertEquals("1536m", Amounts.sizeText(3L << 29));
        assertEquals("8g", Amounts.sizeText(8L << 30));
    }

    @Test
    void durationsHaveAUnit() {
        assertEquals(Duration.ofMinutes(10), Amounts.duration("10m"));
        assertEquals(Duration.ofSeconds(90), Amounts.duration("90s"));
        assertEquals(Duration.ofMinutes(90), Amounts.duration("1.5h"));
        assertEquals(Duration.ofMinutes(10), Amounts.duration("PT10M"));
        assertEquals("90s", Amounts.durationText(Duration.ofSeconds(90)));
        assertEquals("2h", Amounts.durationText(Duration.ofHours(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10x", "ten m", "-5m", "0s", "", "Px"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Amounts.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "8q", "g", "-1g", "0g"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Amounts.size(text));
    }

    @Test
    void timesAreReadInUtc() {
        assertEquals(LocalDateTime.of(2024, 3, 1, 0, 0), Amounts.at("2024-03-01"));
        assertEquals(LocalDateTime.of(2024, 3, 1, 12, 30), Amounts.at("2024-03-01 12:30"));
        assertEquals(LocalDateTime.of(2024, 3, 1, 12, 30, 5), Amounts.at("2024-03-01T12:30:05"));
        assertEquals(LocalDateTime.of(2024, 3, 1, 10, 30), Amounts.at("2024-03-01T12:30+02:00"));
        assertTrue(Amounts.at("now").getYear() >= 2026);
        assertThrows(IllegalArgumentException.class, () -> Amounts.at("yesterday"));
    }
}
