-- What a sale brings in, linear in the features of its store, its item and its day.
CREATE TABLE sale (
    id INT PRIMARY KEY,
    store INT REFERENCES store (id),
    item INT REFERENCES item (id),
    day INT REFERENCES day (id),
    y DOUBLE
);
CREATE TABLE store (id INT PRIMARY KEY, x VECTOR[4]);
CREATE TABLE item (id INT PRIMARY KEY, x VECTOR[3]);
CREATE TABLE day (id INT PRIMARY KEY, x VECTOR[2]);

CREATE PARAMETER TABLE store_weight (w VECTOR[4]);
CREATE PARAMETER TABLE item_weight (w VECTOR[3]);
CREATE PARAMETER TABLE day_weight (w VECTOR[2]);

-- A store, an item and a day each come to one number, before any sale is looked at.
WITH by_store AS (
    SELECT store.id, inner_product(store.x, store_weight.w) AS v FROM store, store_weight
), by_item AS (
    SELECT item.id, inner_product(item.x, item_weight.w) AS v FROM item, item_weight
), by_day AS (
    SELECT day.id, inner_product(day.x, day_weight.w) AS v FROM day, day_weight
), residual AS (
    SELECT sale.id, by_store.v + by_item.v + by_day.v - sale.y AS v
    FROM sale
    JOIN by_store ON sale.store = by_store.id
    JOIN by_item ON sale.item = by_item.id
    JOIN by_day ON sale.day = by_day.id
)
SELECT AVG(v * v) AS loss FROM residual;
