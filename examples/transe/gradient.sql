CREATE TEMPORARY TABLE aim AS
SELECT
    fact.id, fact.tail, fact.false_tail, entity.v_0 + shift.v_0 AS v_0, entity.v_1 + shift.v_1 AS v_1,
    entity.v_2 + shift.v_2 AS v_2
FROM fact
JOIN entity ON fact.head = entity.id
JOIN shift ON fact.relation = shift.id;

CREATE TEMPORARY TABLE joined AS
SELECT aim.id, aim.v_0 - entity.v_0 AS v_0, aim.v_1 - entity.v_1 AS v_1, aim.v_2 - entity.v_2 AS v_2
FROM aim
JOIN entity ON aim.tail = entity.id;

CREATE TEMPORARY TABLE joined_2 AS
SELECT aim.id, aim.v_0 - entity.v_0 AS v_0, aim.v_1 - entity.v_1 AS v_1, aim.v_2 - entity.v_2 AS v_2
FROM aim
JOIN entity ON aim.false_tail = entity.id;

CREATE TEMPORARY TABLE joined_3 AS
SELECT
    joined.id,
    1 + (joined.v_0 * joined.v_0 + joined.v_1 * joined.v_1 + joined.v_2 * joined.v_2) - (joined_2.v_0 * joined_2.v_0 + joined_2.v_1 * joined_2.v_1 + joined_2.v_2 * joined_2.v_2) AS v
FROM joined
JOIN joined_2 ON joined.id = joined_2.id;

CREATE TEMPORARY TABLE counted AS
SELECT COUNT(*) AS v
FROM joined_3
HAVING COUNT(*) > 0;

CREATE TEMPORARY TABLE d_aim_2 AS
WITH d_aim AS (
    SELECT
        aim.id, aim.tail, aim.false_tail,
        2 * (-(1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END) * joined_2.v_0) AS v_0,
        2 * (-(1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END) * joined_2.v_1) AS v_1,
        2 * (-(1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END) * joined_2.v_2) AS v_2
    FROM aim
    JOIN entity ON aim.false_tail = entity.id
    JOIN joined_2 ON aim.id = joined_2.id
    JOIN joined_3 ON joined_2.id = joined_3.id
    CROSS JOIN counted
    UNION ALL
    SELECT
        aim.id, aim.tail, aim.false_tail,
        2 * (1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * joined.v_0) AS v_0,
        2 * (1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * joined.v_1) AS v_1,
        2 * (1 / counted.v * CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * joined.v_2) AS v_2
    FROM aim
    JOIN entity ON aim.tail = entity.id
    JOIN joined ON aim.id = joined.id
    JOIN joined_3 ON joined.id = joined_3.id
    CROSS JOIN counted
)
SELECT
    d_aim.id, d_aim.tail, d_aim.false_tail, SUM(d_aim.v_0) AS v_0, SUM(d_aim.v_1) AS v_1,
    SUM(d_aim.v_2) AS v_2
FROM d_aim
GROUP BY d_aim.id, d_aim.tail, d_aim.false_tail;

-- d_entity
WITH total AS (
    SELECT
        aim.false_tail AS id,
        SUM(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v) * (2 * joined_2.v_0)) AS v_0,
        SUM(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v) * (2 * joined_2.v_1)) AS v_1,
        SUM(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v) * (2 * joined_2.v_2)) AS v_2
    FROM aim
    JOIN joined_3 ON aim.id = joined_3.id
    JOIN joined_2 ON aim.id = joined_2.id
    CROSS JOIN counted
    GROUP BY aim.false_tail
), total_2 AS (
    SELECT
        aim.tail AS id,
        SUM(-(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v)) * (2 * joined.v_0)) AS v_0,
        SUM(-(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v)) * (2 * joined.v_1)) AS v_1,
        SUM(-(CASE WHEN joined_3.v > 0 THEN 1 ELSE 0 END * (1 / counted.v)) * (2 * joined.v_2)) AS v_2
    FROM aim
    JOIN joined_3 ON aim.id = joined_3.id
    JOIN joined ON aim.id = joined.id
    CROSS JOIN counted
    GROUP BY aim.tail
), total_3 AS (
    SELECT fact.head AS id, SUM(d_aim_2.v_0) AS v_0, SUM(d_aim_2.v_1) AS v_1, SUM(d_aim_2.v_2) AS v_2
    FROM fact
    JOIN entity ON fact.head = entity.id
    JOIN shift ON fact.relation = shift.id
    JOIN d_aim_2 ON fact.id = d_aim_2.id AND fact.tail = d_aim_2.tail AND fact.false_tail = d_aim_2.false_tail
    GROUP BY fact.head
), parts AS (
    SELECT entity.id, total.v_0, total.v_1, total.v_2
    FROM entity
    JOIN total ON entity.id = total.id
    UNION ALL
    SELECT entity.id, total_2.v_0, total_2.v_1, total_2.v_2
    FROM entity
    JOIN total_2 ON entity.id = total_2.id
    UNION ALL
    SELECT entity.id, total_3.v_0, total_3.v_1, total_3.v_2
    FROM entity
    JOIN total_3 ON entity.id = total_3.id
)
SELECT parts.id, SUM(parts.v_0) AS v_0, SUM(parts.v_1) AS v_1, SUM(parts.v_2) AS v_2
FROM parts
GROUP BY parts.id;

-- d_shift
WITH total_4 AS (
    SELECT fact.relation AS id, SUM(d_aim_2.v_0) AS v_0, SUM(d_aim_2.v_1) AS v_1, SUM(d_aim_2.v_2) AS v_2
    FROM fact
    JOIN entity ON fact.head = entity.id
    JOIN d_aim_2 ON fact.id = d_aim_2.id AND fact.tail = d_aim_2.tail AND fact.false_tail = d_aim_2.false_tail
    GROUP BY fact.relation
)
SELECT shift.id, total_4.v_0, total_4.v_1, total_4.v_2
FROM shift
JOIN total_4 ON shift.id = total_4.id;
