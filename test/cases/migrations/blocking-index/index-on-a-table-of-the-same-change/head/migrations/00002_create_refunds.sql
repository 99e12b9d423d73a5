-- +goose Up
CREATE TABLE refunds (id bigint PRIMARY KEY, order_id bigint NOT NULL);
CREATE INDEX refunds_order_id_idx ON refunds (order_id);

-- +goose Down
DROP TABLE refunds;
