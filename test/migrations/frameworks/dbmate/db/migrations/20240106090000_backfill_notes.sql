-- migrate:up
UPDATE orders
   SET note = NULL
 WHERE note = '';

-- migrate:down
UPDATE orders SET note = '' WHERE note IS NULL;
