class AddToOrders < ActiveRecord::Migration[6.1]
  def change
    add_column :orders, :currency, :string, limit: 3, default: "EUR", null: false
    add_index :orders, [:placed_on, :currency], name: "orders_by_day"
    add_index :orders, :note, length: 40
    add_index :accounts, :name, type: :fulltext
    add_reference :orders, :parent, foreign_key: { to_table: :orders }
    add_timestamps :orders, null: true
  end
end
