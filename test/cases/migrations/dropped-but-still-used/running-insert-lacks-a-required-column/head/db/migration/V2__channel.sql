-- Returns are handled by the channel that sold. Undo: drop the column.
ALTER TABLE orders ADD COLUMN channel text;
UPDATE orders SET channel = 'shop' WHERE channel IS NULL;
ALTER TABLE orders ALTER COLUMN channel SET NOT NULL;
