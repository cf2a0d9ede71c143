package org.relata.cli.demo;

import org.relata.cli.demo.Temperament.Bond;

/// What the best possible forecaster thinks of a customer: the probability of each bond, given everything that
/// happened.
///
/// A hidden Markov filter that knows the laws of the shop, the customer's temperament and their contentment. Nobody who
/// only reads the tables can do better, so the AUROC of [#noOrder] is the ceiling of the task.
final class Belief {
    private static final Bond[] BONDS = Bond.values();

    private final Temperament who;
    private final double[] probability = {1, 0, 0};

    Belief(Temperament who) {
        this.who = who;
    }

    /// A day went by with these visits without an order, some of them of trouble, and an order or none.
    void observe(int day, boolean ordered, int quietVisits, int troubledVisits, double contentment) {
        double sum = 0;
        for (Bond bond : BONDS) {
            double order = who.order(bond, contentment, day);
            double mean = who.visits(bond, day);
            double trouble = Temperament.trouble(bond);
            double likelihood = (ordered ? order : 1 - order)
                    * StrictMath.exp(-mean)
                    * StrictMath.pow(mean * (1 - trouble), quietVisits)
                    * StrictMath.pow(mean * trouble, troubledVisits);
            probability[bond.ordinal()] *= likelihood;
            sum += probability[bond.ordinal()];
        }
        for (Bond bond : BONDS) {
            probability[bond.ordinal()] /= sum;
        }
    }

    /// A night went by.
    void sleep(double contentment) {
        step(probability, contentment);
    }

    /// The probability that nothing is ordered from that day on for a window's length.
    double noOrder(int from, double contentment) {
        double[] silent = probability.clone();
        double mood = contentment;
        for (int day = from; day < from + Story.WINDOW; day++) {
            for (Bond bond : BONDS) {
                silent[bond.ordinal()] *= 1 - who.order(bond, mood, day);
            }
            mood *= CustomerLife.FORGETTING;
            step(silent, mood);
        }
        return silent[0] + silent[1] + silent[2];
    }

    private void step(double[] bonds, double contentment) {
        double[] next = new double[bonds.length];
        double fade = who.fade(contentment);
        for (Bond from : BONDS) {
            for (Bond to : BONDS) {
                next[to.ordinal()] += bonds[from.ordinal()] * Temperament.change(from, to, fade);
            }
        }
        System.arraycopy(next, 0, bonds, 0, bonds.length);
    }
}
