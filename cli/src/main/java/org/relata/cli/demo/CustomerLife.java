package org.relata.cli.demo;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.relata.cli.demo.ShopRows.Customer;
import org.relata.cli.demo.ShopRows.Line;
import org.relata.cli.demo.ShopRows.Money;
import org.relata.cli.demo.ShopRows.Order;
import org.relata.cli.demo.ShopRows.Product;
import org.relata.cli.demo.ShopRows.Return;
import org.relata.cli.demo.ShopRows.Visit;
import org.relata.cli.demo.Temperament.Bond;

/// One customer from sign-up to the end of the data, day by day, with what the best forecaster would have said.
final class CustomerLife {
    /// How much of a customer's contentment is left the day after.
    static final double FORGETTING = StrictMath.pow(0.5, 1 / Story.MEMORY);

    private final int customer;
    private final Temperament who;
    private final List<Product> products;
    private final Draw draw;
    private final List<Order> orders = new ArrayList<>();
    private final List<Visit> visits = new ArrayList<>();
    private final Belief belief;
    private final LocalDateTime signedUpAt;
    private final double appShare;
    private Bond bond = Bond.LOYAL;
    private double contentment;
    private int lastOrderDay = Integer.MIN_VALUE;
    private int goneSince = Integer.MAX_VALUE;
    private double validationOutlook = Double.NaN;
    private double testOutlook = Double.NaN;

    CustomerLife(int customer, Temperament who, List<Product> products, Draw draw) {
        this.customer = customer;
        this.who = who;
        this.products = products;
        this.draw = draw;
        this.belief = new Belief(who);
        this.signedUpAt = Story.midnight(who.signUpDay())
                .plusMinutes(draw.between(7 * 60, 21 * 60))
                .plusSeconds(draw.between(0, 59));
        this.appShare = draw.uniform();
        this.contentment = 0.4 * draw.normal();
    }

    /// Lives it.
    CustomerLife live() {
        for (int day = who.signUpDay(); day < Story.DAYS; day++) {
            boolean active = day - lastOrderDay <= Story.ACTIVE && lastOrderDay >= 0;
            if (active && day == Story.VALIDATION_DAY) {
                validationOutlook = belief.noOrder(day, contentment);
            }
            if (active && day == Story.TEST_DAY) {
                testOutlook = belief.noOrder(day, contentment);
            }
            boolean first = day == who.signUpDay();
            // Three in four sign up in order to buy; the filter need not see it, as everyone is loyal then.
            boolean ordered = draw.chance(first ? 0.75 : who.order(bond, contentment, day));
            int troubled = 0;
            int quiet = first ? 0 : draw.poisson(who.visits(bond, day));
            for (int i = quiet; i > 0; i--) {
                boolean trouble = draw.chance(Temperament.trouble(bond));
                visit(clock(day), 1 + draw.poisson(trouble ? 1.5 : 4), search(trouble));
                troubled += trouble ? 1 : 0;
            }
            if (!first) {
                belief.observe(day, ordered, quiet - troubled, troubled, contentment);
            }
            if (ordered) {
                order(day, first ? signedUpAt.plusMinutes(draw.between(4, 45)) : clock(day));
            }
            contentment *= FORGETTING;
            belief.sleep(contentment);
            sleep(day);
        }
        return this;
    }

    private void sleep(int day) {
        double left = draw.uniform();
        double fade = who.fade(contentment);
        Bond next = bond;
        for (Bond to : Bond.values()) {
            left -= Temperament.change(bond, to, fade);
            if (left < 0) {
                next = to;
                break;
            }
        }
        if (next != Bond.GONE) {
            goneSince = Integer.MAX_VALUE;
        } else if (bond != Bond.GONE) {
            goneSince = day + 1;
        }
        bond = next;
    }

    private LocalDateTime clock(int day) {
        // Two bells, at lunch and in the evening.
        double hour = draw.chance(0.35) ? 12.5 + 1.5 * draw.normal() : 19.5 + 2 * draw.normal();
        long second = StrictMath.round(StrictMath.clamp(hour, 0.5, 23.4) * 3600);
        LocalDateTime time = Story.midnight(day).plusSeconds(second);
        return time.isBefore(signedUpAt) ? signedUpAt.plusSeconds(90) : time;
    }

