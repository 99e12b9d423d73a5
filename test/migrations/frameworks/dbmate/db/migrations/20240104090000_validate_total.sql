-- migrate:up
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;

-- migrate:down
SELECT 1;
