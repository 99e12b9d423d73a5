ALTER TABLE customers RENAME COLUMN name TO full_name;

ALTER TABLE orders DROP COLUMN note;
