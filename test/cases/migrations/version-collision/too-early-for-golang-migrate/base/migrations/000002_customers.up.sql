CREATE TABLE customers (id bigint PRIMARY KEY, note text);
