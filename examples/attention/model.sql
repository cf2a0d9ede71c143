-- Softmax attention: a token attends to the tokens it is paired with, each weighed by the softmax of how well its key
-- answers the query. What it attends to has to come near a target.
CREATE TABLE token (id INT PRIMARY KEY, x VECTOR[2], y DOUBLE);
CREATE TABLE pair (q INT REFERENCES token (id), k INT REFERENCES token (id), PRIMARY KEY (q, k));
CREATE PARAMETER TABLE query (w MATRIX[2][2] normal(0.5));
CREATE PARAMETER TABLE key (w MATRIX[2][2] normal(0.5));
CREATE PARAMETER TABLE content (w VECTOR[2] normal(0.5));

WITH asked AS (
    SELECT token.id, matrix_vector_multiply(query.w, token.x) AS v FROM token, query
), offered AS (
    SELECT token.id, matrix_vector_multiply(key.w, token.x) AS v FROM token, key
), said AS (
    SELECT token.id, inner_product(content.w, token.x) AS v FROM token, content
), score AS (
    SELECT pair.q, pair.k, inner_product(asked.v, offered.v) AS v
    FROM pair JOIN asked ON pair.q = asked.id JOIN offered ON pair.k = offered.id
), total AS (
    SELECT q, LOGSUMEXP(v) AS v FROM score GROUP BY q
), weight AS (
    SELECT score.q, score.k, exp(score.v - total.v) AS v FROM score JOIN total ON score.q = total.q
), attended AS (
    SELECT weight.q, SUM(weight.v * said.v) AS v FROM weight JOIN said ON weight.k = said.id GROUP BY weight.q
)
SELECT AVG(square(attended.v - token.y)) AS loss FROM attended JOIN token ON attended.q = token.id;
