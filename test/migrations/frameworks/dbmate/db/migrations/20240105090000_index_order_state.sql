-- The list of open orders reads by state; writes must go on meanwhile.
-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_state ON orders (state);

-- migrate:down transaction:false
DROP INDEX CONCURRENTLY IF EXISTS orders_state;
