ALTER TABLE orders ALTER COLUMN total_cents TYPE integer;

ALTER TABLE customers ALTER COLUMN email TYPE varchar(120);
