package org.relata.cli.demo;

import java.time.LocalDate;

/// The two text files of the shop.
final class ShopFiles {
    private ShopFiles() {}

    /// What `relata init` would find, with a word on each table.
    static String schema() {
        return """
                # The demo shop. Keys and links are declared in the database; this file says what dates a row.
                name: shop
                tables:
                  customers:            # who signed up
                    pkey: customer_id
                    time_col: signed_up_at
                  products:             # what is sold; carries no time, so it is visible from the beginning
                    pkey: product_id
                  orders:
                    pkey: order_id
                    time_col: ordered_at
                    fkeys:
                      customer_id: customers
                  order_lines:          # what an order consists of, dated like the order
                    pkey: [order_id, line_no]
                    time_col: ordered_at
                    fkeys:
                      order_id: orders
                      product_id: products
                  returns:              # what came back, and why
                    pkey: return_id
                    time_col: returned_at
                    fkeys:
                      order_id: orders
                      product_id: products
                  visits:               # visits to the site, with what was searched for
                    pkey: visit_id
                    time_col: started_at
                    fkeys:
                      customer_id: customers
                """;
    }

    /// Churn: of those with an order in the last 90 days, who places none in the next 60?
    static String task() {
        LocalDate validation = Story.midnight(Story.VALIDATION_DAY).toLocalDate();
        LocalDate test = Story.midnight(Story.TEST_DAY).toLocalDate();
        return """
                # Which customers who ordered in the last %1$d days place no order in the next %2$d?
                name: churn
                kind: forecast
                task_type: binary_classification
                entity_table: customers
                entity_col: customer_id
                time_col: timestamp
                target_col: churn
                timedelta: %2$d days
                val_timestamp: %3$s
                test_timestamp: %4$s
                sql: |-
                  SELECT s.timestamp, c.customer_id,
                    CAST(NOT EXISTS (
                      SELECT 1 FROM orders o
                      WHERE o.customer_id = c.customer_id
                        AND o.ordered_at > s.timestamp
                        AND o.ordered_at <= s.timestamp + INTERVAL '{timedelta}'
                    ) AS INTEGER) AS churn
                  FROM timestamps s, customers c
                  WHERE EXISTS (
                      SELECT 1 FROM orders o
                      WHERE o.customer_id = c.customer_id
                        AND o.ordered_at > s.timestamp - INTERVAL '%1$d days'
                        AND o.ordered_at <= s.timestamp
                    )
                """.formatted(Story.ACTIVE, Story.WINDOW, validation, test);
    }
}
