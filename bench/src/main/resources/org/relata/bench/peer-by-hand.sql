-- Some of the features of PeerFeatures read off the tables one question at a time, by their own keys: slow and plain.
-- The table pairs(pair, entity, cutoff) is there.

CREATE TEMP TABLE features_by_hand AS
SELECT p.pair, c.age AS "age", c.region AS "region",
       (SELECT count(*) FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff) AS "COUNT(orders)",
       (SELECT count(*) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "COUNT(items)",
       (SELECT sum(i.price) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "SUM(items.price)",
       (SELECT avg(i.qty) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "MEAN(items.qty)",
       (SELECT max(i.price) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "MAX(items.price)",
       (SELECT avg(n) FROM (SELECT (SELECT count(*) FROM items i WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "MEAN(orders.COUNT(items))",
       (SELECT sum(n) FROM (SELECT (SELECT max(i.qty) FROM items i WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "SUM(orders.MAX(items.qty))",
       (SELECT min(n) FROM (SELECT (SELECT sum(i.price) FROM items i WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "MIN(orders.SUM(items.price))",
       weekday(c.joined) + 7 * CAST(weekday(c.joined) = 0 AS INTEGER) AS "WEEKDAY(joined)",
       (SELECT count(DISTINCT day(o.ordered)) FROM orders o
        WHERE o.customer_id = c.id AND o.ordered < p.cutoff) AS "NUM_UNIQUE(orders.DAY(ordered))",
       (SELECT count(DISTINCT o.channel) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "NUM_UNIQUE(items.orders.channel)",
       (SELECT stddev_samp(i.price) FROM orders o JOIN items i ON i.order_id = o.id
        WHERE o.customer_id = c.id AND i.added < p.cutoff) AS "STD(items.price)",
       (SELECT skewness(n) FROM (SELECT (SELECT count(*) FROM items i WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "SKEW(orders.COUNT(items))",
       (SELECT max(n) FROM (SELECT (SELECT stddev_samp(i.qty) FROM items i
                                    WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "MAX(orders.STD(items.qty))",
       (SELECT avg(n) FROM (SELECT (SELECT count(DISTINCT i.category) FROM items i
                                    WHERE i.order_id = o.id AND i.added < p.cutoff) AS n
        FROM orders o WHERE o.customer_id = c.id AND o.ordered < p.cutoff)) AS "MEAN(orders.NUM_UNIQUE(items.category))"
FROM pairs p JOIN customers c ON c.__row = p.entity;
