# Totals of wholesale orders pass two billion cents. Undo: back to integer while none is above.
class WidenTotal < ActiveRecord::Migration[7.1]
  def up
    change_column :orders, :total_cents, :bigint
  end

  def down
    change_column :orders, :total_cents, :integer
  end
end
