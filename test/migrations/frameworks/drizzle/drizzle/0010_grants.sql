-- Roles differ between servers.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'reader') THEN
    GRANT SELECT ON customers TO reader;
  END IF;
END;
$$;
--> statement-breakpoint
CREATE VIEW open_orders AS SELECT id, customer_id FROM orders WHERE state = 'open';
