CREATE TEMPORARY TABLE aim AS
SELECT
    fact.id, fact.tail, fact.false_tail, entity.v_0 + shift.v_0 AS v_0, entity.v_1 + shift.v_1 AS v_1,
    entity.v_2 + shift.v_2 AS v_2
FROM fact
JOIN entity ON fact.head = entity.id
JOIN shift ON fact.relation = shift.id;

CREATE TEMPORARY TABLE near AS
SELECT
    aim.id,
    (aim.v_0 - entity.v_0) * (aim.v_0 - entity.v_0) + (aim.v_1 - entity.v_1) * (aim.v_1 - entity.v_1) + (aim.v_2 - entity.v_2) * (aim.v_2 - entity.v_2) AS v
FROM aim
JOIN entity ON aim.tail = entity.id;

CREATE TEMPORARY TABLE far AS
SELECT
    aim.id,
    (aim.v_0 - entity.v_0) * (aim.v_0 - entity.v_0) + (aim.v_1 - entity.v_1) * (aim.v_1 - entity.v_1) + (aim.v_2 - entity.v_2) * (aim.v_2 - entity.v_2) AS v
FROM aim
JOIN entity ON aim.false_tail = entity.id;

CREATE TEMPORARY TABLE mapped AS
SELECT CAST(1 AS DOUBLE) / COUNT(*) AS v
FROM near
JOIN far ON near.id = far.id
HAVING COUNT(*) > 0;

CREATE TEMPORARY TABLE d_far AS
SELECT far.id, -(mapped.v * CASE WHEN 1 + near.v - far.v > 0 THEN 1 ELSE 0 END) AS v
FROM near
JOIN far ON near.id = far.id
CROSS JOIN mapped;

CREATE TEMPORARY TABLE d_near AS
SELECT near.id, mapped.v * CASE WHEN 1 + near.v - far.v > 0 THEN 1 ELSE 0 END AS v
FROM near
JOIN far ON near.id = far.id
CROSS JOIN mapped;

CREATE TEMPORARY TABLE d_aim_2 AS
WITH d_aim AS (
    SELECT
        aim.id, aim.tail, aim.false_tail,
        d_far.v * (aim.v_0 - entity.v_0) + d_far.v * (aim.v_0 - entity.v_0) AS v_0,
        d_far.v * (aim.v_1 - entity.v_1) + d_far.v * (aim.v_1 - entity.v_1) AS v_1,
        d_far.v * (aim.v_2 - entity.v_2) + d_far.v * (aim.v_2 - entity.v_2) AS v_2
    FROM aim
    JOIN entity ON aim.false_tail = entity.id
    JOIN d_far ON aim.id = d_far.id
    UNION ALL
    SELECT
        aim.id, aim.tail, aim.false_tail,
        d_near.v * (aim.v_0 - entity.v_0) + d_near.v * (aim.v_0 - entity.v_0) AS v_0,
        d_near.v * (aim.v_1 - entity.v_1) + d_near.v * (aim.v_1 - entity.v_1) AS v_1,
        d_near.v * (aim.v_2 - entity.v_2) + d_near.v * (aim.v_2 - entity.v_2) AS v_2
    FROM aim
    JOIN entity ON aim.tail = entity.id
    JOIN d_near ON aim.id = d_near.id
)
SELECT
    d_aim.id, d_aim.tail, d_aim.false_tail, SUM(d_aim.v_0) AS v_0, SUM(d_aim.v_1) AS v_1,
    SUM(d_aim.v_2) AS v_2
FROM d_aim
GROUP BY d_aim.id, d_aim.tail, d_aim.false_tail;

-- d_entity
WITH total AS (
    SELECT fact.head AS id, SUM(d_aim_2.v_0) AS v_0, SUM(d_aim_2.v_1) AS v_1, SUM(d_aim_2.v_2) AS v_2
    FROM fact
    JOIN entity ON fact.head = entity.id
    JOIN shift ON fact.relation = shift.id
    JOIN d_aim_2 ON fact.id = d_aim_2.id AND fact.tail = d_aim_2.tail AND fact.false_tail = d_aim_2.false_tail
    GROUP BY fact.head
), parts AS (
    SELECT
        entity.id, SUM(-(d_far.v * (aim.v_0 - entity.v_0) + d_far.v * (aim.v_0 - entity.v_0))) AS v_0,
        SUM(-(d_far.v * (aim.v_1 - entity.v_1) + d_far.v * (aim.v_1 - entity.v_1))) AS v_1,
        SUM(-(d_far.v * (aim.v_2 - entity.v_2) + d_far.v * (aim.v_2 - entity.v_2))) AS v_2
    FROM aim
    JOIN entity ON aim.false_tail = entity.id
    JOIN d_far ON aim.id = d_far.id
    GROUP BY entity.id
    UNION ALL
    SELECT
        entity.id, SUM(-(d_near.v * (aim.v_0 - entity.v_0) + d_near.v * (aim.v_0 - entity.v_0))) AS v_0,
        SUM(-(d_near.v * (aim.v_1 - entity.v_1) + d_near.v * (aim.v_1 - entity.v_1))) AS v_1,
        SUM(-(d_near.v * (aim.v_2 - entity.v_2) + d_near.v * (aim.v_2 - entity.v_2))) AS v_2
    FROM aim
    JOIN entity ON aim.tail = entity.id
    JOIN d_near ON aim.id = d_near.id
    GROUP BY entity.id
    UNION ALL
    SELECT entity.id, total.v_0, total.v_1, total.v_2
    FROM entity
    JOIN total ON entity.id = total.id
)
SELECT parts.id, SUM(parts.v_0) AS v_0, SUM(parts.v_1) AS v_1, SUM(parts.v_2) AS v_2
FROM parts
GROUP BY parts.id;

-- d_shift
WITH total_2 AS (
    SELECT fact.relation AS id, SUM(d_aim_2.v_0) AS v_0, SUM(d_aim_2.v_1) AS v_1, SUM(d_aim_2.v_2) AS v_2
    FROM fact
    JOIN entity ON fact.head = entity.id
    JOIN d_aim_2 ON fact.id = d_aim_2.id AND fact.tail = d_aim_2.tail AND fact.false_tail = d_aim_2.false_tail
    GROUP BY fact.relation
)
SELECT shift.id, total_2.v_0, total_2.v_1, total_2.v_2
FROM shift
JOIN total_2 ON shift.id = total_2.id;
