WITH product AS (
    SELECT
        a.row, b.col, SUM(a.mat_0 * b.mat_0 + a.mat_1 * b.mat_2) AS v_0,
        SUM(a.mat_0 * b.mat_1 + a.mat_1 * b.mat_3) AS v_1, SUM(a.mat_2 * b.mat_0 + a.mat_3 * b.mat_2) AS v_2,
        SUM(a.mat_2 * b.mat_1 + a.mat_3 * b.mat_3) AS v_3
    FROM a
    JOIN b ON a.col = b.row
    GROUP BY a.row, b.col
), d_product AS (
    SELECT
        product.row, product.col, 2 * (product.v_0 - c.mat_0) AS v_0, 2 * (product.v_1 - c.mat_1) AS v_1,
        2 * (product.v_2 - c.mat_2) AS v_2, 2 * (product.v_3 - c.mat_3) AS v_3
    FROM product
    JOIN c ON product.row = c.row AND product.col = c.col
), total AS (
    SELECT
        a.col, d_product.col AS col_2, SUM(a.mat_0 * d_product.v_0 + a.mat_2 * d_product.v_2) AS v_0,
        SUM(a.mat_0 * d_product.v_1 + a.mat_2 * d_product.v_3) AS v_1,
        SUM(a.mat_1 * d_product.v_0 + a.mat_3 * d_product.v_2) AS v_2,
        SUM(a.mat_1 * d_product.v_1 + a.mat_3 * d_product.v_3) AS v_3
    FROM a
    JOIN d_product ON a.row = d_product.row
    GROUP BY a.col, d_product.col
)
SELECT total.col AS row, total.col_2 AS col, total.v_0, total.v_1, total.v_2, total.v_3
FROM total
JOIN b ON total.col = b.row AND total.col_2 = b.col;
