ALTER TABLE customers RENAME COLUMN name TO full_name;
--> statement-breakpoint
ALTER TABLE orders DROP COLUMN note;
