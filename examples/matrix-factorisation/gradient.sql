CREATE TEMPORARY TABLE joined AS
SELECT
    rating.user_id, rating.film_id, user_factor.f_0 AS v_0, user_factor.f_1 AS v_1, user_factor.f_2 AS v_2,
    -rating.v AS v_3
FROM rating
JOIN user_factor ON rating.user_id = user_factor.id;

CREATE TEMPORARY TABLE d_residual AS
SELECT
    joined.user_id, joined.film_id,
    2 * (joined.v_0 * film_factor.f_0 + joined.v_1 * film_factor.f_1 + joined.v_2 * film_factor.f_2 + joined.v_3) AS v
FROM joined
JOIN film_factor ON joined.film_id = film_factor.id;

-- d_user_factor
SELECT
    joined.user_id AS id, SUM(d_residual.v * film_factor.f_0) AS v_0,
    SUM(d_residual.v * film_factor.f_1) AS v_1, SUM(d_residual.v * film_factor.f_2) AS v_2
FROM joined
JOIN film_factor ON joined.film_id = film_factor.id
JOIN d_residual ON joined.user_id = d_residual.user_id AND joined.film_id = d_residual.film_id
GROUP BY joined.user_id;

-- d_film_factor
WITH total AS (
    SELECT
        joined.film_id AS id, SUM(d_residual.v * joined.v_0) AS v_0, SUM(d_residual.v * joined.v_1) AS v_1,
        SUM(d_residual.v * joined.v_2) AS v_2
    FROM joined
    JOIN d_residual ON joined.user_id = d_residual.user_id AND joined.film_id = d_residual.film_id
    GROUP BY joined.film_id
)
SELECT film_factor.id, total.v_0, total.v_1, total.v_2
FROM film_factor
JOIN total ON film_factor.id = total.id;
