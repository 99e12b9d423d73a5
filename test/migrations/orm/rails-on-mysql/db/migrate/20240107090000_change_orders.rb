class ChangeOrders < ActiveRecord::Migration[6.1]
  def up
    change_column :orders, :total_cents, :bigint
    change_column :accounts, :name, :string, limit: 240
    change_column_default :orders, :currency, "CHF"
    rename_column :orders, :note, :remark
    change_column_null :orders, :placed_on, false, "2024-01-01"
    rename_index :orders, "orders_by_day", "orders_by_day_and_currency"
    change_table :orders, bulk: true do |t|
      t.string :channel, limit: 12
      t.remove :position
    end
  end
end
