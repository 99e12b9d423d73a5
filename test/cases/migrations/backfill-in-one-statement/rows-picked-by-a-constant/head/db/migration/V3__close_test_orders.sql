UPDATE orders SET status = 'closed' WHERE customer_id = 1;
