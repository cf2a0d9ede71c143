CREATE TEMPORARY TABLE hidden AS
SELECT point.id, unit.id AS unit, TANH(unit.w_0 * point.x_0 + unit.w_1 * point.x_1 + unit.b) AS v
FROM point
CROSS JOIN unit;

CREATE TEMPORARY TABLE d_z AS
WITH total AS (
    SELECT hidden.id, SUM(unit."out" * hidden.v) AS v
    FROM hidden
    JOIN unit ON hidden.unit = unit.id
    GROUP BY hidden.id
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
SELECT t.id AS unit, SUM(t.t1 * t.x_0) AS v_0, SUM(t.t1 * t.x_1) AS v_1, SUM(t.t1) AS v_2
FROM (
    SELECT
        d_z.v * unit."out" * (1 - TANH(unit.w_0 * point.x_0 + unit.w_1 * point.x_1 + unit.b) * TANH(unit.w_0 * point.x_0 + unit.w_1 * point.x_1 + unit.b)) AS t1,
        unit.id, point.x_0, point.x_1
    FROM point
    JOIN hidden ON point.id = hidden.id
    JOIN unit ON hidden.unit = unit.id AND unit.id = hidden.unit
    JOIN d_z ON hidden.id = d_z.id
) AS t
GROUP BY t.id;

-- d_unit.w
SELECT total_2.unit AS id, total_2.v_0, total_2.v_1
FROM total_2;

-- d_unit.b
SELECT total_2.unit AS id, total_2.v_2 AS v
FROM total_2;

-- d_unit.out
WITH total_3 AS (
    SELECT hidden.unit AS id, SUM(d_z.v * hidden.v) AS v
    FROM hidden
    JOIN d_z ON hidden.id = d_z.id
    GROUP BY hidden.unit
)
SELECT unit.id, total_3.v
FROM unit
JOIN total_3 ON unit.id = total_3.id;

-- d_bias
SELECT SUM(d_z.v) AS v
FROM d_z
HAVING COUNT(*) > 0;
