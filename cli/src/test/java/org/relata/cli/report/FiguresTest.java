package org.relata.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void metricsKeepWhatMatters() {
        assertEquals(
                List.of(
                        "0.705",
                        "3.584",
                        "11.93",
                        "431.2",
                        "12,346",
                        "−0.080",
                        "4.2e−05",
                        "0.000",
                        "1.50e+08",
                        "–",
                        "–"),
                List.of(
                        Figures.metric(0.70512),
                        Figures.metric(3.58449),
                        Figures.metric(11.926),
                        Figures.metric(431.18),
                        Figures.metric(12345.6),
                        Figures.metric(-0.08),
                        Figures.metric(0.0000421),
                        Figures.metric(0),
                        Figures.metric(1.5e8),
                        Figures.metric(Double.NaN),
                        Figures.metric(Double.NEGATIVE_INFINITY)));
    }

    @Test
    void percentSecondsAndMemoryReadEasily() {
        assertEquals("9.4%", Figures.percent(0.094));
        assertEquals("15%", Figures.percent(0.148));
        assertEquals("<0.1%", Figures.percent(0.0002));
        assertEquals("0.0%", Figures.percent(0));
        assertEquals("2.3 s", Figures.seconds(2.31));
        assertEquals("14 s", Figures.seconds(14.2));
        assertEquals("1 min 02 s", Figures.seconds(61.7));
        assertEquals("1 h 01 min", Figures.seconds(3_690));
        assertEquals("812 MB", Figures.megabytes(812));
        assertEquals("1.8 GB", Figures.megabytes(1_874));
    }

    @Test
    void spansUseTheirLargestWholeUnit() {
        assertEquals("60 days", Figures.span(Duration.ofDays(60)));
        assertEquals("1 day", Figures.span(Duration.ofHours(24)));
        assertEquals("36 hours", Figures.span(Duration.ofHours(36)));
        assertEquals("90 seconds", Figures.span(Duration.ofSeconds(90)));
    }

    @Test
    void ticksAreRoundAndFew() {
        assertEquals(List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), rounded(Figures.ticks(0, 1, 5)));
        assertEquals(List.of(-10.0, 0.0, 10.0), rounded(Figures.ticks(-13, 13, 3)));
        assertEquals("12.5k", Figures.tick(12_500));
        assertEquals("3M", Figures.tick(3e6));
        assertEquals("−0.25", Figures.tick(-0.25));
    }

    @Test
    void timeAxesMarkStartsOfYearsMonthsOrDays() {
        assertEquals(List.of("2006", "2008", "2010", "2012"), labels("2005-01-01T00:00", "2013-03-16T00:00"));
        assertEquals(List.of("Jan 2024", "Apr 2024", "Jul 2024"), labels("2023-12-20T00:00", "2024-09-03T00:00"));
        assertEquals(List.of("2 Jan", "3 Jan", "4 Jan"), labels("2024-01-01T12:00", "2024-01-04T18:00"));
    }

    @Test
    void timesBefore1970AreRight() {
        LocalDateTime time = LocalDateTime.of(1950, 5, 13, 14, 30, 0, 250_000_000);
        long micros = time.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + 250_000;
        assertEquals(time, Figures.time(micros));
    }

    private static List<Double> rounded(List<Double> values) {
        return values.stream().map(v -> Math.rint(v * 1e9) / 1e9 + 0.0).toList();
    }

    private static List<String> labels(String from, String to) {
        return Calendar.ticks(micros(from), micros(to)).stream()
                .map(Axis.Tick::label)
                .toList();
    }

    private static double micros(String time) {
        return LocalDateTime.parse(time).toEpochSecond(ZoneOffset.UTC) * 1e6;
    }
}
