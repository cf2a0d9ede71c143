-- 240 nodes in three groups. Features say little of the group, neighbours more: most edges stay within a group.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TABLE node AS
SELECT CAST(id AS INTEGER) AS id,
    2 * noise('x', id, 0) + CASE WHEN id % 3 = 0 THEN 1 ELSE 0 END AS vec_0,
    2 * noise('x', id, 1) + CASE WHEN id % 3 = 1 THEN 1 ELSE 0 END AS vec_1,
    2 * noise('x', id, 2) + CASE WHEN id % 3 = 2 THEN 1 ELSE 0 END AS vec_2
FROM range(240) AS r(id);

-- Every node has an edge to itself; the weights are those of the symmetric normalisation, 1 / sqrt(degree degree).
CREATE TEMP TABLE linked AS
SELECT a.id AS src, b.id AS dst
FROM node AS a, node AS b
WHERE a.id = b.id
    OR hash('edge', least(a.id, b.id), greatest(a.id, b.id)) % 1000 < CASE WHEN a.id % 3 = b.id % 3 THEN 80 ELSE 6 END;
CREATE TEMP TABLE degree AS
SELECT src AS id, COUNT(*) AS n FROM linked GROUP BY src;
CREATE TABLE edge AS
SELECT linked.src, linked.dst, 1 / sqrt(a.n * b.n) AS weight
FROM linked
JOIN degree AS a ON linked.src = a.id
JOIN degree AS b ON linked.dst = b.id
ORDER BY linked.src, linked.dst;

CREATE TABLE label AS
SELECT id,
    CASE WHEN id % 3 = 0 THEN 1.0 ELSE 0.0 END::DOUBLE AS y_0,
    CASE WHEN id % 3 = 1 THEN 1.0 ELSE 0.0 END::DOUBLE AS y_1,
    CASE WHEN id % 3 = 2 THEN 1.0 ELSE 0.0 END::DOUBLE AS y_2
FROM node
WHERE hash('label', id) % 2 = 0;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE first (
    w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE, w_3 DOUBLE, w_4 DOUBLE, w_5 DOUBLE, w_6 DOUBLE, w_7 DOUBLE, w_8 DOUBLE,
    w_9 DOUBLE, w_10 DOUBLE, w_11 DOUBLE
);
CREATE TABLE second (
    w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE, w_3 DOUBLE, w_4 DOUBLE, w_5 DOUBLE, w_6 DOUBLE, w_7 DOUBLE, w_8 DOUBLE,
    w_9 DOUBLE, w_10 DOUBLE, w_11 DOUBLE
);
