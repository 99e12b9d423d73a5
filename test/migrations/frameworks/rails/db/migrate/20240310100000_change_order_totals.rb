class ChangeOrderTotals < ActiveRecord::Migration[6.1]
  def up
    change_column :orders, :total_cents, :bigint
    change_column :accounts, :name, :string, limit: 240
    change_column_default :orders, :currency, "EUR"
    change_column_default :accounts, :plan, from: "free", to: nil
  end

  def down
    change_column :orders, :total_cents, :integer
  end
end
