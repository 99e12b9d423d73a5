# Support looks orders up by number a hundred times a day.
class IndexOrdersOnNumber < ActiveRecord::Migration[7.1]
  def change
    add_index :orders, :number, unique: true
  end
end
