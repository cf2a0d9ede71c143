package org.relata.cli.demo;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.relata.cli.demo.ShopRows.Customer;
import org.relata.cli.demo.ShopRows.Line;
import org.relata.cli.demo.ShopRows.Order;
import org.relata.cli.demo.ShopRows.Product;
import org.relata.cli.demo.ShopRows.Return;
import org.relata.cli.demo.ShopRows.Visit;
import org.relata.database.Duck;
import org.relata.database.RelataException;

/// Writes the rows of the shop into a DuckDB file with declared keys. Keys count from 1 in the order of the rows.
final class ShopTables {
    private static final String DDL = """
            CREATE TABLE customers (
                customer_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, birth_year INTEGER,
                newsletter BOOLEAN NOT NULL, acquired_via VARCHAR NOT NULL, signed_up_at TIMESTAMP NOT NULL);
            CREATE TABLE products (
                product_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, category VARCHAR NOT NULL,
                brand VARCHAR NOT NULL, price DOUBLE NOT NULL, weight_grams INTEGER, eco_label BOOLEAN NOT NULL);
            CREATE TABLE orders (
                order_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
                ordered_at TIMESTAMP NOT NULL, channel VARCHAR NOT NULL, promo_code VARCHAR,
                gift_wrap BOOLEAN NOT NULL, total DOUBLE NOT NULL);
            CREATE TABLE order_lines (
                order_id INTEGER NOT NULL REFERENCES orders (order_id), line_no INTEGER NOT NULL,
                product_id INTEGER NOT NULL REFERENCES products (product_id), ordered_at TIMESTAMP NOT NULL,
                quantity INTEGER NOT NULL, discount DOUBLE NOT NULL, amount DOUBLE NOT NULL,
                PRIMARY KEY (order_id, line_no));
            CREATE TABLE returns (
                return_id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (order_id),
                product_id INTEGER NOT NULL REFERENCES products (product_id), returned_at TIMESTAMP NOT NULL,
                reason VARCHAR NOT NULL, refund DOUBLE NOT NULL);
            CREATE TABLE visits (
                visit_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
                started_at TIMESTAMP NOT NULL, device VARCHAR NOT NULL, pages INTEGER NOT NULL,
                search_terms VARCHAR);
            """;

    private ShopTables() {}

    /// Writes all tables.
    ///
    /// @param leaking whether customers get the column `closed_reason`
    static void write(ShopRows rows, boolean leaking, Path file) {
        try (Duck duck = Duck.open(file, 512L << 20, 1)) {
            DuckDBConnection connection = duck.connection().unwrap(DuckDBConnection.class);
            duck.execute(DDL);
            if (leaking) {
                duck.execute("ALTER TABLE customers ADD COLUMN closed_reason VARCHAR");
            }
            customers(connection, rows.customers(), leaking);
            products(connection, rows.products());
            orders(connection, rows.orders());
            visits(connection, rows.visits());
        } catch (SQLException e) {
            throw RelataException.failure(
                            "demo.write",
                            file.toString(),
                            "the demo database cannot be written: " + e.getMessage(),
                            "check the disk's free space")
                    .causedBy(e);
        }
    }

    private static DuckDBAppender appender(DuckDBConnection connection, String table) throws SQLException {
        return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    private static void customers(DuckDBConnection connection, List<Customer> customers, boolean leaking)
            throws SQLException {
        try (DuckDBAppender out = appender(connection, "customers")) {
            int id = 0;
            for (Customer c : customers) {
                out.beginRow().append(++id).append(c.name());
                text(out, c.city());
                number(out, c.birthYear());
                out.append(c.newsletter()).append(c.acquiredVia()).append(c.signedUpAt());
                if (leaking) {
                    text(out, c.closedReason());
                }
                out.endRow();
            }
        }
    }

    private static void products(DuckDBConnection connection, List<Product> products) throws SQLException {
        try (DuckDBAppender out = appender(connection, "products")) {
            int id = 0;
            for (Product p : products) {
                out.beginRow().append(++id).append(p.name());
                out.append(Words.CATEGORIES.get(p.category())).append(p.brand()).append(p.price());
                number(out, p.weightGrams());
                out.append(p.ecoLabel()).endRow();
            }
        }
    }

    private static void orders(DuckDBConnection connection, List<Order> orders) throws SQLException {
        try (DuckDBAppender out = appender(connection, "orders")) {
            int id = 0;
            for (Order o : orders) {
                out.beginRow().append(++id).append(o.customer() + 1).append(o.orderedAt());
                out.append(o.channel());
                text(out, o.promoCode());
                out.append(o.giftWrap()).append(o.total()).endRow();
            }
        }
        try (DuckDBAppender out = appender(connection, "order_lines")) {
            for (int order = 0; order < orders.size(); order++) {
                Order o = orders.get(order);
                int number = 0;
                for (Line line : o.lines()) {
                    out.beginRow().append(order + 1).append(++number).append(line.product() + 1);
                    out.append(o.orderedAt()).append(line.quantity());
                    out.append(line.discount()).append(line.amount()).endRow();
                }
            }
        }
        record Returned(int order, Return what) {}
        List<Returned> returns = new ArrayList<>();
        for (int order = 0; order < orders.size(); order++) {
            for (Return what : orders.get(order).returns()) {
                returns.add(new Returned(order, what));
            }
        }
        returns.sort(Comparator.comparing(r -> r.what().returnedAt()));
        try (DuckDBAppender out = appender(connection, "returns")) {
            int id = 0;
            for (Returned r : returns) {
                out.beginRow()
                        .append(++id)
                        .append(r.order() + 1)
                        .append(r.what().product() + 1);
                out.append(r.what().returnedAt()).append(r.what().reason());
                out.append(r.what().refund()).endRow();
            }
        }
    }

    private static void visits(DuckDBConnection connection, List<Visit> visits) throws SQLException {
        try (DuckDBAppender out = appender(connection, "visits")) {
            int id = 0;
            for (Visit v : visits) {
                out.beginRow().append(++id).append(v.customer() + 1).append(v.startedAt());
                out.append(v.device()).append(v.pages());
                text(out, v.searchTerms());
                out.endRow();
            }
        }
    }

    private static void text(DuckDBAppender out, Optional<String> value) throws SQLException {
        if (value.isPresent()) {
            out.append(value.get());
        } else {
            out.appendNull();
        }
    }

    private static void number(DuckDBAppender out, Optional<Integer> value) throws SQLException {
        if (value.isPresent()) {
            out.append(value.get());
        } else {
            out.appendNull();
        }
    }
}
