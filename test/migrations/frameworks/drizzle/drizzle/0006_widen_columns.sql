-- Wholesale orders pass two billion cents.
ALTER TABLE orders ALTER COLUMN total_cents TYPE bigint;
--> statement-breakpoint
ALTER TABLE customers ALTER COLUMN email TYPE varchar(320);
