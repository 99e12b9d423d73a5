# Support looks orders up by number a hundred times a day.
class IndexOrdersOnNumber < ActiveRecord::Migration[7.1]
  disable_ddl_transaction!

  def change
    add_index :orders, :number, unique: true, algorithm: :concurrently
  end
end
