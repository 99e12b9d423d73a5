PRAGMA foreign_keys=OFF;
CREATE TABLE new_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, status TEXT NOT NULL, total INTEGER, note TEXT);
INSERT INTO new_orders (id, status, total) SELECT id, status, total FROM orders;
DROP TABLE orders;
ALTER TABLE new_orders RENAME TO orders;
PRAGMA foreign_keys=ON;
