CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('new', 'regular', 'gone')),
    newsletter BOOLEAN NOT NULL,
    income NUMERIC(10, 2),
    referred_by INTEGER REFERENCES customers
);

CREATE TABLE products (
    product_id INTEGER PRIMARY KEY,
    colour TEXT NOT NULL CHECK (colour IN ('red', 'green', 'blue', 'grey')),
    price NUMERIC(10, 2) NOT NULL,
    weight NUMERIC(10, 2) NOT NULL
);

CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    product_id INTEGER NOT NULL REFERENCES products (product_id),
    ordered_at TIMESTAMP NOT NULL,
    total NUMERIC(10, 2) NOT NULL,
    items INTEGER NOT NULL,
    express BOOLEAN NOT NULL,
    note VARCHAR(200)
);
