ALTER TABLE `orders` ADD COLUMN `reference` varchar(40);
ALTER TABLE `orders` ADD UNIQUE KEY `orders_customer` (`customer_id`);
