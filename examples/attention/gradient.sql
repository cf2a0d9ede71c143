CREATE TEMPORARY TABLE asked AS
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

CREATE TEMPORARY TABLE score AS
SELECT pair.q, pair.k, asked.v_0 * offered.v_0 + asked.v_1 * offered.v_1 AS v
FROM pair
JOIN asked ON pair.q = asked.id
JOIN offered ON pair.k = offered.id;

CREATE TEMPORARY TABLE total_2 AS
WITH greatest_value AS (
    SELECT score.q, MAX(score.v) AS v
    FROM score
    GROUP BY score.q
), total AS (
    SELECT score.q, SUM(EXP(score.v - greatest_value.v)) AS v
    FROM score
    JOIN greatest_value ON score.q = greatest_value.q
    GROUP BY score.q
)
SELECT total.q, greatest_value.v + LN(total.v) AS v
FROM total
JOIN greatest_value ON total.q = greatest_value.q;

CREATE TEMPORARY TABLE joined AS
SELECT score.q, score.k, score.v - total_2.v AS v
FROM score
JOIN total_2 ON score.q = total_2.q;

CREATE TEMPORARY TABLE said AS
SELECT token.id, content.w_0 * token.x_0 + content.w_1 * token.x_1 AS v
FROM token
CROSS JOIN content;

CREATE TEMPORARY TABLE d_attended AS
WITH attended AS (
    SELECT joined.q, SUM(EXP(joined.v) * said.v) AS v
    FROM joined
    JOIN said ON joined.k = said.id
    GROUP BY joined.q
), joined_2 AS (
    SELECT attended.q, attended.v - token.y AS v
    FROM attended
    JOIN token ON attended.q = token.id
), counted AS (
    SELECT COUNT(*) AS v
    FROM joined_2
    HAVING COUNT(*) > 0
)
SELECT joined_2.q, 2 * (1 / counted.v * joined_2.v) AS v
FROM joined_2
CROSS JOIN counted;

CREATE TEMPORARY TABLE d_score_2 AS
WITH joined_3 AS (
    SELECT joined.q, joined.k, d_attended.v * said.v * EXP(joined.v) AS v
    FROM joined
    JOIN said ON joined.k = said.id
    JOIN d_attended ON joined.q = d_attended.q
), d_total AS (
    SELECT joined_3.q, SUM(-joined_3.v) AS v
    FROM joined_3
    GROUP BY joined_3.q
), d_score AS (
    SELECT joined_3.q, joined_3.k, joined_3.v
    FROM joined_3
    UNION ALL
    SELECT score.q, score.k, EXP(score.v - total_2.v) * d_total.v AS v
    FROM score
    JOIN total_2 ON score.q = total_2.q
    JOIN d_total ON score.q = d_total.q
)
SELECT d_score.q, d_score.k, SUM(d_score.v) AS v
FROM d_score
GROUP BY d_score.q, d_score.k;

-- d_query
WITH d_asked AS (
    SELECT pair.q AS id, SUM(d_score_2.v * offered.v_0) AS v_0, SUM(d_score_2.v * offered.v_1) AS v_1
    FROM pair
    JOIN asked ON pair.q = asked.id
    JOIN offered ON pair.k = offered.id
    JOIN d_score_2 ON pair.q = d_score_2.q AND pair.k = d_score_2.k
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
    SELECT pair.k AS id, SUM(d_score_2.v * asked.v_0) AS v_0, SUM(d_score_2.v * asked.v_1) AS v_1
    FROM pair
    JOIN asked ON pair.q = asked.id
    JOIN d_score_2 ON pair.q = d_score_2.q AND pair.k = d_score_2.k
    GROUP BY pair.k
), total_4 AS (
    SELECT
        SUM(d_offered.v_0 * token.x_0) AS v_0, SUM(d_offered.v_0 * token.x_1) AS v_1,
        SUM(d_offered.v_1 * token.x_0) AS v_2, SUM(d_offered.v_1 * token.x_1) AS v_3
    FROM token
    JOIN d_offered ON token.id = d_offered.id
    HAVING COUNT(*) > 0
)
SELECT total_4.v_0, total_4.v_1, total_4.v_2, total_4.v_3
FROM key
CROSS JOIN total_4;

-- d_content
WITH d_said AS (
    SELECT joined.k AS id, SUM(d_attended.v * EXP(joined.v)) AS v
    FROM joined
    JOIN d_attended ON joined.q = d_attended.q
    GROUP BY joined.k
), total_5 AS (
    SELECT SUM(d_said.v * token.x_0) AS v_0, SUM(d_said.v * token.x_1) AS v_1
    FROM token
    JOIN d_said ON token.id = d_said.id
    HAVING COUNT(*) > 0
)
SELECT total_5.v_0, total_5.v_1
FROM content
CROSS JOIN total_5;
