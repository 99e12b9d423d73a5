-- Wholesale orders pass two billion cents.
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(320);
