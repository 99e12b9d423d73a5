-- Orders from Switzerland need a currency of their own.
-- migrate:up
ALTER TABLE orders ADD COLUMN currency char(3) NOT NULL DEFAULT 'EUR';

ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total_cents >= 0) NOT VALID;

-- migrate:down
ALTER TABLE orders DROP CONSTRAINT orders_total_positive;

ALTER TABLE orders DROP COLUMN currency;
