WITH z AS (
    SELECT x.row, SUM(x.v * theta.v) AS v
    FROM x
    JOIN theta ON x.col = theta.col
    GROUP BY x.row
), d_z AS (
    SELECT z.row, 1 / (1 + EXP(-z.v)) - y.v AS v
    FROM z
    JOIN y ON z.row = y.row
), total AS (
    SELECT x.col, SUM(d_z.v * x.v) AS v
    FROM x
    JOIN d_z ON x.row = d_z.row
    GROUP BY x.col
)
SELECT theta.col, total.v
FROM theta
JOIN total ON theta.col = total.col;
