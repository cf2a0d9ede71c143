-- 100 users and 60 films with two hidden factors each; every third pair is rated.
CREATE TEMP MACRO noise(stream, a, b) AS hash(stream, a, b) % 1000000 / 5e5 - 1;

CREATE TABLE rating AS
SELECT CAST(u AS INTEGER) AS user_id, CAST(m AS INTEGER) AS film_id,
    2 * noise('user', u, 0) * noise('film', m, 0) + 2 * noise('user', u, 1) * noise('film', m, 1)
        + 0.1 * noise('rating', u, m) AS v
FROM range(100) AS a(u), range(60) AS b(m)
WHERE hash('rated', u, m) % 3 = 0
ORDER BY u, m;

-- What is learned: one column a number, as gradient.sql reads it.
CREATE TABLE user_factor (id INTEGER PRIMARY KEY, f_0 DOUBLE, f_1 DOUBLE, f_2 DOUBLE);
CREATE TABLE film_factor (id INTEGER PRIMARY KEY, f_0 DOUBLE, f_1 DOUBLE, f_2 DOUBLE);
