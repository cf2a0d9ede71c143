CREATE TEMPORARY TABLE joined AS
SELECT
    token.id, query.w_0 * token.x_0 + query.w_1 * token.x_1 AS v_0,
    query.w_2 * token.x_0 + query.w_3 * token.x_1 AS v_1
FROM token
CROSS JOIN query;

CREATE TEMPORARY TABLE offered AS
SELECT
    token.id, key.w_0 * token.x_0 + key.w_1 * token.x_1 AS v_0,
    key.w_2 * token.x_0 + key.w_3 * token.x_1 AS v_1
FROM token
CROSS JOIN key;

CREATE TEMPORARY TABLE joined_2 AS
SELECT pair.q, pair.k, joined.v_0 * offered.v_0 AS v_0, joined.v_1 * offered.v_1 AS v_1
FROM pair
JOIN joined ON pair.q = joined.id
JOIN offered ON pair.k = offered.id;

CREATE TEMPORARY TABLE total_2 AS
WITH greatest_value AS (
    SELECT joined_2.q, MAX(joined_2.v_0 + joined_2.v_1) AS v
    FROM joined_2
    GROUP BY joined_2.q
), total AS (
    SELECT joined_2.q, SUM(EXP(joined_2.v_0 + joined_2.v_1 - greatest_value.v)) AS v
    FROM joined_2
    JOIN greatest_value ON joined_2.q = greatest_value.q
    GROUP BY joined_2.q
)
SELECT total.q, greatest_value.v + LN(total.v) AS v
FROM total
JOIN greatest_value ON total.q = greatest_value.q;

CREATE TEMPORARY TABLE joined_3 AS
SELECT joined_2.q, joined_2.k, joined_2.v_0 + joined_2.v_1 - total_2.v AS v
FROM joined_2
JOIN total_2 ON joined_2.q = total_2.q;

CREATE TEMPORARY TABLE said AS
SELECT token.id, content.w_0 * token.x_0 + content.w_1 * token.x_1 AS v
FROM token
CROSS JOIN content;

CREATE TEMPORARY TABLE d_attended AS
WITH attended AS (
    SELECT joined_3.q, SUM(EXP(joined_3.v) * said.v) AS v
    FROM joined_3
    JOIN said ON joined_3.k = said.id
    GROUP BY joined_3.q
), joined_4 AS (
    SELECT attended.q, attended.v - token.y AS v
    FROM attended
    JOIN token ON attended.q = token.id
), counted AS (
    SELECT COUNT(*) AS v
    FROM joined_4
    HAVING COUNT(*) > 0
)
SELECT joined_4.q, 1 / counted.v * joined_4.v + 1 / counted.v * joined_4.v AS v
FROM joined_4
CROSS JOIN counted;

CREATE TEMPORARY TABLE d_score_2 AS
WITH joined_5 AS (
    SELECT joined_3.q, joined_3.k, d_attended.v * said.v * EXP(joined_3.v) AS v
    FROM joined_3
    JOIN said ON joined_3.k = said.id
    JOIN d_attended ON joined_3.q = d_attended.q
), d_total AS (
    SELECT joined_5.q, SUM(-joined_5.v) AS v
    FROM joined_5
    GROUP BY joined_5.q
), d_score AS (
    SELECT joined_5.q, joined_5.k, joined_5.v
    FROM joined_5
    UNION ALL
    SELECT joined_2.q, joined_2.k, EXP(joined_2.v_0 + joined_2.v_1 - total_2.v) * d_total.v AS v
    FROM joined_2
    JOIN total_2 ON joined_2.q = total_2.q
    JOIN d_total ON joined_2.q = d_total.q
)
SELECT d_score.q, d_score.k, SUM(d_score.v) AS v
FROM d_score
GROUP BY d_score.q, d_score.k;

-- d_query
WITH d_asked AS (
    SELECT pair.q AS id, SUM(d_score_2.v * offered.v_0) AS v_0, SUM(d_score_2.v * offered.v_1) AS v_1
    FROM pair
    JOIN joined ON pair.q = joined.id
    JOIN offered ON pair.k = offered.id
    JOIN joined_2 ON pair.q = joined_2.q AND pair.k = joined_2.k
    JOIN d_score_2 ON joined_2.q = d_score_2.q AND joined_2.k = d_score_2.k
    GROUP BY pair.q
), total_3 AS (
    SELECT
        SUM(d_asked.v_0 * token.x_0) AS v_0, SUM(d_asked.v_0 * token.x_1) AS v_1,
        SUM(d_asked.v_1 * token.x_0) AS v_2, SUM(d_asked.v_1 * token.x_1) AS v_3
    FROM token
    JOIN d_asked ON token.id = d_asked.id
    HAVING COUNT(*) > 0
)
SELECT total_3.v_0, total_3.v_1, total_3.v_2, total_3.v_3
FROM query
CROSS JOIN total_3;

-- d_key
WITH d_offered AS (
    SELECT pair.k AS id, SUM(d_score_2.v * joined.v_0) AS v_0, SUM(d_score_2.v * joined.v_1) AS v_1
    FROM pair
    JOIN joined ON pair.q = joined.id
    JOIN joined_2 ON pair.q = joined_2.q AND pair.k = joined_2.k
    JOIN d_score_2 ON joined_2.q = d_score_2.q AND joined_2.k = d_score_2.k
    GROUP BY pair.k
), total_4 AS (
    SELECT
        SUM(d_offered.v_0 * token.x_0) AS v_0, SUM(d_offered.v_0 * token.x_1) AS v_1,
        SUM(d_offered.v_1 * token.x_0) AS v_2, SUM(d_offered.v_1 * token.x_1) AS v_3
    FROM token
    JOIN d_offered ON token.id = d_offered.id
    CROSS JOIN key
    HAVING COUNT(*) > 0
)
SELECT total_4.v_0, total_4.v_1, total_4.v_2, total_4.v_3
FROM key
CROSS JOIN total_4;

-- d_content
WITH d_said AS (
    SELECT joined_3.k AS id, SUM(d_attended.v * EXP(joined_3.v)) AS v
    FROM joined_3
    JOIN d_attended ON joined_3.q = d_attended.q
    GROUP BY joined_3.k
), total_5 AS (
    SELECT SUM(d_said.v * token.x_0) AS v_0, SUM(d_said.v * token.x_1) AS v_1
    FROM token
    JOIN d_said ON token.id = d_said.id
    CROSS JOIN content
    HAVING COUNT(*) > 0
)
SELECT total_5.v_0, total_5.v_1
FROM content
CROSS JOIN total_5;
