-- Add an index on orders.status
CREATE INDEX orders_status_idx ON orders (status);
