-- What a careful person would write for the features that OrdersBench asks for: the orders that each question may see,
-- joined once and used three times; their lines, joined once and used twice; a row for each question at the end.
-- The table pairs(pair, entity, cutoff) is there. Categories stay text.

CREATE TEMP TABLE seen AS
SELECT p.pair, o.__row AS order_row, o.__row AS seq, epoch_us(p.cutoff - o.placed) / 86400e6 AS age, o.channel, o.shipping
FROM pairs p
JOIN customers c ON c.__row = p.entity AND c.joined < p.cutoff
JOIN orders o ON o.__fk0 = c.__row AND o.placed < p.cutoff;

CREATE TEMP TABLE seen_lines AS
SELECT s.pair, s.order_row, s.order_row * 4294967296 + l.__row AS seq, s.age, l.quantity, l.price, l.category
FROM seen s JOIN lines l ON l.__fk0 = s.order_row;

CREATE TEMP TABLE by_orders AS
SELECT pair,
       count(*) AS "count(orders)",
       count(*) FILTER (WHERE age <= 90) AS "count(orders) last 90 days",
       max(age) AS "days since first orders",
       min(age) AS "days since last orders",
       count(DISTINCT channel) AS "distinct(orders.channel)",
       mode(channel) AS "mode(orders.channel)",
       arg_max(channel, seq) AS "last(orders.channel)",
       avg(CAST(channel = 'c0' AS INTEGER)) AS "share(orders.channel = c0)",
       avg(CAST(channel = 'c0' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders.channel = c0) last 90 days",
       avg(CAST(channel = 'c1' AS INTEGER)) AS "share(orders.channel = c1)",
       avg(CAST(channel = 'c1' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders.channel = c1) last 90 days",
       avg(CAST(channel = 'c2' AS INTEGER)) AS "share(orders.channel = c2)",
       avg(CAST(channel = 'c2' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders.channel = c2) last 90 days",
       avg(CAST(channel = 'c3' AS INTEGER)) AS "share(orders.channel = c3)",
       avg(CAST(channel = 'c3' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders.channel = c3) last 90 days",
       avg(shipping) AS "mean(orders.shipping)",
       min(shipping) AS "min(orders.shipping)",
       max(shipping) AS "max(orders.shipping)",
       arg_max(shipping, seq) AS "last(orders.shipping)",
       sum(shipping) AS "sum(orders.shipping)",
       stddev_samp(shipping) AS "std(orders.shipping)",
       regr_slope(shipping, -age) AS "trend(orders.shipping)",
       avg(shipping) FILTER (WHERE age <= 90) AS "mean(orders.shipping) last 90 days",
       sum(shipping) FILTER (WHERE age <= 90) AS "sum(orders.shipping) last 90 days",
       min(shipping) FILTER (WHERE age <= 90) AS "min(orders.shipping) last 90 days",
       max(shipping) FILTER (WHERE age <= 90) AS "max(orders.shipping) last 90 days",
       list_avg(arg_max(shipping, seq, 5)) AS "mean(orders.shipping) last 5 rows",
       list_min(arg_max(shipping, seq, 5)) AS "min(orders.shipping) last 5 rows",
       list_max(arg_max(shipping, seq, 5)) AS "max(orders.shipping) last 5 rows"
FROM seen GROUP BY pair;

CREATE TEMP TABLE by_lines AS
SELECT pair,
       count(*) AS "count(orders > lines)",
       count(*) FILTER (WHERE age <= 90) AS "count(orders > lines) last 90 days",
       max(age) AS "days since first orders > lines",
       min(age) AS "days since last orders > lines",
       avg(quantity) AS "mean(orders > lines.quantity)",
       min(quantity) AS "min(orders > lines.quantity)",
       max(quantity) AS "max(orders > lines.quantity)",
       arg_max(quantity, seq) AS "last(orders > lines.quantity)",
       sum(quantity) AS "sum(orders > lines.quantity)",
       stddev_samp(quantity) AS "std(orders > lines.quantity)",
       regr_slope(quantity, -age) AS "trend(orders > lines.quantity)",
       avg(quantity) FILTER (WHERE age <= 90) AS "mean(orders > lines.quantity) last 90 days",
       sum(quantity) FILTER (WHERE age <= 90) AS "sum(orders > lines.quantity) last 90 days",
       min(quantity) FILTER (WHERE age <= 90) AS "min(orders > lines.quantity) last 90 days",
       max(quantity) FILTER (WHERE age <= 90) AS "max(orders > lines.quantity) last 90 days",
       list_avg(arg_max(quantity, seq, 5)) AS "mean(orders > lines.quantity) last 5 rows",
       list_min(arg_max(quantity, seq, 5)) AS "min(orders > lines.quantity) last 5 rows",
       list_max(arg_max(quantity, seq, 5)) AS "max(orders > lines.quantity) last 5 rows",
       avg(price) AS "mean(orders > lines.price)",
       min(price) AS "min(orders > lines.price)",
       max(price) AS "max(orders > lines.price)",
       arg_max(price, seq) AS "last(orders > lines.price)",
       sum(price) AS "sum(orders > lines.price)",
       stddev_samp(price) AS "std(orders > lines.price)",
       regr_slope(price, -age) AS "trend(orders > lines.price)",
       avg(price) FILTER (WHERE age <= 90) AS "mean(orders > lines.price) last 90 days",
       sum(price) FILTER (WHERE age <= 90) AS "sum(orders > lines.price) last 90 days",
       min(price) FILTER (WHERE age <= 90) AS "min(orders > lines.price) last 90 days",
       max(price) FILTER (WHERE age <= 90) AS "max(orders > lines.price) last 90 days",
       list_avg(arg_max(price, seq, 5)) AS "mean(orders > lines.price) last 5 rows",
       list_min(arg_max(price, seq, 5)) AS "min(orders > lines.price) last 5 rows",
       list_max(arg_max(price, seq, 5)) AS "max(orders > lines.price) last 5 rows",
       count(DISTINCT category) AS "distinct(orders > lines.category)",
       mode(category) AS "mode(orders > lines.category)",
       arg_max(category, seq) AS "last(orders > lines.category)",
       avg(CAST(category = 'k0' AS INTEGER)) AS "share(orders > lines.category = k0)",
       avg(CAST(category = 'k0' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k0) last 90 days",
       avg(CAST(category = 'k1' AS INTEGER)) AS "share(orders > lines.category = k1)",
       avg(CAST(category = 'k1' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k1) last 90 days",
       avg(CAST(category = 'k2' AS INTEGER)) AS "share(orders > lines.category = k2)",
       avg(CAST(category = 'k2' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k2) last 90 days",
       avg(CAST(category = 'k3' AS INTEGER)) AS "share(orders > lines.category = k3)",
       avg(CAST(category = 'k3' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k3) last 90 days",
       avg(CAST(category = 'k4' AS INTEGER)) AS "share(orders > lines.category = k4)",
       avg(CAST(category = 'k4' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k4) last 90 days",
       avg(CAST(category = 'k5' AS INTEGER)) AS "share(orders > lines.category = k5)",
       avg(CAST(category = 'k5' AS INTEGER)) FILTER (WHERE age <= 90) AS "share(orders > lines.category = k5) last 90 days"
FROM seen_lines GROUP BY pair;

CREATE TEMP TABLE per_order AS
SELECT pair, order_row, count(*) AS lines, sum(quantity) AS sum_quantity, avg(quantity) AS mean_quantity,
       sum(price) AS sum_price, avg(price) AS mean_price
FROM seen_lines GROUP BY pair, order_row;

CREATE TEMP TABLE over_orders AS
SELECT s.pair,
       avg(lines) AS "mean(count(orders > lines))",
       max(lines) AS "max(count(orders > lines))",
       min(lines) AS "min(count(orders > lines))",
       stddev_samp(lines) AS "std(count(orders > lines))",
       avg(sum_quantity) AS "mean(sum(orders > lines.quantity))",
       max(sum_quantity) AS "max(sum(orders > lines.quantity))",
       min(sum_quantity) AS "min(sum(orders > lines.quantity))",
       stddev_samp(sum_quantity) AS "std(sum(orders > lines.quantity))",
       avg(mean_quantity) AS "mean(mean(orders > lines.quantity))",
       max(mean_quantity) AS "max(mean(orders > lines.quantity))",
       min(mean_quantity) AS "min(mean(orders > lines.quantity))",
       stddev_samp(mean_quantity) AS "std(mean(orders > lines.quantity))",
       avg(sum_price) AS "mean(sum(orders > lines.price))",
       max(sum_price) AS "max(sum(orders > lines.price))",
       min(sum_price) AS "min(sum(orders > lines.price))",
       stddev_samp(sum_price) AS "std(sum(orders > lines.price))",
       avg(mean_price) AS "mean(mean(orders > lines.price))",
       max(mean_price) AS "max(mean(orders > lines.price))",
       min(mean_price) AS "min(mean(orders > lines.price))",
       stddev_samp(mean_price) AS "std(mean(orders > lines.price))"
FROM (SELECT s.pair, coalesce(q.lines, 0) AS lines, q.* EXCLUDE (pair, order_row, lines)
      FROM seen s LEFT JOIN per_order q ON q.pair = s.pair AND q.order_row = s.order_row) s
GROUP BY s.pair;

CREATE TEMP TABLE features_by_hand AS
SELECT p.pair, c.region AS "customers.region", c.age AS "customers.age",
       epoch_us(p.cutoff - c.joined) / 86400e6 AS "days since customers",
       0 AS "staleness", month(p.cutoff) AS "month", isodow(p.cutoff) AS "weekday", hour(p.cutoff) AS "hour",
       o.* EXCLUDE (pair) REPLACE (
           coalesce(o."count(orders)", 0) AS "count(orders)",
           coalesce(o."count(orders) last 90 days", 0) AS "count(orders) last 90 days",
           coalesce(o."distinct(orders.channel)", 0) AS "distinct(orders.channel)"
       ),
       l.* EXCLUDE (pair) REPLACE (
           coalesce(l."count(orders > lines)", 0) AS "count(orders > lines)",
           coalesce(l."count(orders > lines) last 90 days", 0) AS "count(orders > lines) last 90 days",
           coalesce(l."distinct(orders > lines.category)", 0) AS "distinct(orders > lines.category)"
       ),
       s.* EXCLUDE (pair)
FROM pairs p
LEFT JOIN customers c ON c.__row = p.entity AND c.joined < p.cutoff
LEFT JOIN by_orders o ON o.pair = p.pair
LEFT JOIN by_lines l ON l.pair = p.pair
LEFT JOIN over_orders s ON s.pair = p.pair;
