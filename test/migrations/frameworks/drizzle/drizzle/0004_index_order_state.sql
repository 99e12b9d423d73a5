-- The list of open orders reads by state; writes must go on meanwhile.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_state ON orders (state);
