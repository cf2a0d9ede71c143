package org.relata.cli.report;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Marks of an axis of time: starts of years, months, days or hours, whichever gives a handful.
final class Calendar {
    private static final int MOST = 5;

    private static final List<Step> STEPS = List.of(
            new Step(ChronoUnit.HOURS, 1, "d MMM HH:mm"),
            new Step(ChronoUnit.HOURS, 6, "d MMM HH:mm"),
            new Step(ChronoUnit.DAYS, 1, "d MMM"),
            new Step(ChronoUnit.DAYS, 2, "d MMM"),
            new Step(ChronoUnit.DAYS, 7, "d MMM"),
            new Step(ChronoUnit.DAYS, 14, "d MMM"),
            new Step(ChronoUnit.MONTHS, 1, "MMM uuuu"),
            new Step(ChronoUnit.MONTHS, 3, "MMM uuuu"),
            new Step(ChronoUnit.MONTHS, 6, "MMM uuuu"),
            new Step(ChronoUnit.YEARS, 1, "uuuu"),
            new Step(ChronoUnit.YEARS, 2, "uuuu"),
            new Step(ChronoUnit.YEARS, 5, "uuuu"),
            new Step(ChronoUnit.YEARS, 10, "uuuu"),
            new Step(ChronoUnit.YEARS, 20, "uuuu"),
            new Step(ChronoUnit.YEARS, 50, "uuuu"),
            new Step(ChronoUnit.YEARS, 100, "uuuu"));

    private record Step(ChronoUnit unit, int size, String pattern) {
        double micros() {
            return unit.getDuration().toSeconds() * 1e6 * size;
        }
    }

    private Calendar() {}

    /// The marks between two points in time, in microseconds since 1970.
    static List<Axis.Tick> ticks(double low, double high) {
        Step step = STEPS.stream()
                .filter(s -> (high - low) / s.micros() <= MOST)
                .findFirst()
                .orElse(STEPS.getLast());
        DateTimeFormatter format = DateTimeFormatter.ofPattern(step.pattern(), Locale.ENGLISH);
        List<Axis.Tick> ticks = new ArrayList<>();
        for (LocalDateTime at = start(Figures.time((long) low), step);
                micros(at) <= high && ticks.size() <= 2 * MOST;
                at = at.plus(step.size(), step.unit())) {
            if (micros(at) >= low) {
                ticks.add(new Axis.Tick(micros(at), format.format(at)));
            }
        }
        return ticks;
    }

    /// The last round time at or before a time.
    private static LocalDateTime start(LocalDateTime time, Step step) {
        LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
        return switch (step.unit()) {
            case YEARS -> day.withDayOfYear(1).withYear(Math.floorDiv(day.getYear(), step.size()) * step.size());
            case MONTHS -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / step.size() * step.size() + 1);
            default -> day;
        };
    }

    private static double micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1e6;
    }
}
