-- What an order comes to, on a logarithmic scale: a level, what its channel adds, and what its customer adds.
CREATE TABLE orders (
    order_id INT PRIMARY KEY,
    customer_id INT REFERENCES customers (customer_id),
    channel TEXT,
    total DOUBLE
);
CREATE TABLE customers (customer_id INT PRIMARY KEY);

CREATE PARAMETER TABLE level (v DOUBLE);
CREATE PARAMETER TABLE by_channel (channel TEXT PRIMARY KEY, v DOUBLE);
CREATE PARAMETER TABLE by_customer (customer_id INT PRIMARY KEY REFERENCES customers (customer_id), v DOUBLE);

WITH residual AS (
    SELECT o.order_id, ln(o.total) - level.v - by_channel.v - by_customer.v AS v
    FROM orders o, level, by_channel, by_customer
    WHERE o.channel = by_channel.channel AND o.customer_id = by_customer.customer_id
), fit AS (
    SELECT SUM(v * v) AS v FROM residual
), size AS (
    -- Customers of whom little is known stay near the others.
    SELECT SUM(v * v) AS v FROM by_customer
)
SELECT fit.v + 2 * size.v AS loss FROM fit, size;
