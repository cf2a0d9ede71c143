CREATE TEMPORARY TABLE joined AS
SELECT point.id, unit.id AS unit, unit.w_0 * point.x_0 + unit.w_1 * point.x_1 + unit.b AS v
FROM point
CROSS JOIN unit;

CREATE TEMPORARY TABLE d_z AS
WITH total AS (
    SELECT joined.id, SUM(unit."out" * TANH(joined.v)) AS v
    FROM joined
    JOIN unit ON joined.unit = unit.id
    GROUP BY joined.id
), counted AS (
    SELECT COUNT(*) AS v
    FROM total
    JOIN point ON total.id = point.id
    CROSS JOIN bias
    HAVING COUNT(*) > 0
)
SELECT total.id, -(1 / counted.v) * point.y + 1 / counted.v * (1 / (1 + EXP(-(total.v + bias.v)))) AS v
FROM total
JOIN point ON total.id = point.id
CROSS JOIN bias
CROSS JOIN counted;

CREATE TEMPORARY TABLE total_2 AS
SELECT
    unit.id AS unit, SUM(d_z.v * unit."out" * (1 - TANH(joined.v) * TANH(joined.v)) * point.x_0) AS v_0,
    SUM(d_z.v * unit."out" * (1 - TANH(joined.v) * TANH(joined.v)) * point.x_1) AS v_1,
    SUM(d_z.v * unit."out" * (1 - TANH(joined.v) * TANH(joined.v))) AS v_2
FROM point
JOIN joined ON point.id = joined.id
JOIN unit ON joined.unit = unit.id AND unit.id = joined.unit
JOIN d_z ON joined.id = d_z.id
GROUP BY unit.id;

-- d_unit.w
SELECT total_2.unit AS id, total_2.v_0, total_2.v_1
FROM total_2;

-- d_unit.b
SELECT total_2.unit AS id, total_2.v_2 AS v
FROM total_2;

-- d_unit.out
WITH total_3 AS (
    SELECT joined.unit AS id, SUM(d_z.v * TANH(joined.v)) AS v
    FROM joined
    JOIN d_z ON joined.id = d_z.id
    GROUP BY joined.unit
)
SELECT unit.id, total_3.v
FROM unit
JOIN total_3 ON unit.id = total_3.id;

-- d_bias
SELECT SUM(d_z.v) AS v
FROM d_z
HAVING COUNT(*) > 0;
