-- A graph convolution of two layers: to which of three groups does a node belong, by its own features and those of
-- its neighbours? The groups of half of the nodes are known.
CREATE TABLE node (id INT PRIMARY KEY, vec VECTOR[3]);
CREATE TABLE edge (
    src INT REFERENCES node (id),
    dst INT REFERENCES node (id),
    weight DOUBLE,
    PRIMARY KEY (src, dst)
);
CREATE TABLE label (id INT PRIMARY KEY REFERENCES node (id), y VECTOR[3]);
CREATE PARAMETER TABLE first (w MATRIX[4][3]);
CREATE PARAMETER TABLE second (w MATRIX[3][4]);

WITH near AS (
    SELECT edge.src, SUM(edge.weight * node.vec) AS vec FROM edge JOIN node ON edge.dst = node.id GROUP BY edge.src
), hidden AS (
    SELECT near.src AS id, relu(matrix_vector_multiply(first.w, near.vec)) AS vec FROM near, first
), near_hidden AS (
    SELECT edge.src, SUM(edge.weight * hidden.vec) AS vec
    FROM edge JOIN hidden ON edge.dst = hidden.id
    GROUP BY edge.src
), z AS (
    SELECT near_hidden.src AS id, matrix_vector_multiply(second.w, near_hidden.vec) AS vec FROM near_hidden, second
), surprise AS (
    -- Softmax cross entropy.
    SELECT z.id, tensor_logsumexp(z.vec) - inner_product(label.y, z.vec) AS v FROM z JOIN label ON z.id = label.id
)
SELECT AVG(v) AS loss FROM surprise;
