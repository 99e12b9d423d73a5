-- migrate:up
ALTER TABLE customers RENAME COLUMN name TO full_name;

ALTER TABLE orders DROP COLUMN note;

-- migrate:down
ALTER TABLE orders ADD COLUMN note varchar(200);

ALTER TABLE customers RENAME COLUMN full_name TO name;
