-- 1,000 rows of 6 features, of which the first is always 1. The class follows 1 + 3 (feature 1) - 2 (feature 2), with
-- noise.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TABLE x (row INTEGER, col INTEGER, v DOUBLE, PRIMARY KEY (row, col));
INSERT INTO x
SELECT r.row, c.col, CASE c.col WHEN 0 THEN 1 ELSE noise('x', r.row, c.col) END
FROM range(1000) AS r(row), range(6) AS c(col);

CREATE TABLE y (row INTEGER PRIMARY KEY, v DOUBLE);
INSERT INTO y
SELECT row, CASE WHEN SUM(v * CASE col WHEN 0 THEN 1 WHEN 1 THEN 3 WHEN 2 THEN -2 ELSE 0 END) + noise('y', row, 0) > 0
    THEN 1 ELSE 0 END
FROM x
GROUP BY row;
