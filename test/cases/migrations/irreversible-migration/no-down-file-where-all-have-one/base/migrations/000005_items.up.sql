CREATE TABLE items (id bigint PRIMARY KEY, note text);
