-- 40 sentences of 8 tokens; each token is paired with those of its sentence. Its target is what the others say,
-- weighed by the softmax of four times the product of first features.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TEMP TABLE drawn AS
SELECT CAST(id AS INTEGER) AS id, noise('x', id, 0) AS x_0, noise('x', id, 1) AS x_1 FROM range(320) AS r(id);
CREATE TABLE pair AS
SELECT a.id AS q, b.id AS k FROM drawn AS a JOIN drawn AS b ON a.id // 8 = b.id // 8 ORDER BY ALL;
CREATE TABLE token AS
SELECT a.id, a.x_0, a.x_1, SUM(exp(4 * a.x_0 * b.x_0) * 2 * b.x_1) / SUM(exp(4 * a.x_0 * b.x_0)) AS y
FROM pair
JOIN drawn AS a ON pair.q = a.id
JOIN drawn AS b ON pair.k = b.id
GROUP BY ALL
ORDER BY a.id;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE query (w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE, w_3 DOUBLE);
CREATE TABLE key (w_0 DOUBLE, w_1 DOUBLE, w_2 DOUBLE, w_3 DOUBLE);
CREATE TABLE content (w_0 DOUBLE, w_1 DOUBLE);
