-- The matrix B for which A times B comes nearest to C. All three are stored in blocks of two by two, one row a block.
CREATE TABLE a (row INT, col INT, mat MATRIX[2][2], PRIMARY KEY (row, col));
CREATE TABLE c (row INT, col INT, mat MATRIX[2][2], PRIMARY KEY (row, col));
CREATE PARAMETER TABLE b (
    row INT CHECK (row BETWEEN 0 AND 4),
    col INT CHECK (col BETWEEN 0 AND 2),
    mat MATRIX[2][2] zeros,
    PRIMARY KEY (row, col)
);

CREATE VIEW product (row, col, mat) AS
SELECT a.row, b.col, SUM(matrix_multiply(a.mat, b.mat)) FROM a, b WHERE a.col = b.row GROUP BY a.row, b.col;

SELECT SUM(tensor_sum(square(product.mat - c.mat))) AS loss
FROM product JOIN c ON product.row = c.row AND product.col = c.col;
