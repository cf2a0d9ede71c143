-- Ratings of films by users: a rating is the inner product of what the user likes and what the film offers, both
-- learned.
CREATE TABLE rating (user_id INT, film_id INT, v DOUBLE, PRIMARY KEY (user_id, film_id));
CREATE PARAMETER TABLE user_factor (id INT PRIMARY KEY, f VECTOR[3] normal(0.5));
CREATE PARAMETER TABLE film_factor (id INT PRIMARY KEY, f VECTOR[3] normal(0.5));

WITH residual AS (
    SELECT rating.user_id, rating.film_id, inner_product(user_factor.f, film_factor.f) - rating.v AS v
    FROM rating
    JOIN user_factor ON rating.user_id = user_factor.id
    JOIN film_factor ON rating.film_id = film_factor.id
)
SELECT SUM(v * v) AS loss FROM residual;
