-- A (80 x 10), of which a third of the blocks is absent, that is zero; and C (80 x 6), which is A times a matrix B,
-- with little noise.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TEMP TABLE a_element AS
SELECT i, j, noise('a', i, j) AS v
FROM range(80) AS r(i), range(10) AS c(j)
WHERE hash('absent', i // 2, j // 2) % 3 > 0;
CREATE TEMP TABLE b_element AS
SELECT i, j, 2 * noise('b', i, j) AS v FROM range(10) AS r(i), range(6) AS c(j);
CREATE TEMP TABLE c_element AS
SELECT a.i, b.j, SUM(a.v * b.v) + 0.1 * noise('c', a.i, b.j) AS v
FROM a_element AS a JOIN b_element AS b ON a.j = b.i
GROUP BY a.i, b.j;

CREATE TABLE a AS
SELECT CAST(i // 2 AS INTEGER) AS row, CAST(j // 2 AS INTEGER) AS col,
    SUM(v) FILTER (i % 2 = 0 AND j % 2 = 0) AS mat_0, SUM(v) FILTER (i % 2 = 0 AND j % 2 = 1) AS mat_1,
    SUM(v) FILTER (i % 2 = 1 AND j % 2 = 0) AS mat_2, SUM(v) FILTER (i % 2 = 1 AND j % 2 = 1) AS mat_3
FROM a_element
GROUP BY ALL
ORDER BY ALL;

CREATE TABLE c AS
SELECT CAST(i // 2 AS INTEGER) AS row, CAST(j // 2 AS INTEGER) AS col,
    SUM(v) FILTER (i % 2 = 0 AND j % 2 = 0) AS mat_0, SUM(v) FILTER (i % 2 = 0 AND j % 2 = 1) AS mat_1,
    SUM(v) FILTER (i % 2 = 1 AND j % 2 = 0) AS mat_2, SUM(v) FILTER (i % 2 = 1 AND j % 2 = 1) AS mat_3
FROM c_element
GROUP BY ALL
ORDER BY ALL;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE b (
    row INTEGER, col INTEGER, mat_0 DOUBLE, mat_1 DOUBLE, mat_2 DOUBLE, mat_3 DOUBLE, PRIMARY KEY (row, col)
);
