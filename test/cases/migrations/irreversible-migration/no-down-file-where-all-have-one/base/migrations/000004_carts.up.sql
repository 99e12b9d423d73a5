CREATE TABLE carts (id bigint PRIMARY KEY, note text);
