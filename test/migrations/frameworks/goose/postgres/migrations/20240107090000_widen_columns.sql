-- Wholesale orders pass two billion cents.
-- +goose Up
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(320);

-- +goose Down
ALTER TABLE orders ALTER COLUMN total_cents TYPE integer;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(120);
