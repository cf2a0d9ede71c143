-- 49 places on a map of 7 by 7 and three relations: to the east, to the north and to the north-east of each other.
-- Each fact comes with five false tails.
CREATE TABLE fact AS
WITH step (relation, x, y) AS (VALUES (0, 1, 0), (1, 0, 1), (2, 1, 1)), triple AS (
    SELECT CAST(id AS INTEGER) AS head, relation, CAST(id + x + 7 * y AS INTEGER) AS tail
    FROM range(49) AS r(id), step
    WHERE id % 7 + x < 7 AND id // 7 + y < 7
), drawn AS (
    SELECT triple.*, CAST(hash('false', head, relation, draw) % 49 AS INTEGER) AS false_tail
    FROM triple, range(5) AS d(draw)
)
SELECT CAST(row_number() OVER (ORDER BY head, relation, false_tail) AS INTEGER) AS id, drawn.*
FROM drawn
WHERE false_tail <> tail
ORDER BY 1;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE entity (id INTEGER PRIMARY KEY, v_0 DOUBLE, v_1 DOUBLE, v_2 DOUBLE);
CREATE TABLE shift (id INTEGER PRIMARY KEY, v_0 DOUBLE, v_1 DOUBLE, v_2 DOUBLE);
