CREATE TABLE events (
  happened_at timestamptz NOT NULL,
  payload jsonb NOT NULL
) PARTITION BY RANGE (happened_at);

CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

COMMENT ON TABLE events IS 'What customers did, a partition a year';
