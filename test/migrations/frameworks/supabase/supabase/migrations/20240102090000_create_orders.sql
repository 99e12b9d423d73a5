CREATE TYPE order_state AS ENUM ('open', 'paid', 'shipped');

CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL REFERENCES customers (id),
  state order_state NOT NULL DEFAULT 'open',
  total_cents integer NOT NULL,
  note varchar(200)
);

CREATE INDEX orders_customer_id ON orders (customer_id);
