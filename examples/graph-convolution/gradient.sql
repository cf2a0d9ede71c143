CREATE TEMPORARY TABLE near AS
SELECT
    edge.src, SUM(edge.weight * node.vec_0) AS v_0, SUM(edge.weight * node.vec_1) AS v_1,
    SUM(edge.weight * node.vec_2) AS v_2
FROM edge
JOIN node ON edge.dst = node.id
GROUP BY edge.src;

CREATE TEMPORARY TABLE joined AS
SELECT
    near.src AS id, first.w_0 * near.v_0 + first.w_1 * near.v_1 + first.w_2 * near.v_2 AS v_0,
    first.w_3 * near.v_0 + first.w_4 * near.v_1 + first.w_5 * near.v_2 AS v_1,
    first.w_6 * near.v_0 + first.w_7 * near.v_1 + first.w_8 * near.v_2 AS v_2,
    first.w_9 * near.v_0 + first.w_10 * near.v_1 + first.w_11 * near.v_2 AS v_3
FROM near
CROSS JOIN first;

CREATE TEMPORARY TABLE near_hidden AS
SELECT
    edge.src, SUM(edge.weight * GREATEST(joined.v_0, 0)) AS v_0,
    SUM(edge.weight * GREATEST(joined.v_1, 0)) AS v_1, SUM(edge.weight * GREATEST(joined.v_2, 0)) AS v_2,
    SUM(edge.weight * GREATEST(joined.v_3, 0)) AS v_3
FROM edge
JOIN joined ON edge.dst = joined.id
GROUP BY edge.src;

CREATE TEMPORARY TABLE d_z AS
WITH counted AS (
    SELECT COUNT(*) AS v
    FROM near_hidden
    JOIN label ON near_hidden.src = label.id
    CROSS JOIN second
    HAVING COUNT(*) > 0
)
SELECT
    t.src AS id,
    -(1 / t.v) * t.y_0 + 1 / t.v * EXP(t.w_0 * t.v_0 + t.w_1 * t.v_1 + t.w_2 * t.v_2 + t.w_3 * t.v_3 - t.t1) AS v_0,
    -(1 / t.v) * t.y_1 + 1 / t.v * EXP(t.w_4 * t.v_0 + t.w_5 * t.v_1 + t.w_6 * t.v_2 + t.w_7 * t.v_3 - t.t1) AS v_1,
    -(1 / t.v) * t.y_2 + 1 / t.v * EXP(t.w_8 * t.v_0 + t.w_9 * t.v_1 + t.w_10 * t.v_2 + t.w_11 * t.v_3 - t.t1) AS v_2
FROM (
    SELECT
        t.t1 + LN(EXP(t.w_0 * t.v_0 + t.w_1 * t.v_1 + t.w_2 * t.v_2 + t.w_3 * t.v_3 - t.t1) + EXP(t.w_4 * t.v_0 + t.w_5 * t.v_1 + t.w_6 * t.v_2 + t.w_7 * t.v_3 - t.t1) + EXP(t.w_8 * t.v_0 + t.w_9 * t.v_1 + t.w_10 * t.v_2 + t.w_11 * t.v_3 - t.t1)) AS t1,
        t.src, t.v_3, t.w_3, t.v_2, t.w_2, t.v_1, t.w_1, t.v_0, t.w_0, t.v, t.y_0, t.w_7, t.w_6, t.w_5, t.w_4,
        t.y_1, t.w_11, t.w_10, t.w_9, t.w_8, t.y_2
    FROM (
        SELECT
            GREATEST(GREATEST(second.w_0 * near_hidden.v_0 + second.w_1 * near_hidden.v_1 + second.w_2 * near_hidden.v_2 + second.w_3 * near_hidden.v_3, second.w_4 * near_hidden.v_0 + second.w_5 * near_hidden.v_1 + second.w_6 * near_hidden.v_2 + second.w_7 * near_hidden.v_3), second.w_8 * near_hidden.v_0 + second.w_9 * near_hidden.v_1 + second.w_10 * near_hidden.v_2 + second.w_11 * near_hidden.v_3) AS t1,
            near_hidden.src, near_hidden.v_3, second.w_11, near_hidden.v_2, second.w_10, near_hidden.v_1,
            second.w_9, near_hidden.v_0, second.w_8, second.w_7, second.w_6, second.w_5, second.w_4,
            second.w_3, second.w_2, second.w_1, second.w_0, counted.v, label.y_0, label.y_1, label.y_2
        FROM near_hidden
        JOIN label ON near_hidden.src = label.id
        CROSS JOIN second
        CROSS JOIN counted
    ) AS t
) AS t;

