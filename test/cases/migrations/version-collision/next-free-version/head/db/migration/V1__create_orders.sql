CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id bigint NOT NULL,
  status varchar(20) NOT NULL,
  total integer NOT NULL,
  note text
);
