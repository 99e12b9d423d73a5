-- Wholesale orders pass two billion cents.
-- migrate:up
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(320);

-- migrate:down
ALTER TABLE orders ALTER COLUMN total_cents TYPE integer;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(120);
