-- +goose Up
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;

-- +goose Down
SELECT 1;
