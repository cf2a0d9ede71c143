package org.relata.synth.like;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// The two figures of a link that make drawn links as uneven as those that were counted.
///
/// Drawn links work like this: a share of the parents takes no part; the others have weights of a Pareto law, and every
/// row picks one in proportion. The figures are those at which this leaves as many parents without a child as were
/// counted, and concentrates the links as much. More even than chance can be is taken as even.
///
/// @param childless the share of parents that take no part, in hundredths
/// @param skew the exponent of the Pareto law, to two digits
record DegreeFit(double childless, double skew) {
    private static final double MOST_UNEVEN = 0.3;
    private static final double EVEN = 50;
    private static final long FEWEST_PARENTS = 10;
    private static final long FEWEST_LINKS = 20;
    private static final int STEPS = 30;

    /// Fits the figures; too few rows say nothing.
    static Optional<DegreeFit> of(Degrees degrees) {
        if (degrees.parents() < FEWEST_PARENTS || degrees.links() < FEWEST_LINKS) {
            return Optional.empty();
        }
        double parents = (double) degrees.parents();
        double links = (double) degrees.links();
        double childless = degrees.childless() / parents;
        double concentration = degrees.concentration();
        double low = Math.log(MOST_UNEVEN);
        double high = Math.log(EVEN);
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            double skew = Math.exp(middle);
            Model model = Model.of(parents, links, inactive(parents, links, skew, childless), skew);
            if (model.concentration() > concentration) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double skew = Math.exp((low + high) / 2);
        double inactive = inactive(parents, links, skew, childless);
        return Optional.of(new DegreeFit(Math.round(100 * inactive) / 100.0, twoDigits(skew)));
    }

    /// The share of parents that must take no part for the wanted share to end up without a child.
    private static double inactive(double parents, double links, double skew, double childless) {
        double low = 0;
        double high = childless;
        if (Model.of(parents, links, 0, skew).childless() >= childless) {
            return 0;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (Model.of(parents, links, middle, skew).childless() < childless) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double twoDigits(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(2)).doubleValue();
    }

    /// What to expect of drawn links, for weights that lie where those of a typical draw do.
    ///
    /// @param expected the number of links to a parent, by group of parents with nearly the same weight
    /// @param sizes the parents of each group
    /// @param parents all parents
    /// @param inactive those that take no part
    /// @param links all links
    record Model(double[] expected, double[] sizes, double parents, double inactive, double links) {
        private static final double SINGLE = 64;
        private static final double GROWTH = 1.05;

        static Model of(double parents, double links, double inactiveShare, double skew) {
            double active = Math.max(1, (1 - inactiveShare) * parents);
            int groups = 0;
            for (double from = 0; from < active; from = next(from)) {
                groups++;
            }
            double[] expected = new double[groups];
            double[] sizes = new double[groups];
            double total = 0;
            double from = 0;
            for (int group = 0; group < groups; group++) {
                double to = Math.min(active, next(from));
                sizes[group] = to - from;
                expected[group] = Math.pow((from + to) / 2 / active, -1 / skew);
                total += sizes[group] * expected[group];
                from = to;
            }
            for (int group = 0; group < groups; group++) {
                expected[group] *= links / total;
            }
            return new Model(expected, sizes, parents, parents - active, links);
        }

        /// The heaviest parents one by one, then groups that grow.
        private static double next(double from) {
            return from < SINGLE ? from + 1 : Math.floor(from * GROWTH);
        }

        double childless() {
            double sum = inactive;
            for (int group = 0; group < sizes.length; group++) {
                sum += sizes[group] * Math.exp(-expected[group]);
            }
            return sum / parents;
        }

        double concentration() {
            double sum = 0;
            for (int group = 0; group < sizes.length; group++) {
                sum += sizes[group] * meanOfLog(expected[group]);
            }
            return sum / links;
        }

        /// The mean of `n log n` for a Poisson number: summed up, or by its expansion where the number is large.
        static double meanOfLog(double mean) {
            if (mean > 40) {
                return mean * Math.log(mean) + 0.5 + 1 / (12 * mean);
            }
            double probability = Math.exp(-mean) * mean;
            double sum = 0;
            for (int n = 2; n < 130; n++) {
                probability *= mean / n;
                sum += probability * n * Math.log(n);
            }
            return sum;
        }
    }
}
