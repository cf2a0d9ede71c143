package org.relata.cli.report;

import java.util.List;

/// One axis of a [Plot].
///
/// @param label what it measures
/// @param low its first value
/// @param high its last value, above the first
/// @param ticks where it is marked
record Axis(String label, double low, double high, List<Tick> ticks) {
    /// A mark.
    ///
    /// @param at where
    /// @param label its text
    record Tick(double at, String label) {}

    /// Copies the ticks; refuses an empty range.
    Axis {
        ticks = List.copyOf(ticks);
        if (!(low < high)) {
            throw new IllegalArgumentException("an axis from " + low + " to " + high);
        }
    }

    /// From 0 to 1.
    static Axis unit(String label) {
        return of(label, 0, 1);
    }

    /// Over a range of numbers; an empty range is widened.
    static Axis of(String label, double low, double high) {
        double from = low < high ? low : low - Math.max(1, Math.abs(low)) / 2;
        double to = low < high ? high : high + Math.max(1, Math.abs(high)) / 2;
        return new Axis(
                label,
                from,
                to,
                Figures.ticks(from, to, 5).stream()
                        .map(at -> new Tick(at, Figures.tick(at)))
                        .toList());
    }

    /// Over a range of numbers, widened to round ones.
    static Axis round(String label, double low, double high) {
        Axis exact = of(label, low, high);
        List<Double> ticks = Figures.ticks(exact.low(), exact.high(), 5);
        double step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : exact.high() - exact.low();
        return of(label, Math.floor(exact.low() / step + 1e-9) * step, Math.ceil(exact.high() / step - 1e-9) * step);
    }

    /// Over a range of shares, marked in per cent, from 0 to a round share above the given one.
    static Axis shares(String label, double high) {
        Axis numbers = round(label, 0, high > 0 ? high : 1);
        return percent(numbers);
    }

    /// The same axis marked in per cent.
    static Axis percent(Axis axis) {
        return new Axis(
                axis.label(),
                axis.low(),
                axis.high(),
                axis.ticks().stream()
                        .map(t -> new Tick(t.at(), Figures.tick(Math.round(t.at() * 1000) / 10.0) + "%"))
                        .toList());
    }

    /// The same axis with the signs of its marks left out, for bars both ways from zero.
    Axis absolute() {
        return new Axis(
                label,
                low,
                high,
                ticks.stream()
                        .map(t -> new Tick(t.at(), t.label().replace("−", "")))
                        .toList());
    }

    /// Over points in time, in microseconds since 1970.
    static Axis time(String label, double low, double high) {
        double pad = Math.max((high - low) * 0.03, 3600e6);
        return new Axis(label, low - pad, high + pad, Calendar.ticks(low - pad, high + pad));
    }

    /// Where a value lies along the axis, from 0 to 1.
    double position(double value) {
        return (value - low) / (high - low);
    }

    /// The nearest value that the axis shows.
    double clamp(double value) {
        return Math.clamp(value, low, high);
    }
}
