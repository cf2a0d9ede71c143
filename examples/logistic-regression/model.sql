-- Logistic regression: does a row belong to the class (y = 1) or not (y = 0)? The features are stored one row a
-- number, so that rows may leave features out.
CREATE TABLE x (row INT, col INT, v DOUBLE, PRIMARY KEY (row, col));
CREATE TABLE y (row INT PRIMARY KEY, v DOUBLE);
CREATE PARAMETER TABLE theta (col INT PRIMARY KEY, v DOUBLE);

WITH z AS (
    SELECT x.row, SUM(x.v * theta.v) AS v FROM x JOIN theta ON x.col = theta.col GROUP BY x.row
)
-- The negative logarithm of the likelihood: ln(1 + exp(z)) - y z.
SELECT SUM(softplus(z.v) - y.v * z.v) AS loss FROM z JOIN y ON z.row = y.row;
