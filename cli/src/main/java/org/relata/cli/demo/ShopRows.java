package org.relata.cli.demo;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/// The rows of the shop before they have keys: customers by sign-up, everything else by time.
///
/// @param products what is sold
/// @param customers who signed up, earliest first
/// @param orders orders with their lines and returns, earliest first
/// @param visits visits, earliest first
record ShopRows(List<Product> products, List<Customer> customers, List<Order> orders, List<Visit> visits) {
    /// @param quality what a buyer finds out; not a column
    record Product(
            String name,
            int category,
            String brand,
            double price,
            Optional<Integer> weightGrams,
            boolean ecoLabel,
            double quality) {}

    /// @param closedReason why the account was closed in the end; a column only where a leak is asked for
    record Customer(
            String name,
            Optional<String> city,
            Optional<Integer> birthYear,
            boolean newsletter,
            String acquiredVia,
            LocalDateTime signedUpAt,
            Optional<String> closedReason) {}

    /// @param customer the position of the customer
    record Order(
            int customer,
            LocalDateTime orderedAt,
            String channel,
            Optional<String> promoCode,
            boolean giftWrap,
            List<Line> lines,
            List<Return> returns) {
        /// What the lines come to.
        double total() {
            return Money.round(lines.stream().mapToDouble(Line::amount).sum());
        }
    }

    /// @param product the position of the product
    record Line(int product, int quantity, double discount, double amount) {}

    /// @param product the position of the product
    record Return(int product, LocalDateTime returnedAt, String reason, double refund) {}

    /// @param customer the position of the customer
    record Visit(int customer, LocalDateTime startedAt, String device, int pages, Optional<String> searchTerms) {}

    /// Cents.
    static final class Money {
        private Money() {}

        /// The amount to the cent.
        static double round(double amount) {
            return Math.round(amount * 100) / 100.0;
        }
    }
}