    private void order(int day, LocalDateTime orderedAt) {
        lastOrderDay = day;
        boolean promotion =
                Story.promotion(day) && draw.chance(who.hunter() ? 0.8 : 0.3) || draw.chance(who.hunter() ? 0.2 : 0.03);
        double discount = promotion ? draw.between(2, 5) * 0.05 : 0;
        List<Line> lines = new ArrayList<>();
        List<Return> returns = new ArrayList<>();
        double quality = 0;
        int size = 1 + draw.poisson(0.6);
        for (int i = 0; i < size; i++) {
            int product = pick();
            Product bought = products.get(product);
            int quantity = 1 + draw.poisson(0.2);
            double amount = Money.round(quantity * bought.price() * (1 - discount));
            lines.add(new Line(product, quantity, discount, amount));
            quality += bought.quality() / size;
            boolean fault = draw.chance(1 / (1 + StrictMath.exp(3 + 2.2 * bought.quality())));
            if (fault || draw.chance(0.04)) {
                String reason = draw.one(fault ? Words.FAULTS : Words.CHANGES_OF_MIND);
                LocalDateTime returnedAt =
                        orderedAt.plusDays(draw.between(3, 18)).plusMinutes(draw.between(0, 600));
                if (returnedAt.isBefore(Story.midnight(Story.DAYS))) {
                    returns.add(new Return(product, returnedAt, reason, amount));
                }
            }
        }
        contentment += 0.6 * quality;
        LocalDateTime arrived = orderedAt.minusSeconds(draw.between(60, 2400));
        visit(arrived.isBefore(signedUpAt) ? signedUpAt.plusSeconds(20) : arrived, 3 + draw.poisson(5), search(false));
        String channel = Words.CHANNELS.get(draw.weighted(1 - 0.6 * appShare, appShare, 0.15, 0.04));
        Optional<String> code = promotion ? Optional.of("SAVE" + StrictMath.round(discount * 100)) : Optional.empty();
        orders.add(new Order(customer, orderedAt, channel, code, draw.chance(0.07), lines, returns));
    }

    private int pick() {
        int perCategory = products.size() / Words.CATEGORIES.size();
        int category = draw.chance(0.55) ? who.taste() : draw.between(0, Words.CATEGORIES.size() - 1);
        // The first products of a category sell best.
        int rank = (int) (perCategory * StrictMath.pow(draw.uniform(), 1.7));
        return category * perCategory + rank;
    }

    private void visit(LocalDateTime startedAt, int pages, Optional<String> terms) {
        String device = Words.DEVICES.get(draw.weighted(appShare, 1 - 0.7 * appShare, 0.12));
        visits.add(new Visit(customer, startedAt, device, pages, terms));
    }

    private Optional<String> search(boolean trouble) {
        if (trouble) {
            return Optional.of(draw.one(Words.TROUBLE));
        }
        if (draw.chance(0.6)) {
            return Optional.empty();
        }
        int category = draw.chance(0.6) ? who.taste() : draw.between(0, Words.CATEGORIES.size() - 1);
        String what = draw.chance(0.3) ? Words.CATEGORIES.get(category) : draw.one(Words.THINGS.get(category));
        return Optional.of(draw.one(Words.SEARCHES).replace("%s", what.toLowerCase(Locale.ROOT)));
    }

    /// The customer's row.
    Customer row() {
        boolean closed = goneSince < Story.DAYS - 30;
        return new Customer(
                draw.one(Words.FIRST_NAMES) + " " + draw.one(Words.LAST_NAMES),
                draw.unlessMissing(0.05, draw.one(Words.CITIES)),
                draw.unlessMissing(0.15, 2006 - StrictMath.min(60, (int) StrictMath.abs(18 * draw.normal()))),
                draw.chance(0.45),
                who.hunter() && draw.chance(0.8) ? "promo" : draw.one(Words.ACQUIRED_VIA),
                signedUpAt,
                closed ? Optional.of(draw.one(Words.FAREWELLS)) : Optional.empty());
    }

    List<Order> orders() {
        return orders;
    }

    List<Visit> visits() {
        return visits;
    }

    /// What the best forecaster says at V: the probability of no order in the window; NaN when the customer is not
    /// active then.
    double validationOutlook() {
        return validationOutlook;
    }

    /// Likewise at T.
    double testOutlook() {
        return testOutlook;
    }

    /// Whether an order falls into the window after that day's midnight.
    boolean ordersAfter(int day) {
        LocalDateTime from = Story.midnight(day);
        LocalDateTime to = Story.midnight(day + Story.WINDOW);
        return orders.stream()
                .anyMatch(o -> o.orderedAt().isAfter(from) && !o.orderedAt().isAfter(to));
    }
}
