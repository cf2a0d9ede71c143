-- 800 points of the square from -1 to 1; those of the class lie where both coordinates have the same sign.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TABLE point AS
SELECT CAST(id AS INTEGER) AS id, noise('x', id, 0) AS x_0, noise('x', id, 1) AS x_1,
    CASE WHEN x_0 * x_1 > 0 THEN 1.0 ELSE 0.0 END::DOUBLE AS y
FROM range(800) AS r(id);

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE unit (id INTEGER PRIMARY KEY, w_0 DOUBLE, w_1 DOUBLE, b DOUBLE, "out" DOUBLE);
