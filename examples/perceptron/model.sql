-- A perceptron of two layers: points of the plane belong to the class (y = 1) or not (y = 0), and no line parts the
-- two. A unit of the hidden layer is a row, so that 6 units or 6,000 are the same queries.
CREATE TABLE point (id INT PRIMARY KEY, x VECTOR[2], y DOUBLE);
CREATE PARAMETER TABLE unit (
    id INT PRIMARY KEY CHECK (id BETWEEN 0 AND 5),
    w VECTOR[2] normal(1),
    b DOUBLE zeros,
    out DOUBLE normal(1)
);
CREATE PARAMETER TABLE bias (v DOUBLE zeros);

WITH hidden AS (
    SELECT point.id, unit.id AS unit, tanh(inner_product(unit.w, point.x) + unit.b) AS v FROM point, unit
), total AS (
    SELECT hidden.id, SUM(unit.out * hidden.v) AS v FROM hidden JOIN unit ON hidden.unit = unit.id GROUP BY hidden.id
), z AS (
    SELECT total.id, total.v + bias.v AS v FROM total, bias
)
SELECT AVG(softplus(z.v) - point.y * z.v) AS loss FROM z JOIN point ON z.id = point.id;
