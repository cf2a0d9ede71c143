CREATE TEMPORARY TABLE joined AS
WITH by_store AS (
    SELECT
        store.id,
        store.x_0 * store_weight.w_0 + store.x_1 * store_weight.w_1 + store.x_2 * store_weight.w_2 + store.x_3 * store_weight.w_3 AS v
    FROM store
    CROSS JOIN store_weight
)
SELECT sale.id, sale.item, sale.day, by_store.v - sale.y AS v
FROM sale
JOIN by_store ON sale.store = by_store.id;

CREATE TEMPORARY TABLE by_item AS
SELECT item.id, item.x_0 * item_weight.w_0 + item.x_1 * item_weight.w_1 + item.x_2 * item_weight.w_2 AS v
FROM item
CROSS JOIN item_weight;

CREATE TEMPORARY TABLE joined_2 AS
SELECT joined.id, joined.day, joined.v + by_item.v AS v
FROM joined
JOIN by_item ON joined.item = by_item.id;

CREATE TEMPORARY TABLE by_day AS
SELECT day.id, day.x_0 * day_weight.w_0 + day.x_1 * day_weight.w_1 AS v
FROM day
CROSS JOIN day_weight;

CREATE TEMPORARY TABLE residual AS
SELECT joined_2.id, joined_2.v + by_day.v AS v
FROM joined_2
JOIN by_day ON joined_2.day = by_day.id;

CREATE TEMPORARY TABLE counted AS
SELECT COUNT(*) AS v
FROM residual
HAVING COUNT(*) > 0;

CREATE TEMPORARY TABLE joined_3 AS
SELECT joined_2.id, joined_2.day, 2 * (1 / counted.v * residual.v) AS v
FROM joined_2
JOIN by_day ON joined_2.day = by_day.id
JOIN residual ON joined_2.id = residual.id
CROSS JOIN counted;

-- d_store_weight
WITH d_by_store AS (
    SELECT sale.store AS id, SUM(joined_3.v) AS v
    FROM sale
    JOIN joined ON sale.id = joined.id AND sale.item = joined.item AND sale.day = joined.day
    JOIN by_item ON joined.item = by_item.id
    JOIN joined_3 ON joined.id = joined_3.id AND joined.day = joined_3.day
    GROUP BY sale.store
), total AS (
    SELECT
        SUM(d_by_store.v * store.x_0) AS v_0, SUM(d_by_store.v * store.x_1) AS v_1,
        SUM(d_by_store.v * store.x_2) AS v_2, SUM(d_by_store.v * store.x_3) AS v_3
    FROM store
    JOIN d_by_store ON store.id = d_by_store.id
    HAVING COUNT(*) > 0
)
SELECT total.v_0, total.v_1, total.v_2, total.v_3
FROM store_weight
CROSS JOIN total;

-- d_item_weight
WITH d_by_item AS (
    SELECT joined.item AS id, SUM(joined_3.v) AS v
    FROM joined
    JOIN joined_3 ON joined.id = joined_3.id AND joined.day = joined_3.day
    GROUP BY joined.item
), total_2 AS (
    SELECT
        SUM(d_by_item.v * item.x_0) AS v_0, SUM(d_by_item.v * item.x_1) AS v_1,
        SUM(d_by_item.v * item.x_2) AS v_2
    FROM item
    JOIN d_by_item ON item.id = d_by_item.id
    HAVING COUNT(*) > 0
)
SELECT total_2.v_0, total_2.v_1, total_2.v_2
FROM item_weight
CROSS JOIN total_2;

-- d_day_weight
WITH d_by_day AS (
    SELECT joined_2.day AS id, SUM(2 * (1 / counted.v * residual.v)) AS v
    FROM joined_2
    JOIN residual ON joined_2.id = residual.id
    CROSS JOIN counted
    GROUP BY joined_2.day
), total_3 AS (
    SELECT SUM(d_by_day.v * day.x_0) AS v_0, SUM(d_by_day.v * day.x_1) AS v_1
    FROM day
    JOIN d_by_day ON day.id = d_by_day.id
    HAVING COUNT(*) > 0
)
SELECT total_3.v_0, total_3.v_1
FROM day_weight
CROSS JOIN total_3;
