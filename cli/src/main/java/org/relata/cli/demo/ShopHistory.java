package org.relata.cli.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.relata.cli.demo.ShopRows.Customer;
import org.relata.cli.demo.ShopRows.Money;
import org.relata.cli.demo.ShopRows.Order;
import org.relata.cli.demo.ShopRows.Product;
import org.relata.cli.demo.ShopRows.Visit;

/// Everything that happened in the shop, and how well it could have been foreseen.
///
/// @param rows the rows
/// @param churnRate the share of customers active at T who order nothing in the window
/// @param validationCeiling the AUROC of the best forecaster at V
/// @param testCeiling the AUROC of the best forecaster at T
record ShopHistory(ShopRows rows, double churnRate, double validationCeiling, double testCeiling) {
    /// Lets the shop run.
    static ShopHistory of(long seed) {
        Draw draw = new Draw(new SplittableRandom(seed));
        List<Product> products = products(draw.split());
        Draw people = draw.split();
        List<Temperament> temperaments = new ArrayList<>();
        for (int i = 0; i < Story.CUSTOMERS; i++) {
            temperaments.add(temperament(people));
        }
        temperaments.sort(Comparator.comparingInt(Temperament::signUpDay));

        List<CustomerLife> lives = new ArrayList<>();
        List<Customer> customers = new ArrayList<>();
        List<Order> orders = new ArrayList<>();
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < Story.CUSTOMERS; i++) {
            CustomerLife life = new CustomerLife(i, temperaments.get(i), products, people.split()).live();
            lives.add(life);
            customers.add(life.row());
            orders.addAll(life.orders());
            visits.addAll(life.visits());
        }
        orders.sort(Comparator.comparing(Order::orderedAt));
        visits.sort(Comparator.comparing(Visit::startedAt));
        List<Outcome> test = outcomes(lives, Story.TEST_DAY);
        return new ShopHistory(
                new ShopRows(products, customers, orders, visits),
                test.stream().filter(Outcome::churned).count() / (double) test.size(),
                areaUnderCurve(outcomes(lives, Story.VALIDATION_DAY)),
                areaUnderCurve(test));
    }

    private static List<Product> products(Draw draw) {
        // Evenly spread in a drawn order, so that every seed has as many good brands as bad ones.
        List<Integer> ranks = draw.shuffled(Words.BRANDS.size());
        List<Product> products = new ArrayList<>();
        int perCategory = Story.PRODUCTS / Words.CATEGORIES.size();
        for (int category = 0; category < Words.CATEGORIES.size(); category++) {
            for (int i = 0; i < perCategory; i++) {
                // Each brand in turn: what sells best is of every brand.
                int brand = draw.chance(0.5) ? i % ranks.size() : draw.between(0, ranks.size() - 1);
                double standing = 2.0 * ranks.get(brand) / (ranks.size() - 1) - 1;
                double quality = 1.4 * standing + 0.5 * draw.normal();
                // Good things cost a little more; far too little to read the quality off the price.
                double price = draw.logNormal(Words.PRICES[category] * StrictMath.exp(0.05 * quality), 0.45);
                products.add(new Product(
                        draw.one(Words.STYLES) + " " + draw.one(Words.THINGS.get(category)),
                        category,
                        Words.BRANDS.get(brand),
                        Money.round(StrictMath.max(3, price)),
                        draw.unlessMissing(0.1, (int) StrictMath.round(draw.logNormal(600, 0.8))),
                        draw.chance(0.3),
                        quality));
            }
        }
        return products;
    }

    private static Temperament temperament(Draw draw) {
        // One in five was waiting for the opening; the others come as the shop becomes known.
        double when = draw.chance(0.2) ? 0.08 * draw.uniform() : StrictMath.pow(draw.uniform(), 0.9);
        return new Temperament(
                draw.logNormal(Story.ORDER_RATE, Story.ORDER_SPREAD),
                draw.logNormal(Story.VISIT_RATE, Story.VISIT_SPREAD),
                draw.chance(0.3),
                draw.between(0, Words.CATEGORIES.size() - 1),
                (int) ((Story.DAYS - 10) * when));
    }

    private record Outcome(double outlook, boolean churned) {}

    private static List<Outcome> outcomes(List<CustomerLife> lives, int day) {
        List<Outcome> outcomes = new ArrayList<>();
        for (CustomerLife life : lives) {
            double outlook = day == Story.TEST_DAY ? life.testOutlook() : life.validationOutlook();
            if (!Double.isNaN(outlook)) {
                outcomes.add(new Outcome(outlook, !life.ordersAfter(day)));
            }
        }
        return outcomes;
    }

    /// The share of pairs of one who churned and one who did not that the outlook puts in the right order; outlooks are
    /// real numbers and do not tie.
    private static double areaUnderCurve(List<Outcome> outcomes) {
        List<Outcome> sorted = outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::outlook))
                .toList();
        long stayed = 0;
        long ordered = 0;
        for (Outcome outcome : sorted) {
            if (outcome.churned()) {
                ordered += stayed;
            } else {
                stayed++;
            }
        }
        return ordered / ((double) stayed * (sorted.size() - stayed));
    }
}
