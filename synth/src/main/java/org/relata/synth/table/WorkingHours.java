package org.relata.synth.table;

import org.relata.synth.random.Key;

/// Times that are denser when people work.
///
/// Row i of n lies at a random place of the i-th n-th of all events, which keeps the order without sorting; the place
/// is
/// turned into a time by the quantiles of an hourly density that repeats every day.
///
/// @param from the first instant
/// @param length of the span
/// @param rows how many
/// @param key of the places
record WorkingHours(long from, long length, long rows, Key key) implements RowClock {
    private static final double NIGHT = 0.05;
    private static final double EDGE = 0.5;
    private static final double LATE = 0.1;
    private static final long DAY = 86_400_000_000L;
    private static final long HOUR = DAY / 24;
    private static final double[] BEFORE = cumulated();

    private static double weight(int hour) {
        if (hour < 7) {
            return NIGHT;
        }
        if (hour >= 22) {
            return LATE;
        }
        return hour < 9 || hour >= 18 ? EDGE : 1;
    }

    /// The share of a day's events before each hour.
    private static double[] cumulated() {
        double[] before = new double[25];
        for (int hour = 0; hour < 24; hour++) {
            before[hour + 1] = before[hour] + weight(hour);
        }
        double total = before[24];
        for (int hour = 0; hour <= 24; hour++) {
            before[hour] /= total;
        }
        return before;
    }

    @Override
    public long micros(long row) {
        double place = (row + key.uniform(row)) / rows * (length / (double) DAY);
        long day = (long) place;
        double share = place - day;
        int hour = 0;
        while (hour < 23 && BEFORE[hour + 1] <= share) {
            hour++;
        }
        double part = (share - BEFORE[hour]) / (BEFORE[hour + 1] - BEFORE[hour]);
        return from + day * DAY + hour * HOUR + (long) (part * HOUR);
    }
}
