ALTER TABLE orders ADD COLUMN IF NOT EXISTS channel text;
ALTER TABLE orders ADD CONSTRAINT orders_note_key UNIQUE (note);
