-- +goose Up
UPDATE orders
   SET note = NULL
 WHERE note = '';

-- +goose Down
UPDATE orders SET note = '' WHERE note IS NULL;
