package org.relata.cli.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;

/// The laws of the shop, as figures: when it runs, how often people come and buy, and why they leave.
///
/// A customer is loyal, fading or gone. Loyal customers order at their own rate, faded ones visit and order less, gone
/// ones hardly visit. What drives the loyal to fade is what they bought: every order moves their contentment by the
/// quality of its products, and contentment wears off. So the signal sits two and three joins away from the customer
/// (orders, returns; order lines, products and their brands) and in time (how long ago, how visits fall off).
final class Story {
    static final LocalDate OPENING = LocalDate.of(2024, 1, 1);
    /// Two years, the first of them a leap year.
    static final int DAYS = 731;

    static final int CUSTOMERS = 2_600;
    static final int PRODUCTS = 240;

    /// D in days.
    static final int WINDOW = 60;
    /// A customer is active when the last order is at most that many days old.
    static final int ACTIVE = 90;
    /// T; the data end just after T + D.
    static final int TEST_DAY = DAYS - WINDOW - 1;
    /// V: a day more than D before T, so that the last hour before T need not be busy for the window to count as over.
    static final int VALIDATION_DAY = TEST_DAY - WINDOW - 1;

    /// Typical orders a day of a loyal customer, and how much customers differ.
    static final double ORDER_RATE = 1 / 28.0;

    static final double ORDER_SPREAD = 0.55;
    /// Typical visits a day without an order, likewise.
    static final double VISIT_RATE = 1 / 18.0;

    static final double VISIT_SPREAD = 0.4;

    /// How many days it takes for half of a customer's contentment to wear off.
    static final double MEMORY = 75;

    private static final double[] SEASON = new double[DAYS + WINDOW];
    private static final boolean[] PROMOTION = new boolean[DAYS + WINDOW];

    static {
        for (int day = 0; day < SEASON.length; day++) {
            LocalDate date = OPENING.plusDays(day);
            SEASON[day] = year(date) * week(date);
            PROMOTION[day] = promoted(date);
        }
    }

    private Story() {}

    static LocalDateTime midnight(int day) {
        return OPENING.plusDays(day).atStartOfDay();
    }

    /// How busy the shop is, by the season and the day of the week.
    static double season(int day) {
        return SEASON[day];
    }

    /// Whether a promotion runs: ten days in spring, ten in early autumn and late November.
    static boolean promotion(int day) {
        return PROMOTION[day];
    }

    private static double year(LocalDate date) {
        return switch (date.getMonth()) {
            case NOVEMBER, DECEMBER -> 1.2;
            case JANUARY, FEBRUARY -> 0.9;
            case MARCH, APRIL, MAY, JUNE, SEPTEMBER, OCTOBER -> 1.0;
            case JULY, AUGUST -> 0.9;
        };
    }

    private static double week(LocalDate date) {
        return switch (date.getDayOfWeek()) {
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY -> 0.95;
            case FRIDAY -> 0.9;
            case SATURDAY, SUNDAY -> 1.15;
        };
    }

    private static boolean promoted(LocalDate date) {
        return switch (date.getMonth()) {
            case APRIL, SEPTEMBER -> date.getDayOfMonth() <= 10;
            case NOVEMBER -> date.getDayOfMonth() >= 20;
            case JANUARY, FEBRUARY, MARCH, MAY, JUNE, JULY, AUGUST, OCTOBER, DECEMBER -> false;
        };
    }
}
