package org.relata.bench;

import java.util.ArrayList;
import java.util.List;

/// The wall-clock times of the runs of one thing.
///
/// @param each in seconds, in the order of the runs; at least one
record Seconds(List<Double> each) {
    Seconds {
        each = List.copyOf(each);
    }

    double least() {
        return sorted().getFirst();
    }

    double most() {
        return sorted().getLast();
    }

    double median() {
        List<Double> sorted = sorted();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// The median of the ratios to what ran in the same rounds: a busy moment of the machine meets both.
    double ratioTo(Seconds other) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            ratios.add(each.get(i) / other.each.get(i));
        }
        return new Seconds(ratios).median();
    }

    private List<Double> sorted() {
        return each.stream().sorted().toList();
    }
}
