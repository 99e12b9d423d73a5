class DropParts < ActiveRecord::Migration[6.1]
  def up
    remove_foreign_key :orders, :accounts
    remove_index :orders, name: "orders_by_day_and_currency"
    remove_column :orders, :channel
    rename_table :accounts, :customers
    drop_table :orders
  end
end
