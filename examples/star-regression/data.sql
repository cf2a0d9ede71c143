-- 3,000 sales of 60 items in 40 stores on 30 days. What a sale brings in is a sum over features, with little noise.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TABLE store AS
SELECT CAST(id AS INTEGER) AS id, noise('store', id, 0) AS x_0, noise('store', id, 1) AS x_1,
    noise('store', id, 2) AS x_2, noise('store', id, 3) AS x_3
FROM range(40) AS r(id);

CREATE TABLE item AS
SELECT CAST(id AS INTEGER) AS id, noise('item', id, 0) AS x_0, noise('item', id, 1) AS x_1, noise('item', id, 2) AS x_2
FROM range(60) AS r(id);

CREATE TABLE day AS
SELECT CAST(id AS INTEGER) AS id, noise('day', id, 0) AS x_0, 1.0::DOUBLE AS x_1
FROM range(30) AS r(id);

CREATE TABLE sale AS
WITH drawn AS (
    SELECT CAST(id AS INTEGER) AS id, CAST(hash('store', id) % 40 AS INTEGER) AS store,
        CAST(hash('item', id) % 60 AS INTEGER) AS item, CAST(hash('day', id) % 30 AS INTEGER) AS day
    FROM range(3000) AS r(id)
)
SELECT drawn.*, 2 * store.x_0 - store.x_1 + store.x_3 + 3 * item.x_0 - 2 * item.x_2 + day.x_0 + 4 * day.x_1
    + 0.3 * noise('y', drawn.id, 0) AS y
FROM drawn
JOIN store ON drawn.store = store.id
JOIN item ON drawn.item = item.id
JOIN day ON drawn.day = day.id
ORDER BY drawn.id;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE store_weight (w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE, w_3 DOUBLE);
CREATE TABLE item_weight (w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE);
CREATE TABLE day_weight (w_0 DOUBLE, w_1 DOUBLE);
