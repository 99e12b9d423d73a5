ALTER TABLE orders ADD COLUMN note varchar(200);

ALTER TABLE customers RENAME COLUMN full_name TO name;