-- d_first
WITH d_near_hidden AS (
    SELECT
        d_z.id AS src, second.w_0 * d_z.v_0 + second.w_4 * d_z.v_1 + second.w_8 * d_z.v_2 AS v_0,
        second.w_1 * d_z.v_0 + second.w_5 * d_z.v_1 + second.w_9 * d_z.v_2 AS v_1,
        second.w_2 * d_z.v_0 + second.w_6 * d_z.v_1 + second.w_10 * d_z.v_2 AS v_2,
        second.w_3 * d_z.v_0 + second.w_7 * d_z.v_1 + second.w_11 * d_z.v_2 AS v_3
    FROM d_z
    CROSS JOIN second
), d_hidden AS (
    SELECT
        edge.dst AS id, SUM(d_near_hidden.v_0 * edge.weight) AS v_0,
        SUM(d_near_hidden.v_1 * edge.weight) AS v_1, SUM(d_near_hidden.v_2 * edge.weight) AS v_2,
        SUM(d_near_hidden.v_3 * edge.weight) AS v_3
    FROM edge
    JOIN d_near_hidden ON edge.src = d_near_hidden.src
    GROUP BY edge.dst
), total AS (
    SELECT
        SUM(d_hidden.v_0 * CASE WHEN joined.v_0 > 0 THEN 1 ELSE 0 END * near.v_0) AS v_0,
        SUM(d_hidden.v_0 * CASE WHEN joined.v_0 > 0 THEN 1 ELSE 0 END * near.v_1) AS v_1,
        SUM(d_hidden.v_0 * CASE WHEN joined.v_0 > 0 THEN 1 ELSE 0 END * near.v_2) AS v_2,
        SUM(d_hidden.v_1 * CASE WHEN joined.v_1 > 0 THEN 1 ELSE 0 END * near.v_0) AS v_3,
        SUM(d_hidden.v_1 * CASE WHEN joined.v_1 > 0 THEN 1 ELSE 0 END * near.v_1) AS v_4,
        SUM(d_hidden.v_1 * CASE WHEN joined.v_1 > 0 THEN 1 ELSE 0 END * near.v_2) AS v_5,
        SUM(d_hidden.v_2 * CASE WHEN joined.v_2 > 0 THEN 1 ELSE 0 END * near.v_0) AS v_6,
        SUM(d_hidden.v_2 * CASE WHEN joined.v_2 > 0 THEN 1 ELSE 0 END * near.v_1) AS v_7,
        SUM(d_hidden.v_2 * CASE WHEN joined.v_2 > 0 THEN 1 ELSE 0 END * near.v_2) AS v_8,
        SUM(d_hidden.v_3 * CASE WHEN joined.v_3 > 0 THEN 1 ELSE 0 END * near.v_0) AS v_9,
        SUM(d_hidden.v_3 * CASE WHEN joined.v_3 > 0 THEN 1 ELSE 0 END * near.v_1) AS v_10,
        SUM(d_hidden.v_3 * CASE WHEN joined.v_3 > 0 THEN 1 ELSE 0 END * near.v_2) AS v_11
    FROM near
    JOIN joined ON near.src = joined.id
    JOIN d_hidden ON joined.id = d_hidden.id
    HAVING COUNT(*) > 0
)
SELECT
    total.v_0, total.v_1, total.v_2, total.v_3, total.v_4, total.v_5, total.v_6, total.v_7, total.v_8,
    total.v_9, total.v_10, total.v_11
FROM first
CROSS JOIN total;

-- d_second
WITH total_2 AS (
    SELECT
        SUM(d_z.v_0 * near_hidden.v_0) AS v_0, SUM(d_z.v_0 * near_hidden.v_1) AS v_1,
        SUM(d_z.v_0 * near_hidden.v_2) AS v_2, SUM(d_z.v_0 * near_hidden.v_3) AS v_3,
        SUM(d_z.v_1 * near_hidden.v_0) AS v_4, SUM(d_z.v_1 * near_hidden.v_1) AS v_5,
        SUM(d_z.v_1 * near_hidden.v_2) AS v_6, SUM(d_z.v_1 * near_hidden.v_3) AS v_7,
        SUM(d_z.v_2 * near_hidden.v_0) AS v_8, SUM(d_z.v_2 * near_hidden.v_1) AS v_9,
        SUM(d_z.v_2 * near_hidden.v_2) AS v_10, SUM(d_z.v_2 * near_hidden.v_3) AS v_11
    FROM near_hidden
    JOIN d_z ON near_hidden.src = d_z.id
    HAVING COUNT(*) > 0
)
SELECT
    total_2.v_0, total_2.v_1, total_2.v_2, total_2.v_3, total_2.v_4, total_2.v_5, total_2.v_6, total_2.v_7,
    total_2.v_8, total_2.v_9, total_2.v_10, total_2.v_11
FROM second
CROSS JOIN total_2;
