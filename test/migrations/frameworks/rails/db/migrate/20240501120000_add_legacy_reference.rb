class AddLegacyReference < ActiveRecord::Migration[6.1]
  def change
    add_reference :orders, :warehouse, index: false
    add_reference :orders, :carrier, null: true, index: { where: "carrier_id IS NOT NULL" }
    add_timestamps :orders, null: true
    enable_extension "pg_trgm"
    up_only do
      execute("ANALYZE orders")
    end
    if table_exists?(:legacy_orders)
      drop_table :legacy_orders
    end
  end
end
